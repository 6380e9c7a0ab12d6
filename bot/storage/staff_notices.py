"""What DSLs with a link for notices have not read, and of what they were told."""

from datetime import datetime

from sqlalchemy import and_, exists, func, or_, select, update

from bot.desk.staff.links import LinkKind
from bot.desk.staff.notices import Unread, Untold
from bot.storage.audit import AuditShelf
from bot.storage.staff_links import open_links
from bot.storage.tables import (
    CaseRow,
    ChatLinkRow,
    ConsultationRow,
    MessageRow,
    NoticeMark,
    PassedOnRow,
    ReadingMark,
)

_FOR_NOTICES = ChatLinkRow.kind == LinkKind.NOTICES.value
# An outcome is said by the service, at the moment in which the case is answered.
_OUTCOME = and_(
    MessageRow.speaker == "service",
    exists().where(CaseRow.consultation_id == MessageRow.consultation_id, CaseRow.answered_at == MessageRow.at),
)


class NoticeShelf(AuditShelf):
    """Tells what is unread, and keeps what was told. Satisfies `bot.desk.staff.notices.NoticeRecords`."""

    def unread_updates(self, now: datetime) -> tuple[Unread, ...]:
        """Return where a duty worker's message or an outcome was not read, for every open link for notices."""
        number, read = func.max(MessageRow.number), func.coalesce(func.max(ReadingMark.number), 0)
        told = func.coalesce(func.max(NoticeMark.number), 0)
        side = and_(ReadingMark.consultation_id == ConsultationRow.id, ReadingMark.side == "dsl")
        with self._read() as session:
            unread: list[Unread] = []
            for row, link in open_links(session, now, _FOR_NOTICES):
                mark = and_(NoticeMark.consultation_id == ConsultationRow.id, NoticeMark.link_id == row.id)
                said = (
                    select(ConsultationRow.id, ConsultationRow.designation, number, read, told)
                    .join(MessageRow)
                    .outerjoin(ReadingMark, side)
                    .outerjoin(NoticeMark, mark)
                    .where(ConsultationRow.person_id == row.person_id)
                    .where(or_(MessageRow.speaker == "duty_worker", _OUTCOME))
                    .group_by(ConsultationRow.id, ConsultationRow.designation)
                    .having(number > read)
                    .order_by(ConsultationRow.id)
                )
                unread += [Unread(link, *found) for found in session.execute(said)]
            return tuple(unread)

    def untold_notes(self, now: datetime) -> tuple[Untold, ...]:
        """Return what was passed on and not seen or told, for every open link for notices, oldest first."""
        untold: list[Untold] = []
        with self._read() as session:
            for row, link in open_links(session, now, _FOR_NOTICES):
                new = (PassedOnRow.seen_at.is_(None), PassedOnRow.told_at.is_(None))
                here = select(PassedOnRow).where(PassedOnRow.school_id == row.school_id, *new)
                untold += [
                    Untold(link, note.id, note.designation, note.urgent, row.staff_told_at is not None)
                    for note in session.scalars(here.order_by(PassedOnRow.at, PassedOnRow.id))
                ]
        return tuple(untold)

    def told_of_update(self, link_id: str, consultation_id: str, number: int, now: datetime) -> None:
        """Keep that a link was told of what stands in a consultation up to a message."""
        with self._write() as session:
            session.merge(NoticeMark(link_id=link_id, consultation_id=consultation_id, number=number, at=now))
            self._append(session, "staff.told_of_update", link_id, consultation_id, now)

    def told_of_note(self, link_ids: tuple[str, ...], passed_on_id: str, now: datetime) -> None:
        """Keep that something passed on was told, to these links; they wait until their DSLs have looked."""
        with self._write() as session:
            session.execute(update(PassedOnRow).where(PassedOnRow.id == passed_on_id).values(told_at=now))
            session.execute(update(ChatLinkRow).where(ChatLinkRow.id.in_(link_ids)).values(staff_told_at=now))
            self._append(session, "staff.told_of_note", "service", passed_on_id, now)
