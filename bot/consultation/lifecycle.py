"""The stages of a consultation, and the one table of who may move it from which to which.

    with the assistant -> offered -> waiting -> claimed -> answered -> closed
                                        ^         |  ^
                                        |         v  |
                                        +----- transferred

Beside these: back to the assistant, given up, and asked again. What is not in the table cannot happen.
"""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Who has the consultation now."""

    WITH_ASSISTANT = "with_assistant"
    OFFERED = "offered"
    WAITING = "waiting"
    CLAIMED = "claimed"
    TRANSFERRED = "transferred"
    ANSWERED = "answered"
    CLOSED = "closed"
    ABANDONED = "abandoned"


class Actor(StrEnum):
    """In which capacity somebody moves a consultation.

    The holder has the case, the receiver was asked to take it over; worker and manager are any of the area's.
    The service moves by the clock alone.
    """

    DSL = "dsl"
    WORKER = "worker"
    HOLDER = "holder"
    RECEIVER = "receiver"
    MANAGER = "manager"
    SERVICE = "service"


class Move(StrEnum):
    """What can happen to a consultation."""

    OFFER = "offer"
    DECLINE = "decline"
    HAND_OVER = "hand_over"
    CLAIM = "claim"
    RELEASE = "release"
    TRANSFER = "transfer"
    ACCEPT = "accept"
    REFUSE = "refuse"
    RECALL = "recall"
    LAPSE = "lapse"
    ANSWER = "answer"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    RETURN = "return"
    ABANDON = "abandon"
    REOPEN = "reopen"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Allowed:
    """From which stages a move leads to which, and who may make it."""

    here: frozenset[Stage]
    there: Stage
    by: frozenset[Actor]


def _allowed(here: str, there: str, by: str) -> Allowed:
    return Allowed(frozenset(map(Stage, here.split())), Stage(there), frozenset(map(Actor, by.split())))


MOVES: dict[Move, Allowed] = {
    # A person is offered, and the DSL says whether they want to wait.
    Move.OFFER: _allowed("with_assistant", "offered", "dsl service"),
    Move.DECLINE: _allowed("offered", "with_assistant", "dsl service"),
    Move.HAND_OVER: _allowed("with_assistant offered", "waiting", "dsl service"),
    Move.WITHDRAW: _allowed("waiting", "with_assistant", "dsl"),
    Move.CLAIM: _allowed("waiting", "claimed", "worker manager"),
    # The clock gives a case back whose holder is silent; a manager may take it from somebody who has gone home.
    Move.RELEASE: _allowed("claimed", "waiting", "holder manager service"),
    Move.TRANSFER: _allowed("claimed", "transferred", "holder manager"),
    Move.ACCEPT: _allowed("transferred", "claimed", "receiver"),
    Move.REFUSE: _allowed("transferred", "claimed", "receiver"),
    Move.RECALL: _allowed("transferred", "claimed", "holder manager"),
    Move.LAPSE: _allowed("transferred", "waiting", "service"),
    Move.ANSWER: _allowed("claimed", "answered", "holder"),
    Move.CLOSE: _allowed("answered", "closed", "dsl manager service"),
    # Only who holds it gives it back to the assistant, and says why: it never begins to talk again by itself.
    Move.RETURN: _allowed("claimed", "with_assistant", "holder"),
    Move.ABANDON: _allowed("waiting", "abandoned", "manager"),
    Move.REOPEN: _allowed("answered closed abandoned", "waiting", "dsl holder manager"),
    Move.CHANGED: _allowed("answered closed abandoned", "with_assistant", "dsl"),
}

# The stages of a case that somebody at the desk has yet to do something about.
OPEN = frozenset({Stage.WAITING, Stage.CLAIMED, Stage.TRANSFERRED, Stage.ANSWERED})
# Nothing is taken in any more: the DSL asks again, or goes back to the assistant, first.
OVER = frozenset({Stage.CLOSED, Stage.ABANDONED})


class IllegalMove(Exception):
    """Tried to move a consultation in a way that is not in the table."""


def may_move(here: Stage, by: frozenset[Actor], what: Move) -> bool:
    """Whether somebody who is all of `by` may make a move from a stage."""
    allowed = MOVES[what]
    return here in allowed.here and not allowed.by.isdisjoint(by)


def move(here: Stage, by: frozenset[Actor], what: Move) -> Stage:
    """Return the new stage, or raise IllegalMove."""
    if not may_move(here, by, what):
        raise IllegalMove(f"{what.value} from {here.value} by {' '.join(sorted(by)) or 'nobody'}")
    return MOVES[what].there
