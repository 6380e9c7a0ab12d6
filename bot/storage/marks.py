"""Marks: by which a school's consultations about one child find each other, and by which nobody finds the child."""

import hmac
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session, aliased

from bot.storage.audit import AuditShelf
from bot.storage.shelf import locked
from bot.storage.tables import ChildMark, ConsultationRow, Dsl

_PURPOSE = b"child mark"


class MarkShelf(AuditShelf):
    """Keeps the marks of children. An alias is hashed as it comes in, and goes no further."""

    def mark_child(self, consultation_id: str, alias: str, now: datetime) -> None:
        """Keep the mark of the child a consultation is about, in place of an earlier one."""
        with self._write() as session:
            consultation = locked(session, consultation_id)
            mark = self._mark(_school_of(session, consultation), alias)
            session.merge(ChildMark(consultation_id=consultation_id, mark=mark))
            self._append(session, "child.marked", consultation.person_id, consultation_id, now)

    def unmark_child(self, consultation_id: str, now: datetime) -> None:
        """Forget the mark of a consultation."""
        with self._write() as session:
            gone = session.execute(delete(ChildMark).where(ChildMark.consultation_id == consultation_id))
            if gone.rowcount:
                who = session.scalar(select(ConsultationRow.person_id).where(ConsultationRow.id == consultation_id))
                self._append(session, "child.unmarked", who or "", consultation_id, now)

    def is_marked(self, consultation_id: str, alias: str) -> bool:
        """Say whether it is this alias by which the child of a consultation is marked."""
        with self._read() as session:
            consultation, held = session.get(ConsultationRow, consultation_id), session.get(ChildMark, consultation_id)
            if consultation is None or held is None:
                return False
            return hmac.compare_digest(held.mark, self._mark(_school_of(session, consultation), alias))

    def of_the_same_child(self, consultation_id: str, since: datetime) -> tuple[str, ...]:
        """Return the consultations of the same mark opened before this one, the oldest first; no practice."""
        this, its_mark = aliased(ConsultationRow), aliased(ChildMark)
        same = (
            select(ConsultationRow.id)
            .join(ChildMark, ChildMark.consultation_id == ConsultationRow.id)
            .join(its_mark, its_mark.mark == ChildMark.mark)
            .join(this, this.id == its_mark.consultation_id)
            .where(this.id == consultation_id, ConsultationRow.id != consultation_id)
            .where(or_(ConsultationRow.practice.is_(None), ConsultationRow.practice == ""))
            .where(ConsultationRow.opened_at >= since, ConsultationRow.opened_at <= this.opened_at)
            .order_by(ConsultationRow.opened_at, ConsultationRow.id)
        )
        with self._read() as session:
            return tuple(session.scalars(same))

    def _mark(self, school: str, alias: str) -> str:
        # A key of its own: nobody who can make marks can make digests of access codes, or lines of the audit chain.
        key = hmac.new(self._pepper, _PURPOSE, sha256).digest()
        return hmac.new(key, f"{school}\0{alias}".encode(), sha256).hexdigest()


def _school_of(session: Session, consultation: ConsultationRow) -> str:
    """Return the id of the school, as two schools may have one name."""
    return session.scalar(select(Dsl.school_id).where(Dsl.id == consultation.person_id)) or consultation.school
