"""The tables of a talk that is going on: what was typed and not sent, and whether the reference is kept."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base


class UnsentRow(Base):
    """What is left of the one text of a consultation that was typed and not sent."""

    __tablename__ = "unsent"

    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), primary_key=True)
    text: Mapped[str]
    at: Mapped[datetime]


class ReferenceMarkRow(Base):
    """What the DSL said when they were asked for their reference: `kept` or `later`."""

    __tablename__ = "reference_marks"

    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), primary_key=True)
    mark: Mapped[str]
    at: Mapped[datetime]
