"""Who has the desk open, in the database: said every second by a page, and written only now and then."""

from datetime import timedelta

import pytest

from bot.desk.duty.presence import STILL_HERE, Presence
from tests.factories import NOW, create_worker

SECOND = timedelta(seconds=1)


@pytest.fixture
def records(sql_records):
    records = sql_records()
    records.sam = create_worker(records)
    return records


def test_a_worker_is_here_until_nothing_was_heard_of_their_page_for_half_a_minute(records):
    records.here(records.sam, NOW)
    later = NOW + STILL_HERE
    assert records.who_is_here("kent", later - STILL_HERE) == {records.sam.id}
    assert records.how_many_here("kent", NOW + SECOND) == 0
    assert records.how_many_here("buckinghamshire", NOW) == 0


def test_what_was_said_a_moment_ago_is_not_written_again(records):
    records.here(records.sam, NOW)
    records.here(records.sam, NOW + 9 * SECOND)
    assert records.how_many_here("kent", NOW + SECOND) == 0
    records.here(records.sam, NOW + 10 * SECOND)
    assert records.how_many_here("kent", NOW + 10 * SECOND) == 1


@pytest.mark.parametrize("state", [Presence.BUSY, Presence.AWAY])
def test_who_wants_no_cases_is_not_counted_at_once_and_stays_so(records, state):
    records.here(records.sam, NOW)
    records.here(records.sam, NOW + SECOND, state)
    assert (records.presence_of(records.sam), records.how_many_here("kent", NOW)) == (state, 0)
    records.here(records.sam, NOW + 20 * SECOND)
    assert (records.presence_of(records.sam), records.how_many_here("kent", NOW)) == (state, 0)
