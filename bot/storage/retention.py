"""Retention: what has been kept long enough, and taking it out for good."""

from collections.abc import Collection
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, or_, select

from bot.consultation import Stage
from bot.desk.holds import HoldReason
from bot.desk.purging import Age, Bounds
from bot.storage.audit import AuditShelf
from bot.storage.belongings import belongings
from bot.storage.shelf import locked
from bot.storage.tables import ConsultationRow, Hold, MessageRow, SignedIn

_ASSISTANTS = (Stage.WITH_ASSISTANT.value, Stage.OFFERED.value, Stage.WAITING.value)
_NO_ONES = (Stage.WITH_ASSISTANT.value, Stage.OFFERED.value, Stage.CLOSED.value, Stage.ABANDONED.value)
# Who writes waits for ten seconds at most, and a disk writes this in two.
WRITTEN_AFRESH_BYTES = 256 * 2**20
_STANDING = select(Hold).where(Hold.lifted_at.is_(None))
_AGE = ("id", "area", "school_area", "practice", "stage", "opened_at")
_OF_AN_AGE = [getattr(ConsultationRow, name) for name in _AGE]


class RetentionShelf(AuditShelf):
    """Finds what is past its time and deletes it."""

    def talking_since(self, moment: datetime) -> frozenset[str]:
        """Return the consultations in which the assistant may speak and something was said since a moment."""
        with self._read() as session:
            held = select(ConsultationRow.id).where(
                ConsultationRow.stage.in_(_ASSISTANTS), ConsultationRow.held.is_(False)
            )
            # Two questions, as each of them has an index.
            said = select(MessageRow.consultation_id).where(MessageRow.at >= moment)
            either = (held.where(ConsultationRow.opened_at >= moment), held.where(ConsultationRow.id.in_(said)))
            return frozenset(one for recent in either for one in session.scalars(recent))

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

    def ages(self, bounds: Bounds) -> tuple[Age, ...]:
        """Return when the last was said in consultations, and what keeps them besides their time, oldest first.

        None is among them that was opened after its bound: a purge of a few does not walk through all there are.
        """
        last = select(func.max(MessageRow.at)).where(MessageRow.consultation_id == ConsultationRow.id)
        old = select(*_OF_AN_AGE, last.scalar_subquery().label("last")).where(_opened_before(bounds))
        with self._read() as session:
            held = {hold.consultation_id: hold.reason for hold in session.scalars(_STANDING)}
            rows = session.execute(old.order_by(ConsultationRow.opened_at, ConsultationRow.id))
            return tuple(_age(row, held.get(row.id, "")) for row in rows)

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
        """Write the database afresh, without the bytes of what was deleted; PostgreSQL frees their room for others.

        A large one of SQLite's is not: nobody could write for minutes. There too what was deleted is written over
        where it stood (`secure_delete`), and only its room is left.
        """
        if self._reading.dialect.name != "sqlite":
            with self._reading.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM")
            return
        # Past SQLAlchemy, which would begin a transaction.
        with closing(self._reading.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            if _size(cursor) <= WRITTEN_AFRESH_BYTES:
                cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _size(cursor: Any) -> int:
    """Return how many bytes a database of SQLite's has."""
    pages, each = (cursor.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "page_size"))
    return pages * each


def _standing(consultation_id: str):
    return _STANDING.where(Hold.consultation_id == consultation_id)


def _opened_before(bounds: Bounds) -> Any:
    """Return what holds of a consultation that was opened before its bound."""
    opened, area = ConsultationRow.opened_at, func.coalesce(ConsultationRow.area, ConsultationRow.school_area)
    old = [and_(opened < bounds.practice, ConsultationRow.practice.is_not(None))]
    old += [and_(opened < bound, area == place) for place, bound in bounds.areas.items()]
    if bounds.others:
        old.append(and_(opened < bounds.others, area.not_in(bounds.areas)))
    # Said once more for all of them, so that the index on the moment is of use.
    latest = max(bounds.practice, *bounds.areas.values(), bounds.others or bounds.practice)
    return and_(opened < latest, or_(*old))


def _age(row: Any, held: str) -> Age:
    waits, area = row.stage not in _NO_ONES, row.area or row.school_area
    return Age(row.id, area, row.last or row.opened_at, practice=bool(row.practice), waits=waits, held=held)


def _is_spent(held: SignedIn, now: datetime) -> bool:
    idle = held.idle_seconds is not None and held.seen_at + timedelta(seconds=held.idle_seconds) <= now
    return held.expires_at <= now or idle
