"""The days of a plan: pure functions over dates. Which days are bank holidays is passed in."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5
_DAY = timedelta(days=1)

FIRST_MEETING_WORKING_DAYS = 10
MINUTES_WORKING_DAYS = 5
FIRST_REVIEW = timedelta(weeks=6)
SECOND_REVIEW = timedelta(weeks=12)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One thing of the plan and the latest day for it. `is_sure` unless bank holidays of the time are not entered."""

    name: str
    on: date
    is_sure: bool


def milestones(starts: date, closed: Set[date], known_until: date) -> tuple[Milestone, ...]:
    """Return first meeting, minutes and both reviews of a plan that starts on a day, earliest first.

    A meeting is counted in working days; a review in weeks from the first meeting, and no later: one that
    would fall on a closed day is held on the working day before. `known_until` is the last day up to which
    `closed` has all bank holidays.
    """
    first = after_working_days(starts, FIRST_MEETING_WORKING_DAYS, closed)
    days = {
        "first_meeting": first,
        "minutes": after_working_days(first, MINUTES_WORKING_DAYS, closed),
        "first_review": working_day_by(first + FIRST_REVIEW, closed),
        "second_review": working_day_by(first + SECOND_REVIEW, closed),
    }
    return tuple(Milestone(name, day, day <= known_until) for name, day in days.items())


def is_working_day(day: date, closed: Set[date]) -> bool:
    """Whether it is neither a weekend nor a bank holiday."""
    return day.weekday() < _SATURDAY and day not in closed


def after_working_days(starts: date, count: int, closed: Set[date]) -> date:
    """Return the day that is so many working days after the start, which may itself be none."""
    day = starts
    for _ in range(count):
        day += _DAY
        while not is_working_day(day, closed):
            day += _DAY
    return day


def working_day_by(day: date, closed: Set[date]) -> date:
    """Return the day, or the last working day before it."""
    while not is_working_day(day, closed):
        day -= _DAY
    return day


def in_words(day: date) -> str:
    """Return a day as it stands in a letter: Monday 7 December 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"
