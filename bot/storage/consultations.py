"""Consultations: their facts as they stand and stood, and what the facts amounted to."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from bot.consultation import Facts, Stage, Status
from bot.desk.ports import Consultation
from bot.storage.audit import AuditShelf
from bot.storage.by_table import locked_row, opened_in, put, sealed_in, table_of
from bot.storage.sealed_columns import opened, seal
from bot.storage.shelf import locked
from bot.storage.tables import AssessmentRow, ConsultationRow, FactsRow
from bot.storage.turns import NOTHING

_TABLE = table_of(ConsultationRow)
_BY_ID = select(_TABLE).where(_TABLE.c.id == bindparam("id"))
_CHANGED = update(_TABLE).where(_TABLE.c.id == bindparam("which")).values(facts=bindparam("facts"))


class ConsultationShelf(AuditShelf):
    """Keeps consultations, the history of their facts, and assessments."""

    def open_consultation(self, consultation: Consultation) -> None:
        """Keep a new consultation."""
        facts = self._strict_facts(consultation.id, consultation.facts)
        row = ConsultationRow(
            id=consultation.id,
            reference=consultation.reference,
            designation=consultation.designation,
            person_id=consultation.person_id,
            school=consultation.school,
            school_area=consultation.school_area,
            area=consultation.area,
            stage=consultation.stage.value,
            opened_at=consultation.opened_at,
            facts=_facts_to_json(facts),
            practice=consultation.practice or None,
        )
        with self._write() as session:
            self._keys.make(row.id)
            session.add(seal(session, row))
            self._append(session, "consultation.opened", row.person_id, row.id, row.opened_at)

    def consultation(self, consultation_id: str) -> Consultation | None:
        """Return a consultation by id."""
        return self._turns.consultation(consultation_id, lambda: self._consultation(consultation_id))

    def _consultation(self, consultation_id: str) -> Consultation | None:
        with self._read_by_table() as reading:
            row = reading.connection().execute(_BY_ID, {"id": consultation_id}).one_or_none()
            return _consultation(row, opened_in(reading, _TABLE.name, row, "facts")) if row else None

    def consultation_by_reference(self, reference: str) -> Consultation | None:
        """Return a consultation by its reference, grouped as `bot.consultation.reference` writes it."""
        with self._read() as session:
            row = session.scalar(select(ConsultationRow).where(ConsultationRow.reference == reference))
            return _consultation(row, opened(row, "facts")) if row else None

    def set_area(self, consultation_id: str, area: str, now: datetime) -> None:
        """Keep the area whose thresholds apply. The same again is no change, and waits for nobody who writes."""
        there = self.consultation(consultation_id)
        if there is not None and there.area == area:
            return
        with self._write() as session:
            row = locked(session, consultation_id, NOTHING)
            if row.area != area:
                row.area = area
                self._append(session, "consultation.area_set", row.person_id, consultation_id, now)
        self._turns.amended(consultation_id, area=area)

    def save_facts(self, consultation_id: str, facts: Facts, now: datetime, is_followed: bool = False) -> None:
        """Keep these facts as the current ones; earlier ones stay in the record.

        With `is_followed` an answer is written after them within the turn, and waits for the disk for both.
        """
        kept = _facts_to_json(self._strict_facts(consultation_id, facts))
        # Nobody hears of anything before that answer is written.
        is_followed = is_followed and self._turns.will_be_answered(consultation_id)
        with self._write_by_table(is_followed=is_followed) as writing:
            row = locked_row(writing, consultation_id, NOTHING)
            if opened_in(writing, _TABLE.name, row, "facts") != kept:
                sealed = sealed_in(writing, _TABLE.name, {"id": consultation_id, "facts": kept})
                writing.connection().execute(_CHANGED, {"which": consultation_id, **sealed})
                put(writing, FactsRow.__tablename__, [{"consultation_id": consultation_id, "at": now, "facts": kept}])
                self._append(writing, "consultation.facts_kept", row.person_id, consultation_id, now)
        self._turns.amended(consultation_id, facts=facts_from_json(kept))

    def save_assessment(self, consultation_id: str, assessment: dict[str, Any], facts: Facts, now: datetime) -> None:
        """Keep an assessment beside the facts it was made from. Earlier ones stay."""
        facts = self._strict_facts(consultation_id, facts)
        with self._write() as session:
            locked(session, consultation_id, NOTHING)
            row = AssessmentRow(
                consultation_id=consultation_id,
                at=now,
                pack_version=str(assessment.get("pack_version", "")),
                facts=_facts_to_json(facts),
                result=assessment,
            )
            session.add(seal(session, row))
            self._append(session, "consultation.assessed", "service", consultation_id, now)

    def latest_assessment(self, consultation_id: str) -> dict[str, Any] | None:
        """Return the assessment that was kept last."""
        newest_first = AssessmentRow.id.desc()
        with self._read() as session:
            made = select(AssessmentRow).where(AssessmentRow.consultation_id == consultation_id)
            row = session.scalar(made.order_by(newest_first).limit(1))
            return opened(row, "result") if row else None


def _facts_to_json(facts: Facts) -> dict[str, Any]:
    unread = {"unread": True} if facts.unread else {}
    return unread | {
        "indicators": {indicator: status.value for indicator, status in facts.indicators.items()},
        "answers": {
            question: value if isinstance(value, str) else list(value) for question, value in facts.answers.items()
        },
    }


def facts_from_json(kept: dict[str, Any]) -> Facts:
    """Return facts as they were kept."""
    return Facts(
        indicators={indicator: Status(value) for indicator, value in kept["indicators"].items()},
        answers={
            question: value if isinstance(value, str) else tuple(value) for question, value in kept["answers"].items()
        },
        unread=kept.get("unread", False),
    )


def _consultation(row: ConsultationRow | Row[Any], facts: dict[str, Any]) -> Consultation:
    return Consultation(
        id=row.id,
        reference=row.reference,
        designation=row.designation,
        person_id=row.person_id,
        school=row.school,
        school_area=row.school_area,
        area=row.area,
        stage=Stage(row.stage),
        opened_at=row.opened_at,
        facts=facts_from_json(facts),
        practice=row.practice or "",
        held=row.held,
    )
