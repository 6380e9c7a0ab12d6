"""When a desk can ring back."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.desk.duty.call_back import MOST_OFFERED, call_back_times
from bot.desk.working_time import WorkingTime

HOURS = WorkingTime()


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (datetime(2026, 11, 23, 10, 5, tzinfo=UTC), datetime(2026, 11, 23, 11, tzinfo=UTC)),
        (datetime(2026, 11, 23, 10, 31, tzinfo=UTC), datetime(2026, 11, 23, 12, tzinfo=UTC)),
        (datetime(2026, 11, 20, 16, 30, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)),
        # summer time: nine o'clock in England is eight in UTC
        (datetime(2027, 7, 2, 20, 0, tzinfo=UTC), datetime(2027, 7, 5, 8, tzinfo=UTC)),
    ],
    ids=["in the morning", "half past is too soon for eleven", "on Friday at half past four", "in summer"],
)
def test_the_first_time_leaves_half_an_hour_to_read(now, first):
    assert call_back_times(HOURS, now)[0] == first


def test_every_time_lies_within_opening_hours_with_half_an_hour_to_talk():
    times = call_back_times(HOURS, datetime(2026, 11, 23, 13, tzinfo=UTC))
    assert len(times) == MOST_OFFERED
    assert times == tuple(sorted(times))
    assert all(HOURS.is_open(at) and HOURS.is_open(at + timedelta(minutes=29)) for at in times)


def test_a_desk_that_never_opens_offers_no_time():
    assert call_back_times(WorkingTime(week=((),) * 7), datetime(2026, 11, 23, tzinfo=UTC)) == ()
