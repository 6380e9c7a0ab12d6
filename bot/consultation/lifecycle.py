"""The stages of a consultation and the only moves between them.

    WITH_ASSISTANT -> WAITING -> CLAIMED -> CLOSED
           ^             |
           +-------------+   (the DSL carries on with the assistant)

From CLAIMED to CLOSED a person holds the consultation and the assistant is silent.
"""

from enum import StrEnum


class Stage(StrEnum):
    """Who has the consultation now."""

    WITH_ASSISTANT = "with_assistant"
    WAITING = "waiting"
    CLAIMED = "claimed"
    CLOSED = "closed"


_MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.WITH_ASSISTANT: frozenset({Stage.WAITING, Stage.CLOSED}),
    Stage.WAITING: frozenset({Stage.CLAIMED, Stage.WITH_ASSISTANT}),
    Stage.CLAIMED: frozenset({Stage.WAITING, Stage.CLOSED}),
    Stage.CLOSED: frozenset(),
}


class IllegalMove(Exception):
    """Tried to move a consultation to a stage that cannot follow the one it is in."""


def may_move(here: Stage, there: Stage) -> bool:
    """Whether a consultation may go from one stage to the other."""
    return there in _MOVES[here]


def move(here: Stage, there: Stage) -> Stage:
    """Return the new stage, or raise IllegalMove."""
    if not may_move(here, there):
        raise IllegalMove(f"{here.value} -> {there.value}")
    return there
