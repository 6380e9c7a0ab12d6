"""The tables of scrutiny: what was published of a year, for good, and who asked to see a sample of records."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base


class ReleaseRow(Base):
    """What was published of a year. It holds shown figures alone, and is never counted again."""

    __tablename__ = "releases"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    published: Mapped[dict[str, Any]]


class SampleRequestRow(Base):
    """A scrutineer's request to see a sample of an area's records of a year. `reason` is an id of `bot.desk.sampling`.

    Nobody has decided it as long as `granted` is None; when it was granted, it may be looked at until `ends_at`.
    """

    __tablename__ = "sample_requests"

    id: Mapped[str] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(index=True)
    year: Mapped[int]
    reason: Mapped[str]
    asked_by: Mapped[str] = mapped_column(ForeignKey("workers.id"), index=True)
    asked_at: Mapped[datetime]
    granted: Mapped[bool | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("workers.id"))
    decided_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
