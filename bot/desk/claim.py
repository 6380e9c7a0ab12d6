"""Claim: one duty worker takes a case out of the queue, and may put it back."""

from datetime import datetime

from bot.consultation import Stage, move
from bot.desk.ports import Case, Person, Records


class NoSuchCase(LookupError):
    """Tried to open a case that is not there, or that is another area's: the two are not told apart."""


def case_for(records: Records, case_id: str, worker: Person) -> Case:
    """Return a case of the worker's own area, or raise NoSuchCase."""
    case = records.case(case_id)
    if case is None or worker.role != "duty_worker" or case.area != worker.area:
        raise NoSuchCase
    return case


def queue_of(records: Records, worker: Person) -> tuple[Case, ...]:
    """Return the open cases of the worker's area, most urgent first, then longest waiting."""
    return records.queue(worker.area) if worker.role == "duty_worker" else ()


def claim(records: Records, case_id: str, worker: Person, now: datetime) -> Case:
    """Give the case to the worker, if nobody has it, and return it as it then stands.

    Whoever comes second finds in it who was first. Raises NoSuchCase, and IllegalMove for a case
    that is closed.
    """
    case = case_for(records, case_id, worker)
    if case.stage is not Stage.CLAIMED:
        move(case.stage, Stage.CLAIMED)
    return records.claim(case_id, worker, now)


def release(records: Records, case_id: str, worker: Person, now: datetime) -> Case:
    """Put a case back in the queue. Only its holder can; for anybody else nothing changes.

    Returns the case as it then stands. Raises NoSuchCase, and IllegalMove for a case that is closed.
    """
    case = case_for(records, case_id, worker)
    if case.stage is not Stage.WAITING:
        move(case.stage, Stage.WAITING)
    return records.release(case_id, worker, now)
