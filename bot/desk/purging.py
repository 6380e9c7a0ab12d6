"""Purging: what was kept to talk with goes when the talk is over, and records go when their time is up.

The dialogue's memory goes when a person has a consultation or nothing was said for a while; it is opened
again from the record (see `reopening`). Consultations are deleted only where a time to keep them was set, for
all or for their area, but practice always, a day after its last word. What somebody waits in, what is held, and
what has an answer that was not read yet, stays whatever its age.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
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


@dataclass(frozen=True, slots=True)
class Bounds:
    """Before which moment a last word is past its time: of practice, in areas with a time of their own, elsewhere.

    `others` is None where things are kept for good.
    """

    practice: datetime
    areas: Mapping[str, datetime]
    others: datetime | None

    def are_past(self, age: Age) -> bool:
        """Whether a consultation's time is up."""
        bound = self.practice if age.practice else self.areas.get(age.area, self.others)
        return bound is not None and age.last < bound


class Keeping(Protocol):
    """What the records say of their age (bot.storage)."""

    def talking_since(self, moment: datetime) -> frozenset[str]: ...
    def spent_sessions(self, now: datetime) -> tuple[str, ...]: ...
    def end_sessions(self, token_hashes: Collection[str]) -> None: ...
    def ages(self, bounds: Bounds) -> tuple[Age, ...]:
        """Return the ages of consultations, but of none that was opened after its bound: it cannot be past it."""
    def delete_consultation(self, consultation_id: str, now: datetime) -> None: ...
    def tidy(self) -> None: ...


class Remembering(Protocol):
    """What the dialogue remembers (bot.storage.tracker)."""

    def consultations(self) -> frozenset[str]: ...
    def forget(self, consultation_ids: Collection[str]) -> int: ...
    def tidy(self) -> None: ...


def _all_is_read(_consultation_id: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Purging:
    """Finds what is to go, and lets it go.

    `keep_days` tells by area how many days its consultations are kept after the last word, where an area has said
    so; elsewhere `times` holds. `unread` says of a consultation whether an answer in it was not read.
    """

    records: Keeping
    tracker: Remembering
    times: Times
    keep_days: Callable[[], Mapping[str, int]] = dict
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
        own = {area: now - timedelta(days=days) for area, days in self.keep_days().items()}
        bounds = Bounds(now - PRACTICE_KEPT, own, now - self.times.keep if self.times.keep else None)
        yield from (age for age in self.records.ages(bounds) if bounds.are_past(age))

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
