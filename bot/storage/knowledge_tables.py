"""The tables of knowledge: pack versions that decisions were made by, and revisions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.base import Base


class PackVersion(Base):
    """What a pack version held, file by file, so that a decision made by it can be worked out again."""

    __tablename__ = "pack_versions"

    content: Mapped[str] = mapped_column(primary_key=True)
    # Compressed, and written as pairs of hexadecimal digits: compressed bytes can spell anything, a name too.
    files: Mapped[str]


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
