"""Disagreements and good practice: what was opened, answered and settled, stage by stage."""

from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk.duty.ladder import About, Disagreement, GoodPractice, LadderMove, LadderStep, Resolution, moved
from bot.desk.ports import NotKept
from bot.storage.audit import AuditShelf
from bot.storage.base import Base
from bot.storage.sealed_columns import all_opened, seal
from bot.storage.shelf import locked
from bot.storage.tables import DisagreementRow, DisagreementStepRow, GoodPracticeRow

_OF_A_STEP = tuple(field.name for field in fields(LadderStep))
_OF_PRACTICE = tuple(field.name for field in fields(GoodPractice))


class LadderShelf(AuditShelf):
    """Keeps disagreements. A move reads, decides and writes under the consultation's lock. Texts are looked at."""

    def open_disagreement(self, disagreement: Disagreement) -> Disagreement:
        """Keep a new disagreement. If one of the consultation is open already, return that."""
        of_it = (DisagreementRow.consultation_id == disagreement.consultation_id, DisagreementRow.closed_at.is_(None))
        with self._write() as session:
            locked(session, disagreement.consultation_id)
            there = session.scalar(select(DisagreementRow).where(*of_it))
            if there is not None:
                return _disagreement(session, there)
            session.add(seal(session, DisagreementRow(**_columns(disagreement))))
            session.flush()
            session.add_all(seal(session, _step_row(disagreement, step)) for step in disagreement.steps)
            at, who = disagreement.opened_at, disagreement.opened_by
            self._append(session, "disagreement.opened", who, disagreement.id, at)
            return disagreement

    def move_disagreement(self, disagreement_id: str, move: LadderMove) -> Disagreement:
        """Answer a stage, move up or end it, and return it as it then stands.

        Raises NotKept, UncleanWrite and LadderRefused; nothing has changed then.
        """
        held = self.disagreement(disagreement_id)
        if held is None:
            raise NotKept("disagreement")
        written = self._record_of(held.consultation_id, [text for text in (move.answer, move.learning) if text])
        move = replace(move, answer=written.get(move.answer, ""), learning=written.get(move.learning, ""))
        with self._write() as session:
            locked(session, held.consultation_id)
            row = session.get_one(DisagreementRow, disagreement_id)
            now_it_is = moved(_disagreement(session, row), move)
            for name, value in _columns(now_it_is).items():
                setattr(row, name, value)
            seal(session, row)
            for step in now_it_is.steps:
                session.merge(seal(session, _step_row(now_it_is, step)))
            event = move.resolution.value if move.resolution else "answered"
            self._append(session, f"disagreement.{event}", move.by.id, disagreement_id, move.now)
            return now_it_is

    def disagreement(self, disagreement_id: str) -> Disagreement | None:
        """Return a disagreement by id."""
        with self._read() as session:
            row = session.get(DisagreementRow, disagreement_id)
            return _disagreement(session, row) if row else None

    def disagreements_of(self, consultation_id: str) -> tuple[Disagreement, ...]:
        """Return the disagreements of a consultation, oldest first."""
        return self._where(DisagreementRow.consultation_id == consultation_id)

    def open_disagreements(self, area: str) -> tuple[Disagreement, ...]:
        """Return those of an area that nothing has come of yet, oldest first."""
        return self._where(DisagreementRow.area == area, DisagreementRow.closed_at.is_(None))

    def keep_good_practice(self, practice: GoodPractice) -> None:
        """Keep what went well, or raise UncleanWrite."""
        words = self._record_of(practice.consultation_id, [practice.words])[practice.words]
        values = {name: getattr(practice, name) for name in _OF_PRACTICE} | {"words": words}
        with self._write() as session:
            locked(session, practice.consultation_id)
            session.add(seal(session, GoodPracticeRow(**values)))
            self._append(session, "good_practice.recorded", practice.by, practice.id, practice.at)

    def good_practice(self, area: str) -> tuple[GoodPractice, ...]:
        """Return what went well in an area, the newest first."""
        newest = (GoodPracticeRow.at.desc(), GoodPracticeRow.id)
        with self._read() as session:
            rows = session.scalars(select(GoodPracticeRow).where(GoodPracticeRow.area == area).order_by(*newest))
            return tuple(GoodPractice(**_values(row, _OF_PRACTICE)) for row in rows)

    def _where(self, *which: Any) -> tuple[Disagreement, ...]:
        oldest = (DisagreementRow.opened_at, DisagreementRow.id)
        with self._read() as session:
            rows = session.scalars(select(DisagreementRow).where(*which).order_by(*oldest)).all()
            return tuple(_disagreement(session, row) for row in rows)


def _columns(held: Disagreement) -> dict[str, Any]:
    values = {field.name: getattr(held, field.name) for field in fields(Disagreement) if field.name != "steps"}
    return values | {"about": held.about.value, "resolution": held.resolution.value if held.resolution else None}


def _step_row(held: Disagreement, step: LadderStep) -> DisagreementStepRow:
    values = asdict(step) | {"ended": step.ended.value if step.ended else None}
    return DisagreementStepRow(disagreement_id=held.id, consultation_id=held.consultation_id, **values)


def _disagreement(session: Session, row: DisagreementRow) -> Disagreement:
    of_it = DisagreementStepRow.disagreement_id == row.id
    steps = session.scalars(select(DisagreementStepRow).where(of_it).order_by(DisagreementStepRow.number))
    values = _values(row, [field.name for field in fields(Disagreement) if field.name != "steps"])
    kept = {"about": About(row.about), "resolution": _ended(row.resolution)}
    return Disagreement(**values | kept, steps=tuple(_step(step) for step in steps))


def _step(row: DisagreementStepRow) -> LadderStep:
    values = _values(row, _OF_A_STEP)
    return LadderStep(**values | {"ended": _ended(row.ended)})


def _values(row: Base, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names} | all_opened(row)


def _ended(kept: str | None) -> Resolution | None:
    return Resolution(kept) if kept else None
