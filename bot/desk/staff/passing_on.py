"""Passing on: a concern without a name, from a colleague to the DSLs of their school."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.consultation.reference import in_capitals


@dataclass(frozen=True, slots=True)
class PassedOn:
    """What a colleague passed on. `designation` is what their talk is called; urgent word may come without any words.

    `seen_by` is the first DSL who has seen it. `taken_up` is the consultation that `taken_by` began from it, None too
    when that has been deleted. `told_at` is when DSLs were sent a notice, `label` who the colleague is.
    """

    id: str
    consultation_id: str
    school_id: str
    person_id: str
    designation: str
    urgent: bool
    words: str
    at: datetime
    seen_at: datetime | None = None
    seen_by: str | None = None
    taken_up: str | None = None
    told_at: datetime | None = None
    label: str = ""
    taken_by: str | None = None

    @property
    def known_as(self) -> str:
        """What the colleague calls their talk: AMBER-HERON."""
        return in_capitals(self.designation)


class PassedOnRecords(Protocol):
    """Where it is kept. Each method is one transaction, and each change has its line in the audit chain.

    What is of another school than the DSL's raises NotKept.
    """

    def pass_on(self, consultation_id: str, urgent: bool, words: str, now: datetime) -> PassedOn:
        """Keep it for the DSLs of the school, once: the same again is the first. Raises NotKept and UncleanWrite."""

    def passed_on_by(self, person_id: str) -> tuple[PassedOn, ...]:
        """Return what somebody has passed on, the newest first."""

    def passed_on_to(self, dsl_id: str) -> tuple[PassedOn, ...]:
        """Return all that was passed on at a DSL's school, the newest first."""

    def looked(self, dsl_id: str, now: datetime) -> None:
        """Keep that a DSL has looked at the list: what comes from now on is told again."""

    def see(self, dsl_id: str, passed_on_id: str, now: datetime) -> PassedOn:
        """Keep that a DSL has seen it; the first one stays."""

    def take_up(self, dsl_id: str, passed_on_id: str, consultation_id: str, now: datetime) -> PassedOn:
        """Keep which consultation of a DSL's was begun from it; the first one stays."""

    def urgent_unseen_at(self, dsl_id: str) -> datetime | None:
        """Return when the newest urgent one came that no DSL of the school has seen."""

    def words_for(self, dsl_id: str, consultation_id: str) -> str:
        """Return the words from which a DSL began a consultation of theirs; empty without any."""

    def is_unseen(self, consultation_id: str) -> bool:
        """Whether something was passed on in a consultation that no DSL has seen."""


def in_order(notes: tuple[PassedOn, ...]) -> tuple[PassedOn, ...]:
    """Return them as a DSL reads them: what nobody has seen first, urgent ones before others, the newest first."""
    newest = sorted(notes, key=lambda note: note.at, reverse=True)
    return tuple(sorted(newest, key=lambda note: (note.seen_at is not None, not note.urgent)))
