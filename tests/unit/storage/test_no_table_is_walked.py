"""What is asked at every turn, at every look at the queue and every minute finds its rows by an index.

SQLite says how it would find them. A table that grows with every consultation is walked through by none of these.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from bot.consultation import Facts
from bot.storage import SqlRecords
from tests.engines import on_sqlite
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_assistant, from_dsl, make_case

GROW = ("audit", "consultations", "messages", "facts_history", "assessments", "cases", "case_moves", "reading_marks")
HOUR = timedelta(hours=1)

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
}


@pytest.fixture
def records(sql_records: Callable[..., SqlRecords]) -> SqlRecords:
    records = sql_records()
    create_worker(records)
    create_consultation(records, create_dsl(records), id="c1")
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


def _walked(engine: Engine, statement: str, parameters: tuple) -> list[str]:
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    return [step[-1] for step in plan if step[-1].split()[0] == "SCAN" and step[-1].split()[1] in GROW]


@on_sqlite
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
