"""Decisions: what was decided, from which facts, by which pack version, and what that version held."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import func, select

from bot.consultation import Decision, Facts
from bot.storage.consultations import facts_from_json
from bot.storage.packing import packed, unpacked
from bot.storage.sealed_columns import opened
from bot.storage.shelf import Shelf
from bot.storage.tables import AssessmentRow, ConsultationRow, FactsRow, PackVersion


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
        """Yield every decision made since a moment, oldest first. Practice decides nothing and is left out."""
        practice = select(ConsultationRow.id).where(func.coalesce(ConsultationRow.practice, "") != "")
        made = select(AssessmentRow).where(AssessmentRow.consultation_id.not_in(practice))
        with self._read() as session:
            for row in session.scalars(made.where(AssessmentRow.at >= moment).order_by(AssessmentRow.id)):
                yield _decision(row)

    def decisions_of(self, consultation_id: str) -> tuple[Decision, ...]:
        """Return every decision on a consultation, oldest first."""
        with self._read() as session:
            of_it = select(AssessmentRow).where(AssessmentRow.consultation_id == consultation_id)
            return tuple(_decision(row) for row in session.scalars(of_it.order_by(AssessmentRow.id)))

    def facts_history(self, consultation_id: str) -> tuple[tuple[datetime, Facts], ...]:
        """Return the facts of a consultation as they stood from each moment on, oldest first."""
        with self._read() as session:
            of_it = select(FactsRow).where(FactsRow.consultation_id == consultation_id).order_by(FactsRow.id)
            return tuple((row.at, facts_from_json(opened(row, "facts"))) for row in session.scalars(of_it))


def _decision(row: AssessmentRow) -> Decision:
    facts = facts_from_json(opened(row, "facts"))
    return Decision(row.id, row.consultation_id, row.at, facts, opened(row, "result"))
