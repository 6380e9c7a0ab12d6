"""Ends of links: in one place, because a link ends with its person's access as well as by itself."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Table, delete, or_, select
from sqlalchemy.orm import Session

from bot.desk.staff.links import Ended, LinkKind
from bot.storage.audit import AuditShelf
from bot.storage.sealed_columns import SEALED
from bot.storage.tables import Base, ChatLinkRow, Dsl, LinkCodeRow

_LINK = "link_id"


class LinkEndShelf(AuditShelf):
    """Ends links within a transaction of another shelf."""

    def _end_links_of(self, session: Session, person_id: str, who: str, now: datetime) -> None:
        """End the links of a person and those of whom they let in, and forget the codes that they made."""
        theirs = or_(ChatLinkRow.person_id == person_id, ChatLinkRow.made_by == person_id)
        for link in session.scalars(select(ChatLinkRow).where(theirs, ChatLinkRow.ended_at.is_(None))).all():
            self._end_link(session, link, Ended.SCHOOL_LEFT, who, now)
        session.execute(delete(LinkCodeRow).where(LinkCodeRow.made_by == person_id, LinkCodeRow.used_at.is_(None)))

    def _end_link(self, session: Session, link: ChatLinkRow, why: Ended, who: str, now: datetime) -> None:
        self._keys.forget(link.id)  # first, as with a consultation: what follows may fail, and is done again
        for table in _tables():
            if (sealing := SEALED.get(table.name)) and sealing.consultation == _LINK:
                session.execute(delete(table).where(table.c[_LINK] == link.id))
        link.ended_at, link.ended_why, link.talk = now, why.value, None
        if link.kind == LinkKind.STAFF:
            # The person stands for this link: whoever is let in again is somebody new.
            person = session.get_one(Dsl, link.person_id)
            person.revoked_at = person.revoked_at or now
        self._append(session, f"staff.{why.value}", who, link.id, now)

    def _let_go_of_link(self, session: Session, link: ChatLinkRow, now: datetime) -> None:
        """Delete an ended link with every row that names it."""
        for table in _tables():
            session.execute(delete(table).where(table.c[_LINK] == link.id))
        session.delete(link)
        self._append(session, "staff.let_go", "service", link.id, now)


def _tables() -> Iterator[Table]:
    """Yield every table that names a link, those that refer to others first."""
    yield from (table for table in reversed(Base.metadata.sorted_tables) if _LINK in table.c)
