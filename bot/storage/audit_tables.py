"""The tables of the audit chain: its lines, and where it ends."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base


class AuditLine(Base):
    """A line of the audit chain; `hash` covers the line and the hash before it."""

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    what: Mapped[str]
    who: Mapped[str]
    subject: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]


class AuditHead(Base):
    """Where the chain ends. One row, locked to append, so that lines queue up and none is cut off unseen."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str]
