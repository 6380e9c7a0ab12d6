"""Factories: people, consultations and cases with plain defaults; a test names what matters to it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.consultation import Facts, Stage
from bot.desk.ports import Case, Consultation, Person, Utterance

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)  # a Monday morning
CODE = "7K2M-9QXC-W4TD-XB0N-5H"


def create_dsl(records: Any, code: str = CODE, area: str = "kent") -> Person:
    """Add a school and its DSL to the records."""
    school = records.add_school("Oak Tree Primary", area)
    return records.add_dsl("Ann Example", school, code, "01632 960001")


def create_worker(records: Any, login: str = "sam", name: str = "Sam Worker", area: str = "kent") -> Person:
    """Add a duty worker to the records, with a password hash and secret that open nothing."""
    return records.add_worker(login, name, area, "no hash", "NOSECRET")


def create_consultation(records: Any, dsl: Person, **values: Any) -> Consultation:
    """Open a consultation of the DSL's."""
    defaults = {
        "id": "c1",
        "reference": f"REF-{values.get('id', 'c1')}",
        "designation": "amber heron",
        "person_id": dsl.id,
        "school": dsl.school,
        "school_area": dsl.area,
        "area": "kent",
        "stage": Stage.WITH_ASSISTANT,
        "opened_at": NOW,
        "facts": Facts(),
    }
    consultation = Consultation(**defaults | values)
    records.open_consultation(consultation)
    return consultation


def make_case(**values: Any) -> Case:
    """Return a case that has not been handed over yet."""
    defaults = {
        "id": "case-1",
        "consultation_id": "c1",
        "designation": "amber heron",
        "area": "kent",
        "urgency": "green",
        "reason": "utter_desk_reason_asked",
        "goes_home": "this_week",
        "dsl_view": "",
        "dsl_reason": "",
        "handed_over_at": NOW,
        "due_at": NOW + timedelta(days=3),
        "stage": Stage.WAITING,
    }
    return Case(**defaults | values)


def from_dsl(text: str) -> Utterance:
    """Return something a DSL says."""
    return Utterance("dsl", text)


def from_assistant(text: str) -> Utterance:
    """Return something the assistant says."""
    return Utterance("assistant", text)
