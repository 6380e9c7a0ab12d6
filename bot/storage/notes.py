"""Private notes: what colleagues at a desk write for each other about a case.

A shelf of its own and no part of the records that the house holds, so that whatever shows a consultation to its DSL
has no way to a note.
"""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select

from bot.desk.duty.notes import CaseNote
from bot.desk.ports import NotKept
from bot.storage.audit import AuditShelf
from bot.storage.sealed_columns import all_opened, seal
from bot.storage.shelf import locked
from bot.storage.tables import CaseNoteRow, CaseRow


class NoteShelf(AuditShelf):
    """Keeps private notes. Satisfies `bot.desk.duty.notes.NoteRecords`."""

    def keep_note(self, note: CaseNote) -> CaseNote:
        """Keep a redacted note once: the same id again keeps nothing and returns the first.

        Raises NotKept for a case that is not of that consultation, and UncleanWrite.
        """
        written = self._record_of(note.consultation_id, [note.text])[note.text]
        note = replace(note, text=written)
        with self._write() as session:
            locked(session, note.consultation_id)
            case = session.get(CaseRow, note.case_id)
            if case is None or case.consultation_id != note.consultation_id:
                raise NotKept("case")
            if there := session.get(CaseNoteRow, note.id):
                return _note(there)
            session.add(seal(session, CaseNoteRow(**{name: getattr(note, name) for name in _COLUMNS})))
            self._append(session, "case.noted", note.who, note.case_id, note.at)
            return note

    def notes_of(self, case_ids: Collection[str]) -> tuple[CaseNote, ...]:
        """Return the notes on these cases, oldest first."""
        with self._read() as session:
            rows = session.scalars(
                select(CaseNoteRow).where(CaseNoteRow.case_id.in_(case_ids)).order_by(CaseNoteRow.at, CaseNoteRow.id)
            )
            return tuple(_note(row) for row in rows)


_COLUMNS = ("id", "consultation_id", "case_id", "at", "who", "text")


def _note(row: CaseNoteRow) -> CaseNote:
    return CaseNote(**{name: getattr(row, name) for name in _COLUMNS} | all_opened(row))
