"""The tables of disagreements, of the stages they went through, and of good practice."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base

_OPEN = text("closed_at IS NULL")


class DisagreementRow(Base):
    """A disagreement about a consultation, which has at most one that is open."""

    __tablename__ = "disagreements"
    __table_args__ = (
        Index("one_open_disagreement", "consultation_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_disagreements_area_closed_at", "area", "closed_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), index=True)
    case_id: Mapped[str | None]
    area: Mapped[str]
    opened_at: Mapped[datetime]
    opened_by: Mapped[str]
    about: Mapped[str]
    resolution: Mapped[str | None]
    learning: Mapped[str]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]


class DisagreementStepRow(Base):
    """A stage that a disagreement was at, with its clock, its answer and how it ended."""

    __tablename__ = "disagreement_steps"

    disagreement_id: Mapped[str] = mapped_column(ForeignKey("disagreements.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), index=True)
    stage: Mapped[str]
    role: Mapped[str]
    started_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]
    answered_by_name: Mapped[str | None]
    answer: Mapped[str]
    ended: Mapped[str | None]


class GoodPracticeRow(Base):
    """Something that went well, as either side wrote it."""

    __tablename__ = "good_practice"

    id: Mapped[str] = mapped_column(primary_key=True)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), index=True)
    area: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    side: Mapped[str]
    words: Mapped[str]
