"""The tables of the duty desk: cases from hand-over to close."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base

OPEN_CASE = "stage IN ('waiting', 'claimed', 'transferred', 'answered')"


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
        Index("ix_cases_area_stage_handed_over_at", "area", "stage", "handed_over_at"),
        Index("ix_cases_stage_review_on", "stage", "review_on"),
        Index("ix_cases_area_handed_over_at", "area", "handed_over_at"),
        Index("ix_cases_area_answered_at", "area", "answered_at"),
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
    transferred_to: Mapped[str | None]
    transferred_to_name: Mapped[str | None]
    transferred_area: Mapped[str | None] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
    reopens: Mapped[str | None]
    actions: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    review_on: Mapped[date | None]
    name_state: Mapped[str | None]
    referral_result: Mapped[str | None]
    follow_up_asked_at: Mapped[datetime | None]
    follow_up: Mapped[str | None]
    call_back_at: Mapped[datetime | None]
    call_back_safe: Mapped[str | None]
    lead: Mapped[str | None]
    early_help: Mapped[str | None]
    early_help_taken: Mapped[str | None]
    meeting: Mapped[str | None]
    came: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))


class CaseMoveRow(Base):
    """A move of a case: what happened to it, when, by whom, and why."""

    __tablename__ = "case_moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), index=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    at: Mapped[datetime]
    what: Mapped[str]
    who: Mapped[str]
    here: Mapped[str]
    there: Mapped[str]
    reason: Mapped[str]


class PresenceRow(Base):
    """Whether a worker has the desk open, and whether they want cases now."""

    __tablename__ = "presence"

    worker_id: Mapped[str] = mapped_column(ForeignKey("workers.id"), primary_key=True)
    area: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    seen_at: Mapped[datetime]


class CaseNoteRow(Base):
    """A private note on a case: what colleagues at the desk write for each other, and nobody else reads."""

    __tablename__ = "case_notes"

    id: Mapped[str] = mapped_column(primary_key=True)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), index=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    at: Mapped[datetime]
    who: Mapped[str]
    text: Mapped[str]
