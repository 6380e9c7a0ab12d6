"""Rewording: what quotes a message follows when the message is written anew."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.storage.audit import AuditShelf
from bot.storage.sealed_columns import opened, seal
from bot.storage.shelf import locked
from bot.storage.tables import AssessmentRow, CaseRow, FactsRow, MessageRow, PassedOnRow


class RewordingShelf(AuditShelf):
    """Changes the words of a consultation wherever they are quoted."""

    def reword(self, consultation_id: str, put: Callable[[str], str], now: datetime) -> None:
        """Put `put(words)` in place of all words kept beside the DSL's messages.

        Those are the facts as they stand and stood, the facts of assessments, the cards that were shown, the
        reason on a case and what was passed on. `put` only takes words out of texts that were looked at before.
        """
        with self._write() as session:
            consultation = locked(session, consultation_id)
            seal(session, consultation, facts=_reworded(opened(consultation, "facts"), put))
            for table in (FactsRow, AssessmentRow):
                for row in session.scalars(select(table).where(table.consultation_id == consultation_id)):
                    seal(session, row, facts=_reworded(opened(row, "facts"), put))
            for message in session.scalars(select(MessageRow).where(MessageRow.consultation_id == consultation_id)):
                if message.card is not None:
                    seal(session, message, card=_reworded(opened(message, "card"), put))
            for case in session.scalars(select(CaseRow).where(CaseRow.consultation_id == consultation_id)):
                seal(session, case, dsl_reason=put(opened(case, "dsl_reason")))
            for note in session.scalars(select(PassedOnRow).where(PassedOnRow.consultation_id == consultation_id)):
                seal(session, note, words=put(opened(note, "words")))
            self._append(session, "consultation.reworded", consultation.person_id, consultation_id, now)


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
