"""Talking: what was typed in a consultation and not sent, and whether its reference is kept."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.consultation import OVER, Stage
from bot.desk.talking.records import ReferenceMark, Unsent
from bot.storage.audit import AuditShelf
from bot.storage.by_table import table_of
from bot.storage.messages import forget_unsent
from bot.storage.sealed_columns import opened, seal
from bot.storage.shelf import locked
from bot.storage.tables import ConsultationRow, MessageRow, ReferenceMarkRow, UnsentRow

_MARKS = table_of(ReferenceMarkRow)
_MARK = select(_MARKS.c.mark).where(_MARKS.c.consultation_id == bindparam("of"))


class TalkingShelf(AuditShelf):
    """Keeps one unsent text a consultation, and one mark of its reference."""

    def keep_unsent(
        self, consultation_id: str, text: str, after: int, now: datetime, *, put_back: Collection[str] = ()
    ) -> bool:
        """Keep a redacted text in place of the one before. Raises UncleanWrite and NotKept.

        False, and nothing is kept, once the DSL has said something after message `after`, or the talk is over.
        That there is one is noted when it is new: it changes with every pause in writing.
        """
        self._refuse_unclean(text, put_back=put_back)
        with self._write() as session:
            consultation = locked(session, consultation_id)
            if Stage(consultation.stage) in OVER or _has_said_more(session, consultation_id, after):
                return False
            held = session.get(UnsentRow, consultation_id)
            if held is not None:
                held.at = now
                seal(session, held, text=str(text))
                return True
            session.add(seal(session, UnsentRow(consultation_id=consultation_id, text=str(text), at=now)))
            self._append(session, "unsent.kept", consultation.person_id, consultation_id, now)
            return True

    def forget_unsent(self, consultation_id: str, now: datetime) -> None:
        """Delete it. Nothing happens if there is none."""
        with self._write() as session:
            consultation = locked(session, consultation_id)
            if forget_unsent(session, consultation_id):
                self._append(session, "unsent.deleted", consultation.person_id, consultation_id, now)

    def unsent(self, consultation_id: str) -> Unsent | None:
        """Return what was typed and not sent, None where there is none or the talk is over."""
        with self._read() as session:
            held, consultation = session.get(UnsentRow, consultation_id), session.get(ConsultationRow, consultation_id)
            if held is None or consultation is None or Stage(consultation.stage) in OVER:
                return None
            return Unsent(opened(held, "text"), held.at)

    def mark_reference(self, consultation_id: str, mark: ReferenceMark, now: datetime) -> None:
        """Keep what the DSL said of their reference. That it is kept is never taken back."""
        with self._write() as session:
            consultation = locked(session, consultation_id)
            held = session.get(ReferenceMarkRow, consultation_id)
            if held is not None and held.mark in (ReferenceMark.KEPT, mark):
                return
            session.merge(ReferenceMarkRow(consultation_id=consultation_id, mark=mark.value, at=now))
            self._append(session, f"reference.{mark.value}", consultation.person_id, consultation_id, now)

    def reference_mark(self, consultation_id: str) -> ReferenceMark | None:
        """Return it, None as long as they have not been asked."""
        with self._read_by_table() as reading:
            held = reading.connection().execute(_MARK, {"of": consultation_id}).scalar()
            return ReferenceMark(held) if held else None


def _has_said_more(session: Session, consultation_id: str, after: int) -> bool:
    theirs = (MessageRow.consultation_id == consultation_id, MessageRow.speaker == "dsl", MessageRow.number > after)
    return session.scalar(select(MessageRow.id).where(*theirs).limit(1)) is not None
