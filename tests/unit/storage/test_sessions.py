"""Sessions in the database: found by one statement, and written no more often than once a minute."""

from datetime import timedelta

import pytest

from bot.desk.sign_in import WORKER_IDLE
from bot.storage.sessions import SEEN_EVERY
from evaluation.speed.counting import counted
from tests.factories import NOW, create_dsl, create_worker

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


@pytest.fixture
def records(sql_records):
    records = sql_records()
    records.sam, records.ann = create_worker(records), create_dsl(records)
    records.start_session(records.sam, "sams", NOW, NOW + 12 * HOUR, idle=WORKER_IDLE)
    records.start_session(records.ann, "anns", NOW, NOW + 12 * HOUR)
    return records


def seen_at(records):
    (session,) = records.sessions_of(records.sam, NOW)
    return session.seen_at


@pytest.mark.parametrize("whose", ["sams", "anns", "nobodys"])
def test_a_session_is_found_with_its_person_by_one_statement(records, engine, whose):
    with counted([engine]) as cost:
        found = records.session_person(whose, NOW + SECOND)
    assert found == {"sams": records.sam, "anns": records.ann}.get(whose)
    assert (cost.queries, cost.writes) == (1, 0)


def test_a_sign_of_life_is_written_once_a_minute(records, engine):
    with counted([engine]) as cost:
        for second in range(SEEN_EVERY.seconds * 2 + 1):
            records.session_person("sams", NOW + second * SECOND)
    assert cost.writes == 2
    assert seen_at(records) == NOW + 2 * SEEN_EVERY


def test_who_is_busy_stays_signed_in_for_as_long_as_that_lasts(records):
    for minute in range(0, 12 * 60, 20):
        assert records.session_person("sams", NOW + minute * timedelta(minutes=1))


def test_who_was_busy_a_moment_ago_has_almost_the_whole_time_left_and_never_more(records):
    last = NOW + SEEN_EVERY - SECOND
    assert records.session_person("sams", last)
    assert records.session_person("sams", last + WORKER_IDLE - SEEN_EVERY, active=False)
    assert records.session_person("sams", last + WORKER_IDLE, active=False) is None


def test_whose_session_was_ended_is_told_once(records):
    assert records.end_session("sams") == records.sam.id
    assert records.end_session("sams") is None
    assert records.session_person("sams", NOW) is None
