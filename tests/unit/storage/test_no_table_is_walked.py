"""What is asked at every turn, on every page and by the clock finds its rows by an index.

Both engines say how they would find them. What grows with every consultation is walked through by none of these.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from bot.consultation import Facts, Stage
from bot.desk.purging import Bounds
from bot.storage import CaseIndex, SqlRecords
from tests.engines import on_postgresql, on_sqlite
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_assistant, from_dsl, make_case

GROW = (
    "audit", "consultations", "messages", "facts_history", "assessments", "cases", "case_moves", "reading_marks",
    "child_marks", "case_notes", "unsent", "reference_marks", "disagreements", "disagreement_steps", "passed_on",
)  # fmt: skip
HOUR = timedelta(hours=1)
SOME = ("c1", "c2")

ASKED: dict[str, Callable[[SqlRecords], object]] = {
    "a turn: who it is": lambda r: r.session_person("0" * 64, NOW),
    "a turn: whose consultation": lambda r: r.consultation("c1"),
    "a turn: said before": lambda r: r.has_said("c1", "first"),
    "a turn: what was said": lambda r: r.messages("c1", 1),
    "a turn: buttons": lambda r: r.offered_buttons("c1"),
    "a turn: in": lambda r: r.add_incoming("c1", "second", from_dsl("hungry"), NOW),
    "a turn: out": lambda r: r.add_outgoing("c1", [from_assistant("yes?")], NOW, unless_held=True),
    "a turn: facts": lambda r: r.save_facts("c1", Facts(answers={"age_band": "5_10"}), NOW),
    "a turn: area": lambda r: r.set_area("c1", "medway", NOW),
    "a turn: assessed": lambda r: r.latest_assessment("c1"),
    "a turn: case": lambda r: r.case_of("c1"),
    "a turn: noted": lambda r: r.times_noted("message.said", "c1"),
    "a turn: read": lambda r: r.mark_read("c1", "dsl", 1, NOW),
    "a turn: reference": lambda r: r.consultation_by_reference("nobody's"),
    "a turn: alias": lambda r: r.is_marked("c1", "kestrel12"),
    "the queue": lambda r: r.queue("kent"),
    "the queue: brief": lambda r: (r.cases_of("c1"), r.moves_of("c1"), r.decisions_of("c1"), r.facts_history("c1")),
    "the queue: read": lambda r: r.note_once("case.read", "sam", "case-1", NOW, HOUR),
    "every minute: open cases": lambda r: r.open_cases(),
    "every minute: silent": lambda r: r.last_said_between(NOW - HOUR, NOW),
    "every minute: to look at again": lambda r: r.to_look_at_again(NOW.date()),
    "every minute: late": lambda r: r.noted_of("case.late", SOME),
    "every minute: last said": lambda r: r.last_said(SOME, ("duty_worker",)),
    "every minute: read": lambda r: r.read_up_to_of_each(SOME, "dsl"),
    "the queue: whose turn": lambda r: (r.link_workers_of_each(SOME), r.holders_of(SOME)),
    "the queue: same child": lambda r: r.last_holders_of_child(SOME, HOUR),
    "the queue: silent": lambda r: r.said_since(SOME, NOW),
    "search: reference": lambda r: r.beside(CaseIndex).find_cases("kent", reference="REF-c1", most=9),
    "search: day": lambda r: r.beside(CaseIndex).find_cases("kent", since=NOW, until=NOW + HOUR, most=9),
    "search: urgency": lambda r: r.beside(CaseIndex).find_cases("kent", urgency="red", most=9),
    "search: stage": lambda r: r.beside(CaseIndex).find_cases("kent", stage=Stage.CLOSED, most=9),
    "search: kind": lambda r: r.facts_of_each(SOME),
    "answered": lambda r: r.beside(CaseIndex).answered_since("kent", NOW),
    "the purge: talking": lambda r: r.talking_since(NOW),
    "the purge: past its time": lambda r: r.ages(Bounds(NOW, {"kent": NOW}, NOW - HOUR)),
    "the purge: deleted": lambda r: r.delete_consultation("c2", NOW),
    "the purge: nothing but practice": lambda r: r.ages(Bounds(NOW, {}, None)),
}


@pytest.fixture
def records(sql_records: Callable[..., SqlRecords]) -> SqlRecords:
    records = sql_records()
    create_worker(records)
    dsl = create_dsl(records)
    create_consultation(records, dsl, id="c1")
    create_consultation(records, dsl, id="c2")
    records.add_incoming("c1", "first", from_dsl("hungry again"), NOW)
    records.hand_over(make_case(id="case-1", consultation_id="c1"))
    return records


@contextmanager
def _statements(engine: Engine) -> Iterator[list[tuple[str, tuple]]]:
    seen: list[tuple[str, tuple]] = []

    def note(connection, cursor, statement, parameters, context, many) -> None:
        if statement.split()[0] in ("SELECT", "UPDATE", "DELETE"):
            seen.append((statement, parameters[0] if many else parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _walked(engine: Engine, statement: str, parameters: tuple | dict) -> list[str]:
    if engine.dialect.name == "sqlite":
        return [step for step in _plan(engine, f"EXPLAIN QUERY PLAN {statement}", parameters) if _is_walk(step, "SCAN")]
    # Of a table in which there is next to nothing it would walk through all: here, only where it has to.
    plan = _plan(engine, f"EXPLAIN {statement}", parameters, "SET LOCAL enable_seqscan = off")
    return [step for step in plan if _is_walk(step.strip(" ->"), "Seq Scan on")]


def _plan(engine: Engine, asked: str, parameters: tuple | dict, *before: str) -> list[str]:
    with engine.connect() as connection:
        for one in before:
            connection.exec_driver_sql(one)
        return [step[-1] for step in connection.exec_driver_sql(asked, parameters).all()]


def _is_walk(step: str, how: str) -> bool:
    return step.startswith(how + " ") and step.removeprefix(how + " ").split()[0] in GROW


@pytest.mark.parametrize("asked", ASKED)
def test_no_table_that_grows_is_walked_through_for(asked: str, records: SqlRecords, engine: Engine) -> None:
    with _statements(engine) as seen:
        ASKED[asked](records)
    assert seen
    walked = [(statement, step) for statement, given in seen for step in _walked(engine, statement, given)]
    assert not walked


@on_sqlite
def test_a_walk_would_be_noticed(records: SqlRecords, engine: Engine) -> None:
    assert _walked(engine, "SELECT * FROM messages WHERE speaker = ?", ("dsl",)) == ["SCAN messages"]


@on_postgresql
def test_a_walk_would_be_noticed_in_postgresql_too(records: SqlRecords, engine: Engine) -> None:
    (walk,) = _walked(engine, "SELECT * FROM messages WHERE speaker = %(speaker)s", {"speaker": "dsl"})
    assert "Seq Scan on messages" in walk
