"""Opening: everything that is sealed, opened one by one, for those who must look at all of it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from bot.storage.keys import KeyGone
from bot.storage.sealed_columns import SEALED, opened
from bot.storage.sealing import NotOpened
from bot.storage.shelf import Shelf
from bot.storage.tables import Base, ChatLinkRow, ConsultationRow

_SEALED_ROWS = [mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ in SEALED]


class OpeningShelf(Shelf):
    """Opens what is sealed."""

    def everything_opened(self) -> Iterator[tuple[str, str, str, Any]]:
        """Yield table, column, consultation and value of everything that is sealed. Raises KeyGone and NotOpened."""
        with self._read() as session:
            for kind in _SEALED_ROWS:
                sealing = SEALED[kind.__tablename__]
                for row in session.scalars(select(kind)):
                    for column in sealing.columns:
                        whose = getattr(row, sealing.consultation)
                        yield kind.__tablename__, column, whose, opened(row, column)

    def not_opening(self) -> tuple[str, ...]:
        """Return the consultations whose facts do not open: their key is gone, or another, or they were changed."""
        shut = []
        with self._read() as session:
            for row in session.scalars(select(ConsultationRow).order_by(ConsultationRow.id)):
                try:
                    opened(row, "facts")
                except (KeyGone, NotOpened):
                    shut.append(row.id)
        return tuple(shut)

    def keys_of_nobody(self) -> frozenset[str]:
        """Return the ids that have a key and no consultation or link: what could not be opened, or a restored copy."""
        with self._read() as session:
            theirs = (select(ConsultationRow.id), select(ChatLinkRow.id).where(ChatLinkRow.ended_at.is_(None)))
            return self._keys.consultations().difference(*(session.scalars(ids).all() for ids in theirs))
