"""Claim: one duty worker takes a case out of the queue. Whose case it may be at all is settled here."""

from datetime import datetime

from bot.consultation import IllegalMove, Move, Stage
from bot.desk.case import Case, Step
from bot.desk.duty.moving import is_asked
from bot.desk.ports import AT_SCHOOL, Consultation, NotKept, Person, Records


class NoSuchCase(LookupError):
    """Tried to open a case that is not there, or that is another area's: the two are not told apart."""


def case_for(records: Records, case_id: str, worker: Person) -> Case:
    """Return a case of the worker's own area, or one that was offered to them, or raise NoSuchCase."""
    case = records.case(case_id)
    if case is None or not is_for(case, worker):
        raise NoSuchCase
    return case


def is_for(case: Case, worker: Person) -> bool:
    """Whether somebody at a desk may see a case: their area's, or one that was offered to them."""
    if not worker.answers:
        return False
    return case.area == worker.area or (case.stage is Stage.TRANSFERRED and is_asked(case, worker))


def consultation_for(records: Records, consultation_id: str, person: Person) -> Consultation:
    """Return a consultation for whoever at a school opened it, or for the desk that has its case. Raises NotKept.

    Somebody else's is as good as not there.
    """
    found = records.consultation(consultation_id)
    if found is None:
        raise NotKept("consultation")
    is_own = person.role in AT_SCHOOL and found.person_id == person.id
    case = None if is_own else records.listed_case_of(found.id)
    if is_own or (case is not None and is_for(case, person)):
        return found
    raise NotKept("consultation")


def queue_of(records: Records, worker: Person) -> tuple[Case, ...]:
    """Return the open cases of the worker's area, and those offered to it from elsewhere."""
    return records.queue(worker.area) if worker.answers else ()


def claim(records: Records, case_id: str, worker: Person, now: datetime) -> Case:
    """Give the case to the worker, if nobody has it, and return it as it then stands.

    Whoever comes second finds in it who was first. Raises NoSuchCase, and IllegalMove for a case
    that nobody can claim any more.
    """
    case_for(records, case_id, worker)
    try:
        return records.step(case_id, Step(Move.CLAIM, worker, now))
    except IllegalMove:
        case = case_for(records, case_id, worker)
        if case.stage in (Stage.CLAIMED, Stage.TRANSFERRED):
            return case
        raise
