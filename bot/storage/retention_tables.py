"""The tables of retention: what is held back from the purge."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base


class Hold(Base):
    """A hold on a consultation, from `at` until it is lifted: while one stands, nothing of it is deleted.

    `reason` is an id of `bot.desk.holds`.
    """

    __tablename__ = "holds"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), index=True)
    who: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
