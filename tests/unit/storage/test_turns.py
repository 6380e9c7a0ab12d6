"""In one turn what is read of a consultation is read once, and is never older than what this process has written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, Engine, event

from bot.consultation import Facts, Stage, Status
from bot.desk.ports import Message, Utterance
from bot.storage import SqlRecords
from bot.storage.messages import say
from bot.storage.shelf import locked
from bot.storage.turns import BOTH, CONSULTATION, Turns
from tests.duty_moves import claim
from tests.engines import on_sqlite
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_assistant, from_dsl, make_case


@pytest.fixture
def records(sql_records: Callable[[], SqlRecords]) -> SqlRecords:
    records = sql_records()
    create_consultation(records, create_dsl(records))
    records.add_incoming("c1", "message-0001", from_dsl("he is hungry"), NOW)
    return records


@pytest.fixture
def others(sql_records: Callable[[], SqlRecords]) -> SqlRecords:
    """The same records, as another process has them."""
    return sql_records()


@contextmanager
def asked(engine: Engine) -> Iterator[list[str]]:
    """Note what the database is asked."""
    found: list[str] = []
    listen = lambda *given: found.append(given[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", listen)
    yield found
    event.remove(engine, "before_cursor_execute", listen)


def texts(records: SqlRecords) -> list[str]:
    return [message.utterance.text for message in records.messages("c1")]


def test_a_turn_reads_once(records: SqlRecords) -> None:
    who = records.consultation("c1").person_id
    with records.turn("c1"):
        first = records.consultation("c1"), records.messages("c1"), records.person(who)
        with asked(records._reading) as found:
            again = records.consultation("c1"), records.messages("c1"), records.person(who)
    assert found == []
    assert again == first


def test_without_a_turn_everything_is_read(records: SqlRecords) -> None:
    with asked(records._reading) as found:
        records.consultation("c1"), records.messages("c1")
    assert len([one for one in found if one.startswith("SELECT")]) == 2


def test_after_the_turn_nothing_is_held(records: SqlRecords, others: SqlRecords) -> None:
    with records.turn("c1"):
        records.messages("c1")
        others.add_incoming("c1", "message-0002", from_dsl("and thirsty"), NOW)
        assert texts(records) == ["he is hungry"]
    assert texts(records) == ["he is hungry", "and thirsty"]
    assert not records._turns._open


def test_what_is_written_in_the_turn_is_seen_in_it(records: SqlRecords) -> None:
    facts = Facts({"hungry": Status.PRESENT}, {})
    with records.turn("c1"):
        records.consultation("c1"), records.messages("c1"), records.offered_buttons("c1")
        records.add_incoming("c1", "message-0002", from_dsl("and thirsty"), NOW)
        records.set_area("c1", "essex", NOW)
        records.save_facts("c1", facts, NOW)
        records.add_outgoing("c1", [from_assistant("since when?")], NOW, unless_held=True)
        assert texts(records) == ["he is hungry", "and thirsty", "since when?"]
        assert [m.number for m in records.messages("c1", 1)] == [2, 3]
        assert records.consultation("c1").area == "essex"
        assert records.consultation("c1").facts == facts
        records.rewrite_message("c1", 2, "thirsty", NOW, "message.changed")
        assert texts(records)[1] == "thirsty"


def test_what_is_amended_is_not_read_again(records: SqlRecords) -> None:
    with records.turn("c1"):
        records.consultation("c1")
        records.set_area("c1", "essex", NOW)
        records.save_facts("c1", Facts({}, {"how_often": "once"}), NOW)
        with asked(records._reading) as found:
            held = records.consultation("c1")
        assert found == []
    assert held == records.consultation("c1")


def test_a_claim_silences_the_assistant_though_the_turn_has_not_seen_it(
    records: SqlRecords, others: SqlRecords
) -> None:
    worker, case = create_worker(records), records.hand_over(make_case())
    with records.turn("c1"):
        assert records.consultation("c1").stage is Stage.WAITING
        claim(others, case.id, worker, NOW)
        assert records.consultation("c1").stage is Stage.WAITING, "another process: seen with the next turn"
        assert records.add_outgoing("c1", [from_assistant("one more question")], NOW, unless_held=True) == ()
    assert records.consultation("c1").held


def test_a_claim_in_this_process_is_seen_at_once(records: SqlRecords) -> None:
    worker, case = create_worker(records), records.hand_over(make_case())
    with records.turn("c1"):
        assert not records.consultation("c1").held
        claim(records, case.id, worker, NOW)
        assert records.consultation("c1").held


def test_a_write_that_fails_changes_nothing_that_is_held(records: SqlRecords) -> None:
    with records.turn("c1"):
        before = records.messages("c1")
        with pytest.raises(RuntimeError):
            _fails(records)
        assert records.messages("c1") == before


def _fails(records: SqlRecords) -> None:
    with records._write() as session:
        locked(session, "c1")
        say(session, "c1", [from_assistant("never said")], NOW)
        raise RuntimeError


def _message(number: int) -> Message:
    return Message(number=number, at=NOW, utterance=Utterance("dsl", str(number)))


def test_two_writes_that_are_told_of_in_the_other_order_leave_nothing_held() -> None:
    turns = Turns()
    with turns.of("c1"):
        turns.messages("c1", lambda: (_message(1),))
        turns.written("c1", frozenset(), (_message(3),))
        turns.written("c1", frozenset(), (_message(2),))
        every = tuple(_message(number) for number in (1, 2, 3))
        assert turns.messages("c1", lambda: every) == every


def test_what_was_read_before_a_write_and_comes_after_it_is_not_held() -> None:
    turns = Turns()

    def read_slowly() -> tuple[Message, ...]:
        turns.written("c1", BOTH, ())
        return (_message(1),)

    with turns.of("c1"):
        turns.messages("c1", read_slowly)
        assert len(turns.messages("c1", lambda: (_message(1), _message(2)))) == 2


def test_a_turn_within_a_turn_of_the_same_consultation_ends_with_the_outer_one() -> None:
    turns = Turns()
    with turns.of("c1"):
        with turns.of("c1"):
            turns.messages("c1", lambda: (_message(1),))
        assert turns.messages("c1", lambda: ()) == (_message(1),)
        turns.written("c1", frozenset({CONSULTATION}), ())
        assert turns.messages("c1", lambda: ()) == (_message(1),)
    assert turns.messages("c1", lambda: ()) is None


_FULL = 2  # as SQLite calls it


@pytest.fixture
def waits(engine: Engine) -> list[bool]:
    """Note of each transaction that writes, in order, whether it waits for the disk by itself."""
    seen: list[bool] = []

    def note(connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            seen.append(connection.exec_driver_sql("PRAGMA synchronous").scalar() == _FULL)

    event.listen(engine, "commit", note)
    return seen


@on_sqlite
def test_facts_of_a_turn_are_on_the_disk_no_later_than_its_answer(records: SqlRecords, waits: list[bool]) -> None:
    with records.turn("c1"):
        assert records.consultation("c1")
        records.add_incoming("c1", "a", from_dsl("hungry"), NOW)
        records.save_facts("c1", Facts(answers={"age_band": "1_4"}), NOW, is_followed=True)
        records.add_outgoing("c1", [from_assistant("since when?")], NOW, unless_held=True)
    assert waits == [True, False, True]


@on_sqlite
def test_facts_of_danger_are_on_the_disk_before_the_dialogue_is_asked(records: SqlRecords, waits: list[bool]) -> None:
    with records.turn("c1"):
        assert records.consultation("c1")
        records.save_facts("c1", Facts(answers={"age_band": "1_4"}), NOW)
    assert waits == [True]


@on_sqlite
def test_facts_that_no_answer_follows_wait_for_the_disk_themselves(records: SqlRecords, waits: list[bool]) -> None:
    records.save_facts("c1", Facts(answers={"age_band": "1_4"}), NOW, is_followed=True)
    with records.turn("c2"):
        records.save_facts("c1", Facts(answers={"age_band": "5_10"}), NOW, is_followed=True)
    claim(records, records.hand_over(make_case()).id, create_worker(records), NOW)
    del waits[2:]
    with records.turn("c1"):  # a worker has it: the assistant says nothing
        assert records.consultation("c1")
        records.save_facts("c1", Facts(answers={"age_band": "1_4"}), NOW, is_followed=True)
    assert waits == [True, True, True]


def test_where_others_write_within_a_turn_nothing_is_held_and_each_look_sees_it(
    records: SqlRecords, others: SqlRecords
) -> None:
    records.hold_no_turns()
    with records.turn("c1"):
        assert texts(records) == ["he is hungry"]
        others.add_incoming("c1", "message-0002", from_dsl("he has no coat"), NOW)
        others.set_area("c1", "medway", NOW)
        assert texts(records) == ["he is hungry", "he has no coat"]
        assert records.consultation("c1").area == "medway"
