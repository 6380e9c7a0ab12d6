"""The days of a plan: never on a weekend or a bank holiday, never later than promised."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.knowledge import closed_days
from bot.knowledge.bank_holidays import calendar_ends
from bot.lead_kit import milestones
from bot.lead_kit.days import after_working_days, in_words, is_working_day, working_day_by

ROOT = Path(__file__).parents[3] / "knowledge_base"
CLOSED = closed_days(ROOT)
ENDS = calendar_ends(ROOT)
THREE_YEARS = [date(2026, 1, 1) + timedelta(days=n) for n in range(3 * 366)]


def days_of(starts, closed=CLOSED):
    return {day.name: day.on for day in milestones(starts, closed, ENDS)}


def test_over_three_years_of_starts_no_day_is_a_weekend_or_a_bank_holiday():
    found = [(starts, day) for starts in THREE_YEARS for day in days_of(starts).values()]
    assert len(found) == 4 * len(THREE_YEARS)
    assert [(s, day) for s, day in found if day.weekday() > 4 or day in CLOSED] == []


def test_over_three_years_of_starts_each_day_comes_after_the_one_before():
    for starts in THREE_YEARS:
        days = list(days_of(starts).values())
        assert starts < days[0]
        assert days == sorted(set(days))


def test_over_three_years_of_starts_no_review_is_later_than_its_weeks():
    for starts in THREE_YEARS:
        days = days_of(starts)
        for name, weeks in (("first_review", 6), ("second_review", 12)):
            early = days["first_meeting"] + timedelta(weeks=weeks) - days[name]
            assert timedelta(0) <= early <= timedelta(days=5), "moved back, and not by more than a holiday is long"


def test_over_three_years_of_starts_there_are_ten_working_days_to_the_first_meeting():
    for starts in THREE_YEARS:
        first = days_of(starts)["first_meeting"]
        between = (starts + timedelta(days=n) for n in range(1, (first - starts).days + 1))
        assert sum(is_working_day(day, CLOSED) for day in between) == 10


STARTS = {
    "a Monday in term": ("2026-11-23", "2026-12-07", "2026-12-14", "2027-01-18", "2027-03-01"),
    "a Sunday counts from the Monday": ("2026-11-22", "2026-12-04", "2026-12-11", "2027-01-15", "2027-02-26"),
    "over Christmas": ("2026-12-16", "2027-01-04", "2027-01-11", "2027-02-15", "2027-03-25"),
    "a review on a bank holiday is held before it": (
        "2027-02-25", "2027-03-11", "2027-03-18", "2027-04-22", "2027-06-03",
    ),
    "a review on the Easter Monday is held on the Thursday": (
        "2027-01-29", "2027-02-12", "2027-02-19", "2027-03-25", "2027-05-07",
    ),
}  # fmt: skip


@pytest.mark.parametrize("start", STARTS)
def test_worked_days(start):
    starts, *expected = (date.fromisoformat(day) for day in STARTS[start])
    assert list(days_of(starts).values()) == expected


def test_a_day_of_a_year_whose_bank_holidays_are_not_entered_is_not_sure():
    late = milestones(date(2028, 11, 20), CLOSED, date(2028, 12, 31))
    assert [(day.name, day.is_sure) for day in late] == [
        ("first_meeting", True), ("minutes", True), ("first_review", False), ("second_review", False),
    ]  # fmt: skip


def test_closed_days_in_a_row_are_all_passed_over():
    closed = frozenset(date(2026, 12, 7) + timedelta(days=n) for n in range(5))
    assert after_working_days(date(2026, 12, 4), 1, closed) == date(2026, 12, 14)
    assert working_day_by(date(2026, 12, 13), closed) == date(2026, 12, 4)


def test_a_day_is_written_as_in_a_letter():
    assert in_words(date(2026, 12, 7)) == "Monday 7 December 2026"
