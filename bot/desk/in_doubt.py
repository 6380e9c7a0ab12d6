"""In doubt: talks of which nobody knows how far the dialogue has gone on alone. Each is let go of before it goes on.

One process keeps them in its memory. Several keep them in the audit chain: whoever takes the next message lets go.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.desk.outstanding import outstanding
from bot.desk.ports import Records

DOUBTED, LET_GO = "talk.in-doubt", "talk.let-go"


class InDoubt(Protocol):
    """Talks in doubt, by the ids of their consultations. A set is one."""

    def add(self, consultation_id: str, /) -> None: ...
    def discard(self, consultation_id: str, /) -> None: ...
    def __contains__(self, consultation_id: object, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class InDoubtInRecords:
    """Talks that are in doubt for each of several processes."""

    records: Records
    now: Callable[[], datetime]

    def add(self, consultation_id: str, /) -> None:
        """Keep that a talk is in doubt."""
        if consultation_id not in self:
            self.records.note(DOUBTED, "service", consultation_id, self.now())

    def discard(self, consultation_id: str, /) -> None:
        """Keep that it was let go of."""
        if consultation_id in self:
            self.records.note(LET_GO, "service", consultation_id, self.now())

    def __contains__(self, consultation_id: object, /) -> bool:
        return outstanding(self.records, DOUBTED, LET_GO, str(consultation_id)) > 0
