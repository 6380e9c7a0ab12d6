"""Attempts in the records: the same cases against the database and the fake; a restart forgives nobody."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.desk.attempts import WINDOW, Attempts, LockedOut
from tests.factories import NOW
from tests.fakes import FakeRecords

KEY = ("client", "192.0.2.7")
SECOND = timedelta(seconds=1)


@pytest.fixture(params=["in memory", "in SQL"])
def records(request, sql_records):
    return (FakeRecords if request.param == "in memory" else sql_records)()


def locked_until(attempts: Attempts, limits: dict, now):
    with pytest.raises(LockedOut) as raised:
        attempts.begin(limits, now)
    return raised.value.until


def test_a_key_is_locked_when_it_has_reached_its_limit_and_until_the_oldest_is_past(records) -> None:
    attempts = Attempts(records)
    for place in range(3):
        attempts.begin({KEY: 3}, NOW + place * SECOND)
    assert locked_until(attempts, {KEY: 3}, NOW + 4 * SECOND) == NOW + WINDOW
    attempts.begin({KEY: 3}, NOW + WINDOW)


def test_what_is_refused_is_counted_against_no_key(records) -> None:
    attempts = Attempts(records)
    attempts.begin({KEY: 1}, NOW)
    locked_until(attempts, {KEY: 1, ("login", "ann"): 1}, NOW)
    attempts.begin({("login", "ann"): 1}, NOW)


def test_one_attempt_is_taken_back_and_no_other(records) -> None:
    attempts = Attempts(records)
    attempts.begin({KEY: 2}, NOW)
    attempts.begin({KEY: 2}, NOW)
    attempts.take_back({KEY: 2}, NOW)
    attempts.begin({KEY: 2}, NOW)
    locked_until(attempts, {KEY: 2}, NOW)


def test_a_limit_of_none_is_always_reached(records) -> None:
    assert locked_until(Attempts(records), {KEY: 0}, NOW) == NOW + WINDOW


def test_a_restart_keeps_a_lock_out(sql_records) -> None:
    before = Attempts(sql_records())
    for _ in range(3):
        before.begin({KEY: 3}, NOW)
    locked_until(Attempts(sql_records()), {KEY: 3}, NOW + SECOND)


def test_what_an_attempt_was_counted_against_is_not_to_be_read_and_goes_when_it_counts_no_more(
    sql_records, engine
) -> None:
    attempts = Attempts(sql_records())
    attempts.begin({KEY: 3, ("login", "ann.field"): 3}, NOW)
    with engine.connect() as connection:
        held = connection.execute(text("SELECT * FROM attempts")).all()
    assert len(held) == 2
    assert "192.0.2.7" not in repr(held)
    assert "ann" not in repr(held)
    attempts.begin({("login", "bob"): 3}, NOW + WINDOW)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM attempts")) == 1
