"""What colleagues passed on to the DSLs of their school."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from bot.desk.ports import NotKept
from bot.desk.staff.passing_on import PassedOn
from bot.storage.audit import AuditShelf
from bot.storage.by_table import table_of
from bot.storage.sealed_columns import opened, seal
from bot.storage.shelf import locked
from bot.storage.staff_links import school_of
from bot.storage.tables import ChatLinkRow, ConsultationRow, Dsl, PassedOnRow

_P, _D = table_of(PassedOnRow), table_of(Dsl)
_NEWEST_URGENT = select(func.max(_P.c.at)).where(
    _P.c.school_id == select(_D.c.school_id).where(_D.c.id == bindparam("dsl")).scalar_subquery(),
    _P.c.urgent.is_(True),
    _P.c.seen_at.is_(None),
)


class PassedOnShelf(AuditShelf):
    """Keeps what was passed on. Satisfies `bot.desk.staff.passing_on.PassedOnRecords`. Texts are looked at."""

    def pass_on(self, consultation_id: str, urgent: bool, words: str, now: datetime) -> PassedOn:
        """Keep it for the DSLs of the school, once: the same again is the first. Raises NotKept and UncleanWrite."""
        written = self._record_of(consultation_id, [words])[words]
        with self._write() as session:
            talk = locked(session, consultation_id)
            of_it = (PassedOnRow.consultation_id == consultation_id, PassedOnRow.urgent.is_(urgent))
            for there in session.scalars(select(PassedOnRow).where(*of_it)):
                if opened(there, "words") == written:
                    return _note(session, there)
            row = PassedOnRow(
                id=self._new_id(),
                consultation_id=consultation_id,
                school_id=school_of(session, talk.person_id),
                person_id=talk.person_id,
                designation=talk.designation,
                urgent=urgent,
                words=written,
                at=now,
            )
            session.add(seal(session, row))
            session.flush()
            self._append(session, "staff.passed_on", talk.person_id, row.id, now)
            return _note(session, row)

    def passed_on_by(self, person_id: str) -> tuple[PassedOn, ...]:
        """Return what somebody has passed on, the newest first."""
        with self._read() as session:
            return _notes(session, PassedOnRow.person_id == person_id)

    def passed_on_to(self, dsl_id: str) -> tuple[PassedOn, ...]:
        """Return all that was passed on at a DSL's school, the newest first."""
        with self._read() as session:
            return _notes(session, PassedOnRow.school_id == school_of(session, dsl_id))

    def looked(self, dsl_id: str, now: datetime) -> None:
        """Keep that a DSL has looked at the list: they may be told again of what comes."""
        with self._write() as session:
            told = (ChatLinkRow.person_id == dsl_id, ChatLinkRow.staff_told_at.is_not(None))
            if session.execute(update(ChatLinkRow).where(*told).values(staff_told_at=None)).rowcount:
                self._append(session, "staff.looked", dsl_id, dsl_id, now)

    def see(self, dsl_id: str, passed_on_id: str, now: datetime) -> PassedOn:
        """Keep that a DSL has seen it; the first one stays. Raises NotKept."""
        with self._write() as session:
            row = _theirs(session, dsl_id, passed_on_id)
            if row.seen_at is None:
                row.seen_at, row.seen_by = now, dsl_id
                self._append(session, "staff.seen", dsl_id, row.id, now)
            return _note(session, row)

    def take_up(self, dsl_id: str, passed_on_id: str, consultation_id: str, now: datetime) -> PassedOn:
        """Keep which consultation of a DSL's was begun from it; the first one stays. Raises NotKept."""
        with self._write() as session:
            row = _theirs(session, dsl_id, passed_on_id)
            begun = session.get(ConsultationRow, consultation_id)
            if begun is None or begun.person_id != dsl_id:
                raise NotKept("consultation")
            if _still_there(session, row.taken_up) is None:
                row.taken_up, row.taken_by = consultation_id, dsl_id
                if row.seen_at is None:
                    row.seen_at, row.seen_by = now, dsl_id
                self._append(session, "staff.taken_up", dsl_id, row.id, now)
            return _note(session, row)

    def urgent_unseen_at(self, dsl_id: str) -> datetime | None:
        """Return when the newest urgent one came that no DSL of the school has seen."""
        with self._read_by_table() as reading:
            return reading.connection().execute(_NEWEST_URGENT, {"dsl": dsl_id}).scalar()

    def words_for(self, dsl_id: str, consultation_id: str) -> str:
        """Return the words from which a DSL began a consultation of theirs; empty without any."""
        begun = (PassedOnRow.taken_up == consultation_id, PassedOnRow.taken_by == dsl_id)
        with self._read() as session:
            row = session.scalar(select(PassedOnRow).where(*begun))
            return opened(row, "words") if row else ""

    def is_unseen(self, consultation_id: str) -> bool:
        """Whether something was passed on in a consultation that no DSL has seen."""
        unseen = (PassedOnRow.consultation_id == consultation_id, PassedOnRow.seen_at.is_(None))
        with self._read() as session:
            return session.scalar(select(PassedOnRow.id).where(*unseen).limit(1)) is not None


def _theirs(session: Session, dsl_id: str, passed_on_id: str) -> PassedOnRow:
    row = session.scalar(select(PassedOnRow).where(PassedOnRow.id == passed_on_id).with_for_update())
    if row is None or row.school_id != school_of(session, dsl_id):
        raise NotKept("passed on")
    return row


def _notes(session: Session, which: Any) -> tuple[PassedOn, ...]:
    newest = (PassedOnRow.at.desc(), PassedOnRow.id)
    rows: Iterable[PassedOnRow] = session.scalars(select(PassedOnRow).where(which).order_by(*newest)).all()
    return tuple(_note(session, row) for row in rows)


def _note(session: Session, row: PassedOnRow) -> PassedOn:
    taken_up = _still_there(session, row.taken_up)
    return PassedOn(
        id=row.id,
        consultation_id=row.consultation_id,
        school_id=row.school_id,
        person_id=row.person_id,
        designation=row.designation,
        urgent=row.urgent,
        words=opened(row, "words"),
        at=row.at,
        seen_at=row.seen_at,
        seen_by=row.seen_by,
        taken_up=taken_up,
        told_at=row.told_at,
        label=session.get_one(Dsl, row.person_id).name,
        taken_by=row.taken_by if taken_up else None,
    )


def _still_there(session: Session, consultation_id: str | None) -> str | None:
    return consultation_id if consultation_id and session.get(ConsultationRow, consultation_id) else None
