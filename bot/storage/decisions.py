"""Decisions: what was decided, from which facts, by which pack version, and what that version held."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import select

from bot.consultation import Decision
from bot.storage.consultations import facts_from_json
from bot.storage.packing import packed, unpacked
from bot.storage.shelf import Shelf
from bot.storage.tables import AssessmentRow, PackVersion


class DecisionShelf(Shelf):
    """Keeps pack versions, and gives back decisions with what they rested on."""

    def keep_pack(self, content: str, files: Mapping[str, str]) -> None:
        """Keep the files of a pack version by the name of their content. What is kept stays as it is."""
        with self._write() as session:
            if session.get(PackVersion, content) is None:
                session.add(PackVersion(content=content, files=packed(files).hex(" ")))

    def kept_pack(self, content: str) -> dict[str, str] | None:
        """Return the files of a pack version, or None if it was never kept."""
        with self._read() as session:
            held = session.get(PackVersion, content)
            return unpacked(bytes.fromhex(held.files)) if held else None

    def decisions_since(self, moment: datetime) -> Iterator[Decision]:
        """Yield every decision made since a moment, oldest first."""
        with self._read() as session:
            since = select(AssessmentRow).where(AssessmentRow.at >= moment).order_by(AssessmentRow.id)
            for row in session.scalars(since):
                yield Decision(row.id, row.consultation_id, row.at, facts_from_json(row.facts), row.result)
