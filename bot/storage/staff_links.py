"""Links of chats outside, and the one-time codes that make them."""

import hmac
from datetime import datetime
from hashlib import sha256

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.desk.people import Role
from bot.desk.ports import NotKept
from bot.desk.staff.links import Ended, Link, LinkKind, NewCode
from bot.storage.keys import KeyGone
from bot.storage.people import person_in
from bot.storage.sealed_columns import opened, seal
from bot.storage.staff_ends import LinkEndShelf
from bot.storage.tables import ChatAddressRow, ChatLinkRow, ConsultationRow, Dsl, LinkCodeRow


class LinkShelf(LinkEndShelf):
    """Keeps links and codes. Satisfies `bot.desk.staff.links.LinkRecords`."""

    def keep_code(self, code: str, new: NewCode, now: datetime) -> None:
        """Keep a digest of a code, in place of an unused one for the same label at the school. Raises NotKept."""
        with self._write() as session:
            school_id = school_of(session, new.made_by)
            unused = (LinkCodeRow.used_at.is_(None), LinkCodeRow.school_id == school_id)
            for held in session.scalars(select(LinkCodeRow).where(*unused, LinkCodeRow.kind == new.kind.value)).all():
                for_notices = new.kind is LinkKind.NOTICES
                same = held.made_by == new.made_by if for_notices else _same(held.label, new.label)
                if same:
                    session.delete(held)
            row = LinkCodeRow(
                id=self._new_id(),
                code_digest=self._link_code_digest(code),
                kind=new.kind.value,
                label=new.label,
                school_id=school_id,
                made_by=new.made_by,
                made_at=now,
                expires_at=new.expires_at,
                ends_at=new.ends_at,
            )
            session.add(row)
            self._append(session, "staff.code_made", new.made_by, row.id, now)

    def link_by_code(self, code: str, chat: str, address: int, until: datetime, now: datetime) -> Link | None:
        """Use a code up for a chat, and return the link; None if it opens nothing.

        The chat that has used it gets the same link again.
        """
        with self._write() as session:
            of_it = LinkCodeRow.code_digest == self._link_code_digest(code)
            row = session.scalar(select(LinkCodeRow).where(of_it).with_for_update())
            if row is None:
                return None
            if row.link_id is not None:
                made = session.get_one(ChatLinkRow, row.link_id)
                return _link(session, made) if made.chat == chat and _is_open(session, made, now) else None
            ends_at = row.ends_at or until
            if min(row.expires_at, ends_at) <= now or session.get_one(Dsl, row.made_by).revoked_at is not None:
                return None
            link = self._linked(session, row, chat, ends_at, now)
            session.add(seal(session, ChatAddressRow(link_id=link.id, address=address)))
            row.used_at, row.link_id = now, link.id
            self._append(session, "staff.linked", link.person_id, link.id, now)
            return _link(session, link)

    def link_of(self, chat: str, now: datetime) -> Link | None:
        """Return the open link of a chat."""
        of_it = (ChatLinkRow.chat == chat, ChatLinkRow.ended_at.is_(None))
        with self._read() as session:
            row = session.scalar(select(ChatLinkRow).where(*of_it))
            return _link(session, row) if row is not None and _is_open(session, row, now) else None

    def links_at(self, dsl_id: str, now: datetime) -> tuple[Link, ...]:
        """Return the open links of colleagues at a DSL's school, and the DSL's own for notices, oldest first."""
        with self._read() as session:
            links = _links(session, school_of(session, dsl_id), now)
        return tuple(link for link in links if link.kind is LinkKind.STAFF or link.person.id == dsl_id)

    def links_of_school(self, school_id: str, now: datetime) -> tuple[Link, ...]:
        """Return every open link of a school, oldest first."""
        with self._read() as session:
            return _links(session, school_id, now)

    def begin_talk(self, link_id: str, consultation_id: str, now: datetime) -> None:
        """Keep which consultation the person of a link is in now. Raises NotKept."""
        with self._write() as session:
            row, talk = session.get(ChatLinkRow, link_id), session.get(ConsultationRow, consultation_id)
            if row is None or talk is None or row.ended_at is not None or talk.person_id != row.person_id:
                raise NotKept("link")
            row.talk = consultation_id
            self._append(session, "staff.talk_begun", row.person_id, link_id, now)

    def end_link(self, link_id: str, why: Ended, who: str, now: datetime) -> None:
        """End a link and delete its key and where it led. Nothing happens to one that has ended."""
        with self._write() as session:
            row = session.get(ChatLinkRow, link_id)
            if row is not None and row.ended_at is None:
                self._end_link(session, row, why, who, now)

    def address_of(self, link_id: str) -> int | None:
        """Return where messages of a link go, None when it has ended."""
        with self._read() as session:
            row = session.get(ChatAddressRow, link_id)
            try:
                return int(opened(row, "address")) if row is not None else None
            except KeyGone:
                return None  # it is being ended

    def tidy_links(self, now: datetime, ended_before: datetime) -> int:
        """End links whose time is over, and let go of old codes and of links that ended before. Return how many."""
        with self._write() as session:
            over = [
                row
                for row in session.scalars(select(ChatLinkRow).where(ChatLinkRow.ended_at.is_(None))).all()
                if not _is_open(session, row, now)
            ]
            for row in over:
                why = Ended.LAPSED if row.ends_at <= now else Ended.SCHOOL_LEFT
                self._end_link(session, row, why, "service", now)
            old = session.scalars(select(ChatLinkRow).where(ChatLinkRow.ended_at <= ended_before)).all()
            for row in old:
                self._let_go_of_link(session, row, now)
            spent = (LinkCodeRow.used_at.is_(None), LinkCodeRow.expires_at <= now)
            codes = session.scalars(select(LinkCodeRow).where(*spent)).all()
            for code in codes:
                session.delete(code)
                self._append(session, "staff.code_lapsed", "service", code.id, now)
            return len(over) + len(old) + len(codes)

    def _linked(
        self, session: Session, code: LinkCodeRow, chat: str, ends_at: datetime, now: datetime
    ) -> ChatLinkRow:
        """Return a new open link, in place of the chat's and, for notices, of the DSL's."""
        for_notices = code.kind == LinkKind.NOTICES
        person_id = code.made_by if for_notices else self._new_colleague(session, code)
        theirs = (ChatLinkRow.kind == LinkKind.NOTICES.value) & (ChatLinkRow.person_id == person_id)
        before = select(ChatLinkRow).where(ChatLinkRow.ended_at.is_(None), or_(ChatLinkRow.chat == chat, theirs))
        for former in session.scalars(before).all():
            self._end_link(session, former, Ended.REPLACED, person_id, now)
        session.flush()
        link = ChatLinkRow(
            id=self._new_id(),
            chat=chat,
            kind=code.kind,
            person_id=person_id,
            school_id=code.school_id,
            made_by=code.made_by,
            linked_at=now,
            ends_at=ends_at,
        )
        self._keys.make(link.id)
        session.add(link)
        session.flush()
        return link

    def _new_colleague(self, session: Session, code: LinkCodeRow) -> str:
        person_id = self._new_id()
        session.add(
            Dsl(
                id=person_id,
                school_id=code.school_id,
                name=code.label,
                telephone="",
                code_digest=f"none {person_id}",  # is no digest, so there is no code that it could be of
                role=Role.SCHOOL_STAFF.value,
            )
        )
        session.flush()
        return person_id

    def _link_code_digest(self, code: str) -> str:
        return hmac.new(self._pepper, b"link code\0" + code.encode(), sha256).hexdigest()


def school_of(session: Session, person_id: str) -> str:
    """Return the id of a person's school. Raises NotKept."""
    school_id = session.scalar(select(Dsl.school_id).where(Dsl.id == person_id))
    if school_id is None:
        raise NotKept("school")
    return school_id


def open_links(session: Session, now: datetime, *which) -> list[tuple[ChatLinkRow, Link]]:
    """Return the open links that fit, with their rows, oldest first."""
    oldest = (ChatLinkRow.linked_at, ChatLinkRow.id)
    rows = session.scalars(select(ChatLinkRow).where(ChatLinkRow.ended_at.is_(None), *which).order_by(*oldest)).all()
    return [(row, _link(session, row)) for row in rows if _is_open(session, row, now)]


def _links(session: Session, school_id: str, now: datetime) -> tuple[Link, ...]:
    return tuple(link for _, link in open_links(session, now, ChatLinkRow.school_id == school_id))


def _is_open(session: Session, row: ChatLinkRow, now: datetime) -> bool:
    if row.ended_at is not None or row.ends_at <= now:
        return False
    return all(session.get_one(Dsl, who).revoked_at is None for who in (row.person_id, row.made_by))


def _link(session: Session, row: ChatLinkRow) -> Link:
    person = person_in(session, row.person_id)
    if person is None:
        raise NotKept("person")
    talk = row.talk if row.talk and session.get(ConsultationRow, row.talk) else None
    return Link(row.id, row.chat, person, LinkKind(row.kind), row.linked_at, row.ends_at, talk)


def _same(label: str, other: str) -> bool:
    return label.casefold() == other.casefold()
