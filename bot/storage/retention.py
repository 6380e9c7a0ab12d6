"""Retention: what has been kept long enough, and taking it out for good."""

from collections.abc import Collection
from contextlib import closing
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from bot.consultation import Stage
from bot.storage.audit import AuditShelf
from bot.storage.shelf import locked
from bot.storage.tables import AssessmentRow, CaseRow, ChildMark, ConsultationRow, FactsRow, MessageRow, SignedIn

_ASSISTANTS = (Stage.WITH_ASSISTANT.value, Stage.WAITING.value)
_NO_ONES = (Stage.WITH_ASSISTANT.value, Stage.CLOSED.value)
_OF_A_CONSULTATION = (MessageRow, FactsRow, AssessmentRow, CaseRow, ChildMark)


class RetentionShelf(AuditShelf):
    """Finds what is past its time and deletes it."""

    def talking_since(self, moment: datetime) -> frozenset[str]:
        """Return the consultations in which the assistant may speak and something was said since a moment."""
        with self._read() as session:
            held = select(ConsultationRow.id).where(ConsultationRow.stage.in_(_ASSISTANTS))
            said = select(MessageRow.consultation_id).where(MessageRow.at >= moment)
            recent = (ConsultationRow.opened_at >= moment) | ConsultationRow.id.in_(said)
            return frozenset(session.scalars(held.where(recent)))

    def last_said_between(self, since: datetime, until: datetime) -> frozenset[str]:
        """Return the consultations with the assistant in which the last word was said in that time."""
        last = func.max(MessageRow.at)
        with self._read() as session:
            said = select(ConsultationRow.id).join(MessageRow).group_by(ConsultationRow.id)
            alone = said.where(ConsultationRow.stage == Stage.WITH_ASSISTANT.value)
            return frozenset(session.scalars(alone.having(last >= since, last <= until)))

    def spent_sessions(self, now: datetime) -> tuple[str, ...]:
        """Return the digests of sessions that have ended by time or for want of a sign of life."""
        with self._read() as session:
            return tuple(held.token_hash for held in session.scalars(select(SignedIn)) if _is_spent(held, now))

    def end_sessions(self, token_hashes: Collection[str]) -> None:
        """Forget sessions."""
        with self._write() as session:
            for token_hash in token_hashes:
                session.execute(delete(SignedIn).where(SignedIn.token_hash == token_hash))

    def quiet_since(self, moment: datetime, *, practice: bool = False) -> tuple[tuple[str, datetime], ...]:
        """Return the consultations that nobody waits in and nothing was said in since a moment, with the last.

        With `practice` those alone that are practice.
        """
        last = func.max(MessageRow.at)
        with self._read() as session:
            said = select(ConsultationRow.id, ConsultationRow.opened_at, last).outerjoin(MessageRow)
            if practice:
                said = said.where(func.coalesce(ConsultationRow.practice, "") != "")
            held = session.execute(said.where(ConsultationRow.stage.in_(_NO_ONES)).group_by(ConsultationRow.id))
            ends = ((id, at or opened_at) for id, opened_at, at in held)
            return tuple((id, at) for id, at in ends if at < moment)

    def delete_consultation(self, consultation_id: str, now: datetime) -> None:
        """Delete a consultation with all that was kept of it; the audit chain keeps that it was deleted.

        One that somebody waits in, or that is not there, is left alone.
        """
        with self._write() as session:
            consultation = locked(session, consultation_id)
            if consultation.stage not in _NO_ONES:
                return
            for table in _OF_A_CONSULTATION:
                session.execute(delete(table).where(table.consultation_id == consultation_id))
            session.delete(consultation)
            self._append(session, "consultation.deleted", "service", consultation_id, now)

    def tidy(self) -> None:
        """Write the database afresh, without the bytes of what was deleted."""
        if self._reading.dialect.name != "sqlite":
            with self._reading.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM")
            return
        # Past SQLAlchemy, which would begin a transaction.
        with closing(self._reading.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_spent(held: SignedIn, now: datetime) -> bool:
    idle = held.idle_seconds is not None and held.seen_at + timedelta(seconds=held.idle_seconds) <= now
    return held.expires_at <= now or idle
