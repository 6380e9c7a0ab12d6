"""Moves at the duty desk that many tests begin with, made straight in the records."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.consultation import Move
from bot.desk.case import Case, Step
from bot.desk.ports import Person, Utterance


def claim(records: Any, case_id: str, worker: Person, now: datetime) -> Case:
    """Give a waiting case to a worker."""
    return records.step(case_id, Step(Move.CLAIM, worker, now))


def release(records: Any, case_id: str, worker: Person, now: datetime) -> Case:
    """Put a claimed case back in the queue."""
    return records.step(case_id, Step(Move.RELEASE, worker, now))


def answer(records: Any, case: Case, now: datetime, says: Sequence[Utterance] = ()) -> Case:
    """Answer a case with the outcome that is filled in, as the worker that it names."""
    by = records.person(case.claimed_by or "")
    return records.step(case.id, Step(Move.ANSWER, by, now, outcome=case, says=tuple(says)))


def settle(records: Any, case: Case, now: datetime) -> Case:
    """Close a case that was answered, as the service does when the DSL has read it."""
    return records.step(case.id, Step(Move.CLOSE, None, now))
