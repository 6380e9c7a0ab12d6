"""Readings: whoever reads what was said in a consultation is noted in the audit chain.

A page that lost its connection comes back every few seconds, and that is one reading.
"""

from datetime import datetime, timedelta

from bot.consultation.reference import NotAReference, parse_reference
from bot.desk.by_reference import own_by_reference
from bot.desk.claim import case_for, consultation_for
from bot.desk.ports import Case, Consultation, Person, Records, Role

ONE_READING = timedelta(minutes=1)


def follow(records: Records, case_id: str, worker: Person, now: datetime) -> Case:
    """Return a case of the worker's area whose conversation they follow from now on. Raises NoSuchCase."""
    case = case_for(records, case_id, worker)
    records.note_once("case.followed", worker.id, case.id, now, ONE_READING)
    return case


def of_the_record(records: Records, case_id: str, worker: Person, now: datetime) -> tuple[Case, Consultation]:
    """Return a case and its consultation for a worker who reads the record that the school can keep of it.

    Raises NoSuchCase, and NotKept once the consultation is with another area's desk: the record goes on after the case.
    """
    case = case_for(records, case_id, worker)
    consultation = consultation_for(records, case.consultation_id, worker)
    records.note_once("case.record_read", worker.id, case.id, now, ONE_READING)
    if is_watching(case, worker):
        records.note_once("case.watched", worker.id, case.id, now, ONE_READING)
    return case, consultation


def is_watching(case: Case, worker: Person) -> bool:
    """Whether a manager looks into a case that somebody else holds."""
    return worker.role == Role.MANAGER and case.claimed_by not in (None, worker.id)


def find(records: Records, person: Person, reference: str, now: datetime) -> Consultation | None:
    """Return the consultation of a reference, for the DSL who opened it and comes back to read it. Raises LockedOut."""
    try:
        wanted = parse_reference(reference)
    except NotAReference:
        return None
    found = own_by_reference(records, person.id, (wanted,), now)
    if found is not None:
        records.note_once("consultation.read", person.id, found.id, now, ONE_READING)
    return found


def is_unread(records: Records, consultation_id: str) -> bool:
    """Whether a desk has answered in a consultation and its DSL has not read the last that was said to them."""
    if not any(case.outcome_level for case in records.cases_of(consultation_id)):
        return False
    said = [m.number for m in records.messages(consultation_id) if m.utterance.speaker in ("duty_worker", "service")]
    return bool(said) and records.read_up_to(consultation_id, "dsl") < said[-1]
