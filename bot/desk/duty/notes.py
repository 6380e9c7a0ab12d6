"""Private notes: what colleagues at a desk write for each other about a case, a manager's whisper among them.

No DSL ever reads them. Nothing that leads out of the house may import this module (`pyproject.toml` says so), and
the house does not hold it: the console alone is given it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.consultation import RawText
from bot.desk.answer import NothingSaid, Redact
from bot.desk.claim import case_for, is_for
from bot.desk.ports import Person, Records, Role


@dataclass(frozen=True, slots=True)
class CaseNote:
    """A note as it is kept. `who` is a person's id; `text` is redacted."""

    id: str
    consultation_id: str
    case_id: str
    at: datetime
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note as a colleague reads it: who wrote it, and whether as manager."""

    at: datetime
    name: str
    by_manager: bool
    text: str


class NoteRecords(Protocol):
    """Where notes are kept. Each method is one transaction."""

    def keep_note(self, note: CaseNote) -> CaseNote:
        """Keep a redacted note once, with a line of the audit chain.

        The same id again returns the first. Raises NotKept and UncleanWrite.
        """
    def notes_of(self, case_ids: Collection[str]) -> tuple[CaseNote, ...]:
        """Return the notes on these cases, oldest first."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Reads and adds notes, for whom a case is at all. Both raise NoSuchCase for anybody else."""

    records: Records
    kept: NoteRecords
    redact: Redact
    new_id: Callable[[], str]

    def of(self, worker: Person, case_id: str) -> tuple[ShownNote, ...]:
        """Return the notes on a case, oldest first, and those on earlier cases of its consultation.

        Earlier ones of another area's stay with that area.
        """
        case = case_for(self.records, case_id, worker)
        theirs = [one.id for one in self.records.cases_of(case.consultation_id) if is_for(one, worker)]
        return tuple(self._shown(note) for note in self.kept.notes_of(theirs))

    async def add(self, worker: Person, case_id: str, client_id: str, typed: RawText, now: datetime) -> CaseNote:
        """Redact and keep a note. The same client id of the same person again keeps nothing.

        Raises NoSuchCase, NothingSaid and, from the store, UncleanWrite. Whatever goes wrong in the redaction stops it
        here with nothing kept.
        """
        case = case_for(self.records, case_id, worker)
        redaction = await self.redact(typed)
        if not redaction.record.strip():
            raise NothingSaid
        note_id = f"{worker.id}.{client_id}" if client_id else self.new_id()
        return self.kept.keep_note(
            CaseNote(note_id, case.consultation_id, case.id, now, worker.id, redaction.record)
        )

    def _shown(self, note: CaseNote) -> ShownNote:
        by = self.records.person(note.who)
        return ShownNote(note.at, by.name if by else "", by is not None and by.role == Role.MANAGER, note.text)
