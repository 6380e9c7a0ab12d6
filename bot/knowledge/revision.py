"""A revision: a change of an area's files on its way from a draft to being in force, and who may move it.

    DRAFT -> SUBMITTED -> APPROVED -> WITHDRAWN
      ^          |
      +-- REJECTED   (sent back with a reason; writing in it makes it a draft again)

Whoever has written in a revision can neither approve it nor send it back: that takes a second person. What is
not in `MOVES` cannot be done by anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum


class RevisionState(StrEnum):
    """How far a revision has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What may be done to a revision; the audit trail notes it under this name."""

    EDIT = "edited"
    SUBMIT = "submitted"
    TAKE_BACK = "taken_back"
    APPROVE = "approved"
    SEND_BACK = "sent_back"
    WITHDRAW = "withdrawn"


class Who(StrEnum):
    """Which of an area's editors may do it."""

    ANY = "any"
    SECOND = "second"  # who has not written in it


_D, _S, _A, _R, _W = (
    RevisionState.DRAFT,
    RevisionState.SUBMITTED,
    RevisionState.APPROVED,
    RevisionState.REJECTED,
    RevisionState.WITHDRAWN,
)
MOVES: Mapping[tuple[RevisionState, Act], tuple[RevisionState, Who]] = {
    (_D, Act.EDIT): (_D, Who.ANY),
    (_R, Act.EDIT): (_D, Who.ANY),
    (_D, Act.SUBMIT): (_S, Who.ANY),
    (_S, Act.TAKE_BACK): (_D, Who.ANY),
    (_S, Act.APPROVE): (_A, Who.SECOND),
    (_S, Act.SEND_BACK): (_R, Who.SECOND),
    (_D, Act.WITHDRAW): (_W, Who.ANY),
    (_R, Act.WITHDRAW): (_W, Who.ANY),
    (_S, Act.WITHDRAW): (_W, Who.ANY),
    (_A, Act.WITHDRAW): (_W, Who.ANY),
}


class NoSuchMove(Exception):
    """Tried to do something to a revision that cannot be done in the state it is in."""


class NeedsSecondPerson(Exception):
    """Tried to approve or send back a revision that one has written in oneself."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A change of an area's files, without the files themselves.

    `digest` names their content, `based_on` is the pack version they were copied from, and `edition` grows
    with every move, so that of two people who move it at once one is told. People are ids: `made_by` began
    it, `written_by` are all who have written in it, in order. `reason` is why it was sent back.
    """

    id: str
    area: str
    state: RevisionState
    digest: str
    based_on: str
    made_by: str
    made_at: datetime
    changed_at: datetime
    written_by: tuple[str, ...] = ()
    approved_by: str | None = None
    approved_at: datetime | None = None
    in_force_from: date | None = None
    withdrawn_on: date | None = None
    reason: str = ""
    edition: int = 1

    def is_in_force(self, on: date) -> bool:
        """Whether the area's answers rest on it on the day."""
        if self.approved_at is None or self.in_force_from is None or self.in_force_from > on:
            return False
        return self.withdrawn_on is None or on < self.withdrawn_on

    def may(self, act: Act, who: str) -> bool:
        """Whether this editor of the area may do it now."""
        move = MOVES.get((self.state, act))
        return move is not None and (move[1] is Who.ANY or who not in self.written_by)

    def moved(self, act: Act, who: str, now: datetime, **changes: object) -> "Revision":
        """Return the revision once the act is done. Raises NoSuchMove or NeedsSecondPerson."""
        move = MOVES.get((self.state, act))
        if move is None:
            raise NoSuchMove(f"{act.value} in {self.state.value}")
        if not self.may(act, who):
            raise NeedsSecondPerson
        return replace(self, state=move[0], changed_at=now, edition=self.edition + 1, **changes)
