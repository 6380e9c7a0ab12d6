"""The tables of people: schools and their people, colleagues at the council, who is signed in, and attempts to be."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base


class School(Base):
    """A school, in the area of the council it lies in."""

    __tablename__ = "schools"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    area: Mapped[str]
    cluster: Mapped[str | None]
    phase: Mapped[str | None]


class LinkWorker(Base):
    """A link worker of a cluster: who its schools' cases are first for."""

    __tablename__ = "link_workers"

    area: Mapped[str] = mapped_column(primary_key=True)
    cluster: Mapped[str] = mapped_column(primary_key=True)
    worker_id: Mapped[str] = mapped_column(ForeignKey("workers.id"), primary_key=True)


class Dsl(Base):
    """A school's designated safeguarding lead, or one of its staff. The access code is kept as a keyed digest alone."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(primary_key=True)
    school_id: Mapped[str] = mapped_column(ForeignKey("schools.id"))
    name: Mapped[str]
    telephone: Mapped[str]
    code_digest: Mapped[str] = mapped_column(unique=True)
    # A row that is written without its role is nobody's: there is no role of that name.
    role: Mapped[str] = mapped_column(server_default="")
    revoked_at: Mapped[datetime | None]


class Worker(Base):
    """A colleague at the council, in the role that they have there.

    `last_step` is the newest second-factor time step they have used.
    """

    __tablename__ = "workers"

    id: Mapped[str] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    area: Mapped[str]
    password_hash: Mapped[str]
    totp_secret: Mapped[str]
    last_step: Mapped[int | None]
    role: Mapped[str] = mapped_column(server_default="")
    disabled_at: Mapped[datetime | None]


class SignedIn(Base):
    """A session. The token itself is only in the person's browser."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str]
    role: Mapped[str]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    idle_seconds: Mapped[int | None]
    expires_at: Mapped[datetime]


class Attempt(Base):
    """An attempt that may have been wrong. Whose it was is kept as a keyed digest alone, while it counts."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_key_digest_at", "key_digest", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key_digest: Mapped[str]
    at: Mapped[datetime]
