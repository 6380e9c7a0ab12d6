"""The tables of people: schools, their DSLs, duty workers, and who is signed in."""

from datetime import datetime

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base


class School(Base):
    """A school, in the area of the council it lies in."""

    __tablename__ = "schools"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    area: Mapped[str]


class Dsl(Base):
    """A school's designated safeguarding lead. The access code is kept as a keyed digest alone."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(primary_key=True)
    school_id: Mapped[str] = mapped_column(ForeignKey("schools.id"))
    name: Mapped[str]
    telephone: Mapped[str]
    code_digest: Mapped[str] = mapped_column(unique=True)


class Worker(Base):
    """A duty social worker, or an editor, who `edits` the area's knowledge.

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
    edits: Mapped[bool] = mapped_column(server_default=false())


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
