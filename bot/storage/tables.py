"""The tables: what is kept. What may go in, and in which order, is decided on the shelves."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, MetaData, Text, UniqueConstraint, false, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.storage.columns import UtcDateTime

OPEN_CASE = "stage IN ('waiting', 'claimed')"


class Base(DeclarativeBase):
    """The common ground of all tables; every constraint has a name, so that migrations can find it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime(), str: Text(), dict[str, Any]: JSON(), list[Any]: JSON()}


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


class ConsultationRow(Base):
    """A consultation with its facts as they stand. `practice` is the id of a practice case, None in earnest."""

    __tablename__ = "consultations"

    id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    designation: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    school: Mapped[str]
    school_area: Mapped[str]
    area: Mapped[str | None]
    stage: Mapped[str]
    opened_at: Mapped[datetime]
    facts: Mapped[dict[str, Any]]
    practice: Mapped[str | None]


class ChildMark(Base):
    """The mark of the child whom a consultation is about: a keyed hash of the school and its own alias."""

    __tablename__ = "child_marks"

    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(index=True)


class FactsRow(Base):
    """The facts of a consultation as they stood from one moment on."""

    __tablename__ = "facts_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), index=True)
    at: Mapped[datetime]
    facts: Mapped[dict[str, Any]]


class MessageRow(Base):
    """Something said. Numbers start at 1 in every consultation and have no gaps."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        UniqueConstraint("consultation_id", "client_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"))
    number: Mapped[int]
    client_id: Mapped[str | None]
    at: Mapped[datetime]
    speaker: Mapped[str]
    text: Mapped[str]
    buttons: Mapped[list[Any]]
    card: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class AssessmentRow(Base):
    """What the facts amounted to, with the facts and the version of the pack that said so."""

    __tablename__ = "assessments"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), index=True)
    at: Mapped[datetime]
    pack_version: Mapped[str]
    facts: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any]]


class PackVersion(Base):
    """What a pack version held, file by file, so that a decision made by it can be worked out again."""

    __tablename__ = "pack_versions"

    content: Mapped[str] = mapped_column(primary_key=True)
    # Compressed, and written as pairs of hexadecimal digits: compressed bytes can spell anything, a name too.
    files: Mapped[str]


class CaseRow(Base):
    """A consultation in the duty queue. A consultation has at most one that is open."""

    __tablename__ = "cases"
    __table_args__ = (
        Index(
            "one_open_case",
            "consultation_id",
            unique=True,
            sqlite_where=text(OPEN_CASE),
            postgresql_where=text(OPEN_CASE),
        ),
        Index("ix_cases_area_stage", "area", "stage"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), index=True)
    designation: Mapped[str]
    area: Mapped[str]
    urgency: Mapped[str]
    reason: Mapped[str]
    goes_home: Mapped[str]
    goes_home_time: Mapped[str]
    dsl_view: Mapped[str]
    dsl_reason: Mapped[str]
    handed_over_at: Mapped[datetime]
    due_at: Mapped[datetime]
    stage: Mapped[str]
    claimed_by: Mapped[str | None]
    claimed_by_name: Mapped[str | None]
    claimed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome_level: Mapped[str | None]
    outcome_reason: Mapped[str | None]
    outcome_advice: Mapped[str | None]
    referral_advised: Mapped[bool | None]


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


class RevisionRow(Base):
    """A revision of an area's knowledge, with the files it would put in place, packed."""

    __tablename__ = "revisions"

    id: Mapped[str] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    digest: Mapped[str]
    based_on: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    written_by: Mapped[list[Any]]
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    in_force_from: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    reason: Mapped[str]
    edition: Mapped[int]
    files: Mapped[bytes]
