"""The bank holidays of our list and of the library are those of the rules that they are worked out from."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from bot.knowledge import closed_days
from bot.knowledge.bank_holidays import library_days

FILE = Path("knowledge_base/national/england/bank_holidays.yml")
MONDAY, SATURDAY = 0, 5


@pytest.fixture(scope="module")
def held() -> dict:
    return yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def easter_sunday(year: int) -> date:
    """The Gregorian computus, as anonymous wrote it to Nature in 1876."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return date(year, month, day + 1)


def monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def in_place_of(holidays: list[date]) -> list[date]:
    """Move those on a weekend to the next weekdays that are no holidays themselves."""
    moved: list[date] = [day for day in holidays if day.weekday() < SATURDAY]
    for day in (day for day in holidays if day.weekday() >= SATURDAY):
        while day.weekday() >= SATURDAY or day in moved:
            day += timedelta(days=1)
        moved.append(day)
    return moved


def by_the_rules(year: int) -> set[date]:
    easter = easter_sunday(year)
    return {
        *in_place_of([date(year, 1, 1)]),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        monday_from(date(year, 5, 1)),
        monday_from(date(year, 5, 25)),
        monday_from(date(year, 8, 25)),
        *in_place_of([date(year, 12, 25), date(year, 12, 26)]),
    }


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_every_year_has_the_days_of_the_rules_and_no_others(held, year):
    assert {day for day in held["days"] if day.year == year} == by_the_rules(year)


def test_the_file_says_how_far_it_reaches(held):
    assert held["until"] == date(max(held["days"]).year, 12, 31)


def test_no_bank_holiday_is_on_a_weekend(held):
    assert all(day.weekday() < SATURDAY for day in held["days"])


@pytest.mark.parametrize("year", range(2026, 2040))
def test_the_library_knows_the_days_of_the_rules_on_weekdays_and_no_others(year):
    weekdays = {day for day in library_days(year, year) if day.weekday() < SATURDAY}
    assert weekdays == by_the_rules(year)


def test_days_that_are_closed_are_those_of_the_list_the_library_and_years_after(held):
    closed = closed_days(Path("knowledge_base"))
    assert set(held["days"]) <= closed
    assert date(2027, 12, 25) in closed  # a Saturday, with a weekday in its place
    assert by_the_rules(2035) <= closed


def test_a_day_that_somebody_entered_is_closed_before_the_library_knows_it(tmp_path):
    root = tmp_path / "national" / "england"
    root.mkdir(parents=True)
    file = FILE.read_text("utf-8") + "  2028-06-12: proclaimed for that year alone\n"
    (root / FILE.name).write_text(file, "utf-8")
    assert date(2028, 6, 12) in closed_days(tmp_path) - closed_days(Path("knowledge_base"))
