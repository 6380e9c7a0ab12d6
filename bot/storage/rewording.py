"""Rewording: what quotes a message follows when the message is written anew."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from bot.storage.shelf import Shelf, locked
from bot.storage.tables import AssessmentRow, CaseRow, FactsRow, MessageRow


class RewordingShelf(Shelf):
    """Changes the words of a consultation wherever they are quoted."""

    def reword(self, consultation_id: str, put: Callable[[str], str]) -> None:
        """Put `put(words)` in place of all words kept beside the DSL's messages.

        Those are the facts as they stand and stood, the facts of assessments, the cards that were shown and the
        reason on a case. `put` only takes words out of texts that were looked at when they came in.
        """
        with self._write() as session:
            consultation = locked(session, consultation_id)
            consultation.facts = _reworded(consultation.facts, put)
            for table in (FactsRow, AssessmentRow):
                for row in session.scalars(select(table).where(table.consultation_id == consultation_id)):
                    row.facts = _reworded(row.facts, put)
            for message in session.scalars(select(MessageRow).where(MessageRow.consultation_id == consultation_id)):
                if message.card is not None:
                    message.card = _reworded(message.card, put)
            for case in session.scalars(select(CaseRow).where(CaseRow.consultation_id == consultation_id)):
                case.dsl_reason = put(case.dsl_reason)


def _reworded(held: Any, put: Callable[[str], str]) -> Any:
    """Return the same structure with its texts reworded. Its keys are ours."""
    match held:
        case str():
            return put(held)
        case list():
            return [_reworded(item, put) for item in held]
        case dict():
            return {key: _reworded(item, put) for key, item in held.items()}
    return held
