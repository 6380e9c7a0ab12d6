"""Purging: what was kept to talk with goes when the talk is over, and records go when their time is up.

The dialogue's memory goes when a person has a consultation or nothing was said for a while; it is opened
again from the record (see `reopening`). Consultations are deleted only where a time to keep them was set, but
practice always, a day after its last word.
"""

from collections.abc import Collection, Iterator
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
    def quiet_since(self, moment: datetime, *, practice: bool = False) -> tuple[tuple[str, datetime], ...]: ...
    def delete_consultation(self, consultation_id: str, now: datetime) -> None: ...
    def tidy(self) -> None: ...


class Remembering(Protocol):
    """What the dialogue remembers (bot.storage.tracker)."""

    def consultations(self) -> frozenset[str]: ...
    def forget(self, consultation_ids: Collection[str]) -> int: ...
    def tidy(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Purging:
    """Finds what is to go, and lets it go."""

    records: Keeping
    tracker: Remembering
    times: Times

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

    def _going(self, now: datetime) -> Iterator[Going]:
        talking = self.records.talking_since(now - self.times.silence)
        over = dict(self.records.quiet_since(now - PRACTICE_KEPT, practice=True))
        over |= self.records.quiet_since(now - self.times.keep) if self.times.keep is not None else ()
        ended = set(over)
        for consultation_id in sorted(self.tracker.consultations() - talking | (self.tracker.consultations() & ended)):
            yield Going(Kind.DIALOGUE, consultation_id)
        yield from (Going(Kind.SESSION) for _ in self.records.spent_sessions(now))
        yield from (Going(Kind.CONSULTATION, consultation_id, last) for consultation_id, last in over.items())
