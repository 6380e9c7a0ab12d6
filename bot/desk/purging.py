"""Purging: what was kept to talk with goes when the talk is over, and records go when their time is up.

The dialogue's memory goes when a person has a consultation or nothing was said for a while; it is opened
again from the record (see `reopening`). Consultations are deleted only where a time to keep them was set, for
all or for their area, but practice always, a day after its last word. What somebody waits in, what is held, and
what has an answer that was not read yet, stays whatever its age.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.desk.ports import NotKept

PRACTICE_KEPT = timedelta(days=1)


class Kind(StrEnum):
    """What goes."""

    DIALOGUE = "dialogue"
    SESSION = "session"
    CONSULTATION = "consultation"


@dataclass(frozen=True, slots=True)
class Going:
    """One thing whose time is up. `subject` is a consultation's id, empty for a session."""

    kind: Kind
    subject: str = ""
    last: datetime | None = None


class Why(StrEnum):
    """Why a consultation whose time is up stays."""

    WAITS = "somebody_waits"
    HELD = "held"
    UNREAD = "answer_unread"


@dataclass(frozen=True, slots=True)
class Staying:
    """A consultation whose time is up, and that stays. `held` is the reason id of its hold, empty without one."""

    subject: str
    last: datetime
    why: Why
    held: str = ""


@dataclass(frozen=True, slots=True)
class Age:
    """When the last was said in a consultation, and what the records know that keeps it.

    `area` is the child's, or the school's while the child's is not known. `waits` while it is in a queue or with a
    duty worker. `held` is the reason id of the hold that stands, empty without one.
    """

    consultation_id: str
    area: str
    last: datetime
    practice: bool = False
    waits: bool = False
    held: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """How long things are kept: the dialogue's memory of a silent talk, and records (None: for good)."""

    silence: timedelta
    keep: timedelta | None = None


class Keeping(Protocol):
    """What the records say of their age (bot.storage)."""

    def talking_since(self, moment: datetime) -> frozenset[str]: ...
    def spent_sessions(self, now: datetime) -> tuple[str, ...]: ...
    def end_sessions(self, token_hashes: Collection[str]) -> None: ...
    def ages(self) -> tuple[Age, ...]: ...
    def delete_consultation(self, consultation_id: str, now: datetime) -> None: ...
    def tidy(self) -> None: ...


class Remembering(Protocol):
    """What the dialogue remembers (bot.storage.tracker)."""

    def consultations(self) -> frozenset[str]: ...
    def forget(self, consultation_ids: Collection[str]) -> int: ...
    def tidy(self) -> None: ...


def _says_nothing(_area: str) -> None:
    return None


def _all_is_read(_consultation_id: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Purging:
    """Finds what is to go, and lets it go.

    `keep_days` says for an area how many days its consultations are kept after the last word, None where the area
    says nothing of it: then `times` holds. `unread` says of a consultation whether an answer in it was not read.
    """

    records: Keeping
    tracker: Remembering
    times: Times
    keep_days: Callable[[str], int | None] = _says_nothing
    unread: Callable[[str], bool] = _all_is_read

    def going(self, now: datetime) -> tuple[Going, ...]:
        """Return what is to go now. Ids and times, nothing of what was said."""
        return tuple(self._going(now))

    def purge(self, now: datetime) -> tuple[Going, ...]:
        """Let it go, and return what went."""
        going = self.going(now)
        dialogues = [one.subject for one in going if one.kind is Kind.DIALOGUE]
        if dialogues:
            self.tracker.forget(dialogues)
            self.tracker.tidy()
        self.purge_records(going, now)
        return going

    def purge_records(self, going: Collection[Going], now: datetime) -> None:
        """Let go of what is not the dialogue's."""
        if any(one.kind is Kind.SESSION for one in going):
            self.records.end_sessions(self.records.spent_sessions(now))
        over = [one.subject for one in going if one.kind is Kind.CONSULTATION]
        for consultation_id in over:
            try:
                self.records.delete_consultation(consultation_id, now)
            except NotKept:
                continue  # somebody else's purge was here first
        if over:
            self.records.tidy()

    def staying(self, now: datetime) -> tuple[Staying, ...]:
        """Return what stays although its time is up, and why."""
        why = ((age, self._why(age)) for age in self._over(now))
        return tuple(Staying(age.consultation_id, age.last, reason, age.held) for age, reason in why if reason)

    def _over(self, now: datetime) -> Iterator[Age]:
        for age in self.records.ages():
            kept = self._kept_for(age)
            if kept is not None and age.last < now - kept:
                yield age

    def _kept_for(self, age: Age) -> timedelta | None:
        if age.practice:
            return PRACTICE_KEPT
        days = self.keep_days(age.area)
        return self.times.keep if days is None else timedelta(days=days)

    def _why(self, age: Age) -> Why | None:
        if age.waits:
            return Why.WAITS
        if age.held:
            return Why.HELD
        return Why.UNREAD if self.unread(age.consultation_id) else None

    def _going(self, now: datetime) -> Iterator[Going]:
        talking = self.records.talking_since(now - self.times.silence)
        over = {age.consultation_id: age.last for age in self._over(now) if self._why(age) is None}
        ended = set(over)
        for consultation_id in sorted(self.tracker.consultations() - talking | (self.tracker.consultations() & ended)):
            yield Going(Kind.DIALOGUE, consultation_id)
        yield from (Going(Kind.SESSION) for _ in self.records.spent_sessions(now))
        yield from (Going(Kind.CONSULTATION, consultation_id, last) for consultation_id, last in over.items())
