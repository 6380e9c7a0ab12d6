"""Retention: what has been kept long enough, and taking it out for good."""

from collections.abc import Collection
from contextlib import closing
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import load_only

from bot.consultation import Stage
from bot.desk.holds import HoldReason
from bot.desk.purging import Age
from bot.storage.audit import AuditShelf
from bot.storage.belongings import belongings
from bot.storage.shelf import locked
from bot.storage.tables import ConsultationRow, Hold, MessageRow, SignedIn

_ASSISTANTS = (Stage.WITH_ASSISTANT.value, Stage.OFFERED.value, Stage.WAITING.value)
_NO_ONES = (Stage.WITH_ASSISTANT.value, Stage.OFFERED.value, Stage.CLOSED.value, Stage.ABANDONED.value)
_STANDING = select(Hold).where(Hold.lifted_at.is_(None))
_OF_AN_AGE = [getattr(ConsultationRow, name) for name in ("area", "school_area", "practice", "stage", "opened_at")]


class RetentionShelf(AuditShelf):
    """Finds what is past its time and deletes it."""

    def talking_since(self, moment: datetime) -> frozenset[str]:
        """Return the consultations in which the assistant may speak and something was said since a moment."""
        with self._read() as session:
            held = select(ConsultationRow.id).where(
                ConsultationRow.stage.in_(_ASSISTANTS), ConsultationRow.held.is_(False)
            )
            said = select(MessageRow.consultation_id).where(MessageRow.at >= moment)
            recent = (ConsultationRow.opened_at >= moment) | ConsultationRow.id.in_(said)
            return frozenset(session.scalars(held.where(recent)))

    def last_said_between(self, since: datetime, until: datetime) -> frozenset[str]:
        """Return the consultations with the assistant in which the last word was said in that time."""
        said, own = select(MessageRow.consultation_id), ConsultationRow.id
        # By the time alone, for which there is an index: what is older need not be looked at.
        then, later = said.where(MessageRow.at.between(since, until)), said.where(MessageRow.at > until)
        alone = select(own).where(ConsultationRow.stage == Stage.WITH_ASSISTANT.value)
        with self._read() as session:
            return frozenset(session.scalars(alone.where(own.in_(then), own.not_in(later))))

    def spent_sessions(self, now: datetime) -> tuple[str, ...]:
        """Return the digests of sessions that have ended by time or for want of a sign of life."""
        with self._read() as session:
            return tuple(held.token_hash for held in session.scalars(select(SignedIn)) if _is_spent(held, now))

    def end_sessions(self, token_hashes: Collection[str]) -> None:
        """Forget sessions."""
        with self._write() as session:
            for token_hash in token_hashes:
                session.execute(delete(SignedIn).where(SignedIn.token_hash == token_hash))

    def ages(self) -> tuple[Age, ...]:
        """Return of every consultation when the last was said in it, and what keeps it besides its time."""
        last = func.max(MessageRow.at).label("last")
        said = select(ConsultationRow, last).outerjoin(MessageRow).group_by(ConsultationRow.id)
        said = said.order_by(ConsultationRow.opened_at, ConsultationRow.id)
        with self._read() as session:
            held = {hold.consultation_id: hold.reason for hold in session.scalars(_STANDING)}
            rows = session.execute(said.options(load_only(*_OF_AN_AGE)))
            return tuple(_age(row, at, held.get(row.id, "")) for row, at in rows)

    def hold(self, consultation_id: str, who: str, reason: str, now: datetime) -> bool:
        """Keep a consultation past its time until the hold is lifted; False if one stands already."""
        with self._write() as session:
            locked(session, consultation_id)
            if session.scalar(_standing(consultation_id)) is not None:
                return False
            session.add(Hold(consultation_id=consultation_id, who=who, reason=HoldReason(reason).value, at=now))
            self._append(session, "consultation.held", who, consultation_id, now)
            return True

    def lift_hold(self, consultation_id: str, who: str, now: datetime) -> bool:
        """Let the time of a consultation count again; False if nothing held it."""
        with self._write() as session:
            locked(session, consultation_id)
            standing = session.scalar(_standing(consultation_id))
            if standing is None:
                return False
            standing.lifted_at = now
            self._append(session, "consultation.hold_lifted", who, consultation_id, now)
            return True

    def delete_consultation(self, consultation_id: str, now: datetime) -> None:
        """Delete a consultation with all that was kept of it; the audit chain keeps that it was deleted.

        One that somebody waits in, or that is held, or that is not there, is left alone.
        """
        with self._write() as session:
            consultation = locked(session, consultation_id)
            if consultation.stage not in _NO_ONES or session.scalar(_standing(consultation_id)) is not None:
                return
            session.expunge(consultation)
            self._keys.forget(consultation_id)  # first: what follows may fail, and is tried again by the next purge
            for table, picks in belongings(consultation_id):
                session.execute(delete(table).where(picks))
            self._append(session, "consultation.deleted", "service", consultation_id, now)

    def tidy(self) -> None:
        """Write the database afresh, without the bytes of what was deleted; PostgreSQL frees their room for others."""
        if self._reading.dialect.name != "sqlite":
            with self._reading.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM")
            return
        # Past SQLAlchemy, which would begin a transaction.
        with closing(self._reading.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _standing(consultation_id: str):
    return _STANDING.where(Hold.consultation_id == consultation_id)


def _age(row: ConsultationRow, last: datetime | None, held: str) -> Age:
    waits, area = row.stage not in _NO_ONES, row.area or row.school_area
    return Age(row.id, area, last or row.opened_at, practice=bool(row.practice), waits=waits, held=held)


def _is_spent(held: SignedIn, now: datetime) -> bool:
    idle = held.idle_seconds is not None and held.seen_at + timedelta(seconds=held.idle_seconds) <= now
    return held.expires_at <= now or idle
