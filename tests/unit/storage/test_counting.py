"""Counting: cases of every area by stage, who waits longest, what is late; and what is on its way to chats."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.desk.outbox import Errand, Outgoing
from bot.storage import CountShelf, OutboxShelf, time_statements
from tests.duty_moves import answer, claim
from tests.factories import NOW, create_consultation, create_dsl, create_worker, make_case

HOUR = timedelta(hours=1)


@pytest.fixture
def records(sql_records):
    """Two areas: one case answered, one claimed, two waiting, due an hour after they were handed over."""
    records = sql_records()
    dsl, sam = create_dsl(records), create_worker(records)
    for number, area in enumerate(["kent", "kent", "kent", "derby"]):
        create_consultation(records, dsl, id=f"c{number}")
        at = NOW + number * HOUR
        case = make_case(id=f"case-{number}", consultation_id=f"c{number}", area=area)
        records.hand_over(replace(case, handed_over_at=at, due_at=at + HOUR))
    taken = claim(records, "case-0", sam, NOW + HOUR)
    answer(records, replace(taken, outcome_level="3"), NOW + HOUR)
    claim(records, "case-1", sam, NOW + HOUR)
    return records


def test_open_cases_are_counted_by_area_and_stage(records) -> None:
    assert records.beside(CountShelf).open_cases() == {
        ("kent", "answered"): 1, ("kent", "claimed"): 1, ("kent", "waiting"): 1, ("derby", "waiting"): 1,
    }  # fmt: skip


def test_the_oldest_that_waits_is_told_with_its_zone(records) -> None:
    assert records.beside(CountShelf).oldest_waiting() == {"kent": NOW + 2 * HOUR, "derby": NOW + 3 * HOUR}


def test_late_is_what_was_promised_and_has_no_answer(records) -> None:
    shelf = records.beside(CountShelf)
    assert shelf.late(NOW + HOUR) == {}
    assert shelf.late(NOW + 2 * HOUR + HOUR / 2) == {"kent": 1}, "an answered case is late no more"
    assert shelf.late(NOW + 9 * HOUR) == {"kent": 2, "derby": 1}


def test_an_empty_house_has_nothing_to_count(sql_records) -> None:
    shelf = sql_records().beside(CountShelf)
    assert (shelf.open_cases(), shelf.oldest_waiting(), shelf.late(NOW), shelf.outbox()) == ({}, {}, {}, {})


def test_what_waits_for_chats_and_what_was_given_up_is_counted(sql_records) -> None:
    records = sql_records()
    records.keys.make("link-1")
    outbox = records.beside(OutboxShelf)
    outbox.put([Outgoing("link-1", f"once-{n}", Errand.SEND, {"text": "hello"}) for n in range(3)], NOW)
    (letter,) = outbox.take(NOW, (), 1)
    outbox.give_up(letter.id, NOW)
    assert records.beside(CountShelf).outbox() == {"waiting": 2, "given_up": 1}


def test_statements_are_timed_and_not_told(sql_records) -> None:
    records, heard = sql_records(), []
    time_statements(records, heard.append)
    records.consultation("c1")
    before = len(heard)
    assert before > 0
    assert all(isinstance(seconds, float) and 0 <= seconds < 5 for seconds in heard)
    records.add_school("Oak Tree Primary", "kent")
    assert len(heard) > before, "what is written is timed too"
    with pytest.raises(Exception, match="nowhere"), records._read() as session:
        session.execute(text("SELECT 1 FROM nowhere"))
    records.consultation("c1")
