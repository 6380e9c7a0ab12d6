"""At once: of many consultations what is asked of one elsewhere. Satisfies `bot.desk.duty.at_once.AtOnceRecords`."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from bot.consultation import Facts
from bot.desk.duty.at_once import DESK_AND_DSL, Said
from bot.storage.consultations import facts_from_json
from bot.storage.sealed_columns import opened
from bot.storage.shelf import Shelf
from bot.storage.tables import (
    AuditLine,
    CaseRow,
    ChildMark,
    ConsultationRow,
    Dsl,
    LinkWorker,
    MessageRow,
    ReadingMark,
    School,
    Worker,
)

_SAID = (MessageRow.consultation_id, MessageRow.number, MessageRow.at, MessageRow.speaker)


class AtOnceShelf(Shelf):
    """Reads what lists and rounds need, never more often because there is more. Nothing is opened but facts."""

    def link_workers_of_each(self, consultation_ids: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Return by consultation the ids of the link workers of the cluster that its school is in."""
        of_them = (
            select(ConsultationRow.id, LinkWorker.worker_id)
            .join(Dsl, Dsl.id == ConsultationRow.person_id)
            .join(School, School.id == Dsl.school_id)
            .join(LinkWorker, (LinkWorker.area == School.area) & (LinkWorker.cluster == School.cluster))
            .join(Worker, Worker.id == LinkWorker.worker_id)
            .where(ConsultationRow.id.in_(consultation_ids), Worker.disabled_at.is_(None))
        )
        found = defaultdict(set)
        with self._read() as session:
            for consultation_id, worker_id in session.execute(of_them):
                found[consultation_id].add(worker_id)
        return {consultation_id: frozenset(theirs) for consultation_id, theirs in found.items()}

    def holders_of(self, case_ids: Collection[str]) -> Mapping[str, str]:
        """Return by case the id of who has or had it."""
        held = select(CaseRow.id, CaseRow.claimed_by).where(CaseRow.id.in_(case_ids), CaseRow.claimed_by.is_not(None))
        with self._read() as session:
            return dict(session.execute(held).all())

    def last_holders_of_child(self, consultation_ids: Collection[str], within: timedelta) -> Mapping[str, str]:
        """Return by consultation who has or had the last one of the same child, opened before it within that time."""
        this, its_mark = aliased(ConsultationRow), aliased(ChildMark)
        before = (
            select(this.id, this.opened_at, ConsultationRow.id, ConsultationRow.opened_at)
            .join(its_mark, its_mark.consultation_id == this.id)
            .join(ChildMark, ChildMark.mark == its_mark.mark)
            .join(ConsultationRow, ConsultationRow.id == ChildMark.consultation_id)
            .where(this.id.in_(consultation_ids), ConsultationRow.id != this.id)
            .where(or_(ConsultationRow.practice.is_(None), ConsultationRow.practice == ""))
            .where(ConsultationRow.opened_at <= this.opened_at)
            .order_by(ConsultationRow.opened_at, ConsultationRow.id)
        )
        with self._read() as session:
            rows = session.execute(before)
            last = {mine: other for mine, opened_at, other, at in rows if at >= opened_at - within}
            theirs = select(CaseRow.consultation_id, CaseRow.claimed_by).where(
                CaseRow.consultation_id.in_(set(last.values()))
            )
            # The newest case of each comes last, and stays.
            holders = dict(session.execute(theirs.order_by(CaseRow.handed_over_at, CaseRow.id)).all())
        return {mine: holder for mine, other in last.items() if (holder := holders.get(other))}

    def names_of(self, worker_ids: Collection[str]) -> Mapping[str, str]:
        """Return the names of colleagues at the council, by id."""
        with self._read() as session:
            return dict(session.execute(select(Worker.id, Worker.name).where(Worker.id.in_(worker_ids))).all())

    def said_since(self, consultation_ids: Collection[str], since: datetime) -> Mapping[str, tuple[Said, ...]]:
        """Return by consultation what its DSL and the desk have said since a moment, oldest first."""
        theirs = select(*_SAID).where(
            MessageRow.consultation_id.in_(consultation_ids),
            MessageRow.at >= since,
            MessageRow.speaker.in_(DESK_AND_DSL),
        )
        found = defaultdict(list)
        with self._read() as session:
            for consultation_id, *said in session.execute(theirs.order_by(MessageRow.number)):
                found[consultation_id].append(Said(*said))
        return {consultation_id: tuple(said) for consultation_id, said in found.items()}

    def last_said(self, consultation_ids: Collection[str], by: Collection[str] = ()) -> Mapping[str, Said]:
        """Return by consultation what was said last: by these speakers, or by anybody."""
        newest = select(MessageRow.consultation_id.label("of"), func.max(MessageRow.number).label("number"))
        newest = newest.where(MessageRow.consultation_id.in_(consultation_ids))
        newest = newest.where(MessageRow.speaker.in_(by)) if by else newest
        last = newest.group_by(MessageRow.consultation_id).subquery()
        is_it = and_(MessageRow.consultation_id == last.c.of, MessageRow.number == last.c.number)
        with self._read() as session:
            rows = session.execute(select(*_SAID).join(last, is_it))
            return {consultation_id: Said(*said) for consultation_id, *said in rows}

    def read_up_to_of_each(self, consultation_ids: Collection[str], side: str) -> Mapping[str, int]:
        """Return by consultation the number of the last message that a side has read."""
        marks = select(ReadingMark.consultation_id, ReadingMark.number).where(
            ReadingMark.consultation_id.in_(consultation_ids), ReadingMark.side == side
        )
        with self._read() as session:
            return dict(session.execute(marks).all())

    def facts_of_each(self, consultation_ids: Collection[str]) -> Mapping[str, Facts]:
        """Return the facts of consultations, by id."""
        self._keys.bring(consultation_ids)
        with self._read() as session:
            rows = session.scalars(select(ConsultationRow).where(ConsultationRow.id.in_(consultation_ids)))
            return {row.id: facts_from_json(opened(row, "facts")) for row in rows}

    def noted_of(self, what: str, subjects: Collection[str]) -> frozenset[str]:
        """Return of which of these subjects an event was noted."""
        noted = select(AuditLine.subject).where(AuditLine.subject.in_(subjects), AuditLine.what == what)
        with self._read() as session:
            return frozenset(session.scalars(noted))
