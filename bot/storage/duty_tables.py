"""The tables of the duty desk: cases from hand-over to close."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base

OPEN_CASE = "stage IN ('waiting', 'claimed')"


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
