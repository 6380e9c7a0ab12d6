"""The tables of consultations: what was said, what is known of it, and what it amounted to."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base


class ConsultationRow(Base):
    """A consultation with its facts as they stand. `practice` is the id of a practice case, None in earnest.

    While it is `held`, a person has it or had it last, and the assistant is silent.
    """

    __tablename__ = "consultations"
    __table_args__ = (Index("ix_consultations_opened_at", "opened_at"),)

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
    held: Mapped[bool] = mapped_column(server_default=false())


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
        Index("ix_messages_at_consultation_id", "at", "consultation_id"),
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


class ReadingMark(Base):
    """How far one side of a consultation, `dsl` or `desk`, has read: the number of the last message they had."""

    __tablename__ = "reading_marks"

    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), primary_key=True)
    side: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    at: Mapped[datetime]
