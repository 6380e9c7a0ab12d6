"""The duty queue: cases from hand-over to close, and what may move them."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from bot.consultation import MOVES, OPEN, OVER, Actor, IllegalMove, Move, Stage, move
from bot.desk.case import Case, CaseMove, Step
from bot.desk.duty.moving import moved
from bot.desk.duty.urgency import more_urgent
from bot.desk.ports import Message, NotKept, Person, Utterance
from bot.storage.case_rows import as_listed, case_of_row, columns, listed, put
from bot.storage.messages import MessageShelf, add_once, forget_unsent, say
from bot.storage.sealed_columns import opened, seal
from bot.storage.shelf import locked
from bot.storage.tables import CaseMoveRow, CaseRow, ConsultationRow

_OPEN = tuple(stage.value for stage in OPEN)
_HOLDS = (Stage.CLAIMED.value, Stage.TRANSFERRED.value, Stage.ANSWERED.value)
# From then on the assistant is silent; from then on it may speak again.
_SILENCES = frozenset({Move.CLAIM, Move.ACCEPT})
_LETS_SPEAK = frozenset({Move.RETURN, Move.CHANGED})

_NEWEST_FIRST = (CaseRow.handed_over_at.desc(), CaseRow.id.desc())
_NEWEST_LISTED = listed(CaseRow.consultation_id == bindparam("of")).order_by(*_NEWEST_FIRST).limit(1)


class QueueShelf(MessageShelf):
    """Keeps cases. A move reads, decides and writes under one lock, so of many at once one wins."""

    def hand_over(self, case: Case) -> Case:
        """Put a consultation in the queue. If it is there already, return that case.

        A second hand-over can make a case that is there more urgent, or due sooner; never less. After one that
        was answered or given up, it makes a new case that `reopens` it.
        """
        reason = self._record_of(case.consultation_id, [case.dsl_reason])[case.dsl_reason]
        case = replace(case, dsl_reason=reason)
        with self._write() as session:
            consultation = locked(session, case.consultation_id)
            there = _newest(session, case.consultation_id)
            if there is not None and there.stage in _OPEN:
                was = case_of_row(there)
                now_it_is = more_urgent(was, case)
                if now_it_is != was:
                    put(there, now_it_is)
                    self._append(session, "case.more_urgent", consultation.person_id, there.id, case.handed_over_at)
                return case_of_row(there)
            here = Stage(consultation.stage)
            consultation.stage = move(here, frozenset({Actor.DSL}), Move.HAND_OVER).value
            return self._keep(session, replace(case, stage=Stage.WAITING), consultation, here, there)

    def step(self, case_id: str, step: Step) -> Case:
        """Move a case, with all that goes with it, and return it as it then stands.

        Raises NotKept, and IllegalMove where the table of moves or the stage the case is in by now forbids it:
        nothing has changed then.
        """
        held = self.case(case_id)
        if held is None:
            raise NotKept("case")
        step = self._written(held.consultation_id, step)
        with self._write() as session:
            consultation = locked(session, held.consultation_id)
            row = session.get_one(CaseRow, case_id)
            was = case_of_row(row)
            now_it_is = moved(was, step, consultation.person_id)
            if step.what is Move.REOPEN:
                now_it_is = self._asked_again(session, row, now_it_is, step, consultation)
            elif step.what is Move.CHANGED:
                # The answer that was given stands; it is the talk that goes on.
                now_it_is = replace(was, stage=Stage.CLOSED if was.stage is Stage.ANSWERED else was.stage)
                put(row, now_it_is)
            else:
                put(row, now_it_is)
            self._noted(session, was, step, now_it_is)
            consultation.stage = MOVES[step.what].there.value
            if MOVES[step.what].there in OVER:
                forget_unsent(session, consultation.id)
            consultation.held = (consultation.held or step.what in _SILENCES) and step.what not in _LETS_SPEAK
            say(session, consultation.id, step.says, step.now)
            return now_it_is

    def step_alone(self, consultation_id: str, step: Step) -> None:
        """Move a consultation that has no open case: offer a person, or take that back."""
        by = frozenset({Actor.SERVICE if step.by is None else Actor.DSL})
        with self._write() as session:
            consultation = locked(session, consultation_id)
            if step.what not in (Move.OFFER, Move.DECLINE):
                raise IllegalMove(f"{step.what.value} without a case")
            if step.by is not None and step.by.id != consultation.person_id:
                raise NotKept("consultation")
            consultation.stage = move(Stage(consultation.stage), by, step.what).value
            say(session, consultation_id, step.says, step.now)
            self._append(session, f"consultation.{step.what.value}", _who(step.by), consultation_id, step.now)

    def queue(self, area: str) -> tuple[Case, ...]:
        """Return open cases of the area, and those offered to it from elsewhere, longest waiting first: as listed."""
        offered = (CaseRow.stage == Stage.TRANSFERRED.value) & (CaseRow.transferred_area == area)
        there = listed(or_(CaseRow.area == area, offered), CaseRow.stage.in_(_OPEN))
        with self._read() as session:
            rows = session.execute(there.order_by(CaseRow.handed_over_at, CaseRow.id))
            return tuple(as_listed(row) for row in rows)

    def case(self, case_id: str) -> Case | None:
        """Return a case by id."""
        with self._read() as session:
            row = session.get(CaseRow, case_id)
            return case_of_row(row) if row else None

    def case_of(self, consultation_id: str) -> Case | None:
        """Return the newest case of a consultation, open or not."""
        with self._read() as session:
            row = _newest(session, consultation_id)
            return case_of_row(row) if row else None

    def listed_case_of(self, consultation_id: str) -> Case | None:
        """Return the newest case of a consultation as it is listed: without its words."""
        with self._read_by_table() as reading:
            row = reading.connection().execute(_NEWEST_LISTED, {"of": consultation_id}).one_or_none()
            return as_listed(row) if row else None

    def cases_of(self, consultation_id: str) -> tuple[Case, ...]:
        """Return every case of a consultation, oldest first."""
        of_it = select(CaseRow).where(CaseRow.consultation_id == consultation_id)
        with self._read() as session:
            rows = session.scalars(of_it.order_by(CaseRow.handed_over_at, CaseRow.id))
            return tuple(case_of_row(row) for row in rows)

    def moves_of(self, consultation_id: str) -> tuple[CaseMove, ...]:
        """Return what happened to the cases of a consultation, oldest first."""
        with self._read() as session:
            rows = session.scalars(
                select(CaseMoveRow).where(CaseMoveRow.consultation_id == consultation_id).order_by(CaseMoveRow.id)
            )
            return tuple(
                CaseMove(row.at, Move(row.what), row.who, Stage(row.here), Stage(row.there), opened(row, "reason"))
                for row in rows
            )

    def say_as_holder(
        self, case_id: str, worker: Person, client_id: str, utterance: Utterance, now: datetime
    ) -> tuple[Message, bool] | None:
        """Store what a worker says, if they hold the case; None if they do not.

        False when that client id was stored before (then the first).
        """
        self._refuse_unclean_utterances([utterance])
        held = self.case(case_id)
        if held is None:
            raise NotKept("case")
        with self._write() as session:
            locked(session, held.consultation_id)
            row = session.get_one(CaseRow, case_id)
            if row.claimed_by != worker.id or row.stage not in _HOLDS:
                return None
            # A browser of a worker's and one of a DSL's could draw the same id.
            message, is_new = add_once(session, held.consultation_id, f"w.{worker.id}.{client_id}", utterance, now)
            if is_new:
                self._append(session, "message.said", worker.id, held.consultation_id, now)
            return message, is_new

    def _written(self, consultation_id: str, step: Step) -> Step:
        """Return the step with its texts as they may be written down, or raise UncleanWrite."""
        self._refuse_unclean_utterances(step.says)
        outcome = step.outcome
        told = [step.reason]
        if outcome:
            told += [outcome.outcome_reason or "", outcome.outcome_advice or "", *(one.what for one in outcome.actions)]
        written = self._record_of(consultation_id, [text for text in told if text])
        if outcome:
            outcome = replace(
                outcome,
                outcome_reason=written.get(outcome.outcome_reason or ""),
                outcome_advice=written.get(outcome.outcome_advice or ""),
                actions=tuple(replace(one, what=written.get(one.what, one.what)) for one in outcome.actions),
            )
        return replace(step, reason=written.get(step.reason, step.reason), outcome=outcome)

    def _asked_again(
        self, session: Session, row: CaseRow, again: Case, step: Step, consultation: ConsultationRow
    ) -> Case:
        """Close the case that was answered, and make the one that asks again."""
        if step.outcome is None:
            raise IllegalMove("asked again without the new case")
        if row.stage == Stage.ANSWERED.value:
            row.stage, row.closed_at = Stage.CLOSED.value, step.now
        session.flush()  # before there is another that is open
        fresh = replace(step.outcome, stage=again.stage, reopens=row.id)
        session.add(seal(session, CaseRow(**columns(fresh))))
        session.flush()
        self._append(session, "case.handed_over", consultation.person_id, fresh.id, step.now)
        return fresh

    def _keep(
        self, session: Session, case: Case, consultation: ConsultationRow, here: Stage, before: CaseRow | None
    ) -> Case:
        case = replace(case, reopens=before.id if before is not None else None)
        row = seal(session, CaseRow(**columns(case)))
        session.add(row)
        session.flush()
        step = Step(Move.HAND_OVER, None, case.handed_over_at)
        session.add(seal(session, _move_row(case, step, here, consultation.person_id)))
        self._append(session, "case.handed_over", consultation.person_id, case.id, case.handed_over_at)
        return case_of_row(row)

    def _noted(self, session: Session, was: Case, step: Step, now_it_is: Case) -> None:
        session.add(seal(session, _move_row(now_it_is, step, was.stage, _who(step.by))))
        self._append(session, f"case.{step.what.value}", _who(step.by), was.id, step.now)


def _move_row(case: Case, step: Step, here: Stage, who: str) -> CaseMoveRow:
    return CaseMoveRow(
        consultation_id=case.consultation_id,
        case_id=case.id,
        at=step.now,
        what=step.what.value,
        who=who,
        here=here.value,
        there=MOVES[step.what].there.value,
        reason=step.reason,
    )


def _who(by: Person | None) -> str:
    return by.id if by else "service"


def _newest(session: Session, consultation_id: str) -> CaseRow | None:
    of_it = select(CaseRow).where(CaseRow.consultation_id == consultation_id)
    return session.scalar(of_it.order_by(*_NEWEST_FIRST).limit(1))
