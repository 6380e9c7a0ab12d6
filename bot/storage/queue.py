"""The duty queue: cases from hand-over to close."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime

from sqlalchemy import case as sql_case
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.consultation import IllegalMove, Stage, move
from bot.desk.ports import Case, NotKept, Person, Utterance
from bot.storage.messages import MessageShelf, say
from bot.storage.shelf import locked
from bot.storage.tables import CaseRow, ConsultationRow

MOST_URGENT_FIRST = ("red", "amber", "green")
_OPEN = (Stage.WAITING.value, Stage.CLAIMED.value)
# What a second hand-over brings along when it makes a case more urgent.
_OF_A_HAND_OVER = ("reason", "goes_home", "goes_home_time", "dsl_view", "dsl_reason")


class QueueShelf(MessageShelf):
    """Keeps cases. Who wins a claim is settled by one conditional update."""

    def hand_over(self, case: Case) -> Case:
        """Put a consultation in the queue. If it is there already, return that case.

        A second hand-over can make a case that is there more urgent, or due sooner; never less.
        """
        reason = self._record_of(case.consultation_id, [case.dsl_reason])[case.dsl_reason]
        case = replace(case, dsl_reason=reason)
        with self._write() as session:
            consultation = locked(session, case.consultation_id)
            there = session.scalar(_open_case(case.consultation_id))
            if there is not None:
                if _make_more_urgent(there, case):
                    who, at = consultation.person_id, case.handed_over_at
                    self._append(session, "case.more_urgent", who, there.id, at)
                return _case(there)
            consultation.stage = move(Stage(consultation.stage), Stage.WAITING).value
            row = CaseRow(**{field.name: getattr(case, field.name) for field in fields(Case)})
            row.stage = Stage.WAITING.value
            session.add(row)
            self._append(session, "case.handed_over", consultation.person_id, case.id, case.handed_over_at)
            return _case(row)

    def queue(self, area: str) -> tuple[Case, ...]:
        """Return open cases of the area, most urgent first, then longest waiting."""
        urgency = sql_case(
            {word: place for place, word in enumerate(MOST_URGENT_FIRST)},
            value=CaseRow.urgency,
            else_=0,
        )
        with self._read() as session:
            rows = session.scalars(
                select(CaseRow)
                .where(CaseRow.area == area, CaseRow.stage.in_(_OPEN))
                .order_by(urgency, CaseRow.handed_over_at, CaseRow.id)
            )
            return tuple(_case(row) for row in rows)

    def case(self, case_id: str) -> Case | None:
        """Return a case by id."""
        with self._read() as session:
            row = session.get(CaseRow, case_id)
            return _case(row) if row else None

    def case_of(self, consultation_id: str) -> Case | None:
        """Return the newest case of a consultation, open or closed."""
        with self._read() as session:
            row = session.scalar(
                select(CaseRow)
                .where(CaseRow.consultation_id == consultation_id)
                .order_by(CaseRow.handed_over_at.desc())
                .limit(1)
            )
            return _case(row) if row else None

    def claim(self, case_id: str, worker: Person, now: datetime) -> Case:
        """Give the case to a worker of its area if nobody has it; return it as it then stands."""
        with self._write() as session:
            consultation = _locked_of(session, case_id)
            won = session.execute(
                update(CaseRow)
                .where(
                    CaseRow.id == case_id,
                    CaseRow.claimed_by.is_(None),
                    CaseRow.stage == Stage.WAITING.value,
                    CaseRow.area == worker.area,
                )
                .values(
                    claimed_by=worker.id,
                    claimed_by_name=worker.name,
                    claimed_at=now,
                    stage=Stage.CLAIMED.value,
                )
            )
            if won.rowcount == 1:
                consultation.stage = move(Stage(consultation.stage), Stage.CLAIMED).value
                self._append(session, "case.claimed", worker.id, case_id, now)
            return _case(session.get_one(CaseRow, case_id))

    def release(self, case_id: str, worker: Person, now: datetime) -> Case:
        """Put the case back in the queue if the worker holds it; return it as it then stands."""
        with self._write() as session:
            consultation = _locked_of(session, case_id)
            row = session.get_one(CaseRow, case_id)
            if (row.stage, row.claimed_by) == (Stage.CLAIMED.value, worker.id):
                consultation.stage = row.stage = move(Stage.CLAIMED, Stage.WAITING).value
                row.claimed_by = row.claimed_by_name = row.claimed_at = None
                self._append(session, "case.released", worker.id, case_id, now)
            return _case(row)

    def close(self, case: Case, now: datetime, utterances: Sequence[Utterance] = ()) -> Case:
        """Close a case held by `case.claimed_by` with its outcome, and say the last words, all or nothing.

        Raises IllegalMove when that worker does not hold it.
        """
        said = [text for text in (case.outcome_reason, case.outcome_advice) if text is not None]
        written = self._record_of(case.consultation_id, said)
        self._refuse_unclean_utterances(utterances)
        with self._write() as session:
            consultation = _locked_of(session, case.id)
            row = session.get_one(CaseRow, case.id)
            if case.claimed_by is None or row.claimed_by != case.claimed_by:
                raise IllegalMove("the case is not held by the one who closes it")
            row.stage = move(Stage(row.stage), Stage.CLOSED).value
            consultation.stage = move(Stage(consultation.stage), Stage.CLOSED).value
            row.closed_at = now
            row.outcome_level, row.referral_advised = case.outcome_level, case.referral_advised
            row.outcome_reason = written.get(case.outcome_reason or "", case.outcome_reason)
            row.outcome_advice = written.get(case.outcome_advice or "", case.outcome_advice)
            say(session, row.consultation_id, utterances, now)
            self._append(session, "case.closed", case.claimed_by, case.id, now)
            return _case(row)


def _open_case(consultation_id: str):
    return select(CaseRow).where(CaseRow.consultation_id == consultation_id, CaseRow.stage.in_(_OPEN))


def _locked_of(session: Session, case_id: str) -> ConsultationRow:
    consultation_id = session.scalar(select(CaseRow.consultation_id).where(CaseRow.id == case_id))
    if consultation_id is None:
        raise NotKept("case")
    return locked(session, consultation_id)


def _make_more_urgent(there: CaseRow, again: Case) -> bool:
    more_urgent = MOST_URGENT_FIRST.index(again.urgency) < MOST_URGENT_FIRST.index(there.urgency)
    sooner = again.due_at < there.due_at
    if more_urgent:
        there.urgency = again.urgency
    if sooner:
        there.due_at = again.due_at
    if more_urgent or sooner:
        for name in _OF_A_HAND_OVER:
            setattr(there, name, getattr(again, name))
    return more_urgent or sooner


def _case(row: CaseRow) -> Case:
    values = {field.name: getattr(row, field.name) for field in fields(Case)}
    return Case(**{**values, "stage": Stage(row.stage)})
