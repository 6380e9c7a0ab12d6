"""The tables of re-scoring: rounds, and where a worker placed a practice case. Nobody's words are in them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base


class RescoringRoundRow(Base):
    """A round of an area.

    `cases` has by practice case what the assistant made of it then: a level, `exit` or `person`.
    """

    __tablename__ = "rescoring_rounds"

    id: Mapped[str] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(index=True)
    cases: Mapped[dict[str, Any]]
    opened_by: Mapped[str] = mapped_column(ForeignKey("workers.id"))
    opened_at: Mapped[datetime]
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("workers.id"))
    closed_at: Mapped[datetime | None]


class RescoringPlaceRow(Base):
    """Where a worker placed a case, once. `reasons` are ids of `bot.desk.rescoring`."""

    __tablename__ = "rescoring_places"

    round_id: Mapped[str] = mapped_column(ForeignKey("rescoring_rounds.id"), primary_key=True)
    practice: Mapped[str] = mapped_column(primary_key=True)
    worker_id: Mapped[str] = mapped_column(ForeignKey("workers.id"), primary_key=True)
    level: Mapped[str]
    reasons: Mapped[list[Any]]
    at: Mapped[datetime]
