"""The tables of a school's staff: codes and links of chats outside, where they lead, and what was passed on."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base

_OPEN = text("ended_at IS NULL")
_OPEN_FOR_NOTICES = text("ended_at IS NULL AND kind = 'notices'")


class ChatLinkRow(Base):
    """A link of a chat to a person. A chat has at most one that is open, and so has a DSL for notices.

    `chat` is a keyed hash; `talk` the consultation its person is in now. `staff_told_at` is when its DSL was told that
    something was passed on and has not looked since. Whoever is linked as a colleague was let in by `made_by`.
    """

    __tablename__ = "chat_links"
    __table_args__ = (
        Index("one_open_link_of_a_chat", "chat", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(
            "one_open_link_for_notices",
            "person_id",
            unique=True,
            sqlite_where=_OPEN_FOR_NOTICES,
            postgresql_where=_OPEN_FOR_NOTICES,
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    chat: Mapped[str]
    kind: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    school_id: Mapped[str] = mapped_column(ForeignKey("schools.id"), index=True)
    made_by: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    linked_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    talk: Mapped[str | None]
    staff_told_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str | None]


class ChatAddressRow(Base):
    """Where messages of a link go, sealed by the link's own key. It goes with the link."""

    __tablename__ = "chat_addresses"

    link_id: Mapped[str] = mapped_column(ForeignKey("chat_links.id"), primary_key=True)
    address: Mapped[str]


class LinkCodeRow(Base):
    """A one-time code, kept as a keyed digest alone. `link_id` is the link that it made."""

    __tablename__ = "link_codes"

    id: Mapped[str] = mapped_column(primary_key=True)
    code_digest: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    label: Mapped[str]
    school_id: Mapped[str] = mapped_column(ForeignKey("schools.id"), index=True)
    made_by: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    link_id: Mapped[str | None] = mapped_column(ForeignKey("chat_links.id"))


class PassedOnRow(Base):
    """Something that a colleague passed on to the DSLs of the school. It goes with the talk it was written in.

    `taken_up` is the consultation that a DSL began from it, which may be deleted before.
    """

    __tablename__ = "passed_on"

    id: Mapped[str] = mapped_column(primary_key=True)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), index=True)
    school_id: Mapped[str] = mapped_column(ForeignKey("schools.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    designation: Mapped[str]
    urgent: Mapped[bool]
    words: Mapped[str]
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[str | None]
    taken_up: Mapped[str | None] = mapped_column(index=True)
    taken_by: Mapped[str | None]
    told_at: Mapped[datetime | None]


class NoticeMark(Base):
    """Up to which message of a consultation a link was last told that there is something to read."""

    __tablename__ = "notice_marks"

    link_id: Mapped[str] = mapped_column(ForeignKey("chat_links.id"), primary_key=True)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), primary_key=True)
    number: Mapped[int]
    at: Mapped[datetime]
