"""The arithmetic of days: ages by band, days by how long ago they are, always in a closed set of words."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.anonymiser.days import (
    BANDS,
    PHRASE,
    band,
    in_digits,
    month_misspelt,
    month_named,
    nearest,
    of_short_year,
    told,
    told_by_month,
    youngest_born_in,
)

ON = date(2026, 11, 22)  # a Sunday
WEDNESDAY = date(2026, 11, 18)

TOLD = [
    (0, "today"),
    (1, "yesterday"),
    (2, "last Friday"),
    (7, "last Sunday"),
    (8, "1 week ago"),
    (10, "1 week ago"),
    (11, "2 weeks ago"),
    (35, "5 weeks ago"),
    (36, "in October"),
    (335, "in December"),
    (336, "in December last year"),
    (-1, "tomorrow"),
    (-2, "next Tuesday"),
    (-7, "next Sunday"),
    (-8, "in 1 week"),
    (-35, "in 5 weeks"),
    (-36, "in December"),
    (-335, "in October"),
    (-404, "in December next year"),
]


@pytest.mark.parametrize(("ago", "words"), TOLD)
def test_a_day_is_told_the_less_exactly_the_further_off_it_is(ago: int, words: str) -> None:
    assert told(ON - timedelta(ago), ON) == words


def test_this_week_ends_on_its_sunday() -> None:
    assert told(date(2026, 11, 22), WEDNESDAY) == "this Sunday"
    assert told(date(2026, 11, 23), WEDNESDAY) == "next Monday"
    assert told(date(2026, 11, 16), WEDNESDAY) == "last Monday"


BIRTHS = [
    (date(2026, 11, 22), "under 1"),
    (date(2025, 11, 23), "under 1"),
    (date(2025, 11, 22), "1 to 4"),
    (date(2021, 11, 23), "1 to 4"),
    (date(2021, 11, 22), "5 to 9"),
    (date(2016, 11, 22), "10 to 12"),
    (date(2013, 11, 22), "13 to 15"),
    (date(2010, 11, 22), "16 to 17"),
    (date(2008, 11, 22), "18 or over"),
    (date(1931, 11, 22), "18 or over"),
    (date(1930, 11, 22), None),  # older than people get
    (date(2026, 11, 23), None),  # not born yet
]


@pytest.mark.parametrize(("born", "words"), BIRTHS)
def test_an_age_band_changes_on_the_birthday(born: date, words: str | None) -> None:
    assert band(born, ON) == words


def test_of_a_month_of_birth_the_child_is_told_as_the_younger_one() -> None:
    assert youngest_born_in(2013, 10, ON) == date(2013, 10, 31)
    assert youngest_born_in(2016, 11, ON) == date(2016, 11, 30), "not ten yet, if born at its end"
    assert youngest_born_in(2026, 11, ON) == ON
    assert youngest_born_in(2026, 12, ON) == date(2026, 12, 1)
    assert youngest_born_in(2026, 13, ON) is None
    assert youngest_born_in(2014, 0, ON) == date(2014, 12, 31), "of a whole year the last day"
    assert youngest_born_in(2026, 0, ON) == ON


IN_DIGITS = [
    ("third of the fifth twenty-ten", "3 of the 5 2010"),
    ("thirty first of the twelfth two thousand and nine", "31 of the 12 2009"),
    ("1 2 twenty oh nine", "1 2 2009"),
    ("Twenty-Ninth 2 Nineteen Eighty-Five", "29 2 1985"),
    ("5/xi/15", "5/11/15"),
    ("12.IV.2014", "12.4.2014"),
    ("o3/o4/2o12", "03/04/2012"),
    ("l2/ol/14", "12/01/14"),
    ("12/03/2014", "12/03/2014"),
]


@pytest.mark.parametrize(("written", "digits"), IN_DIGITS)
def test_numbers_of_a_day_are_read_however_they_are_written(written: str, digits: str) -> None:
    assert in_digits(written) == digits


MONTHS = [
    *(("march", 3, 3), ("mar", 3, 0), ("sept", 9, 0), ("mrach", 0, 3), ("arpil", 0, 4), ("agust", 0, 8)),
    *(("jully", 0, 7), ("setpember", 0, 9), ("ferbuary", 0, 2), ("marching", 0, 0), ("man", 0, 0), ("mother", 0, 0)),
]


@pytest.mark.parametrize(("word", "named", "misspelt"), MONTHS)
def test_months_are_known_by_name_and_by_small_slips(word: str, named: int, misspelt: int) -> None:
    assert month_named(word) == named
    assert month_misspelt(word) == misspelt


NEAREST = [
    (3, 3, False, date(2026, 3, 3)),
    (3, 3, True, date(2027, 3, 3)),
    (11, 22, False, ON),
    (11, 22, True, ON),
    (12, 3, False, date(2026, 12, 3)),  # the last one is more than eleven months ago
    (11, 20, True, date(2026, 11, 20)),  # the next one is more than eleven months off
    (2, 29, False, None),
    (6, 31, False, None),
    (13, 1, False, None),
]


@pytest.mark.parametrize(("month", "day", "coming", "meant"), NEAREST)
def test_a_day_without_a_year_is_the_nearest_one(month: int, day: int, coming: bool, meant: date | None) -> None:
    assert nearest(month, day, ON, coming) == meant


def test_a_year_of_two_digits_is_the_last_that_can_be_meant() -> None:
    assert of_short_year(14, 3, 12, ON, ON) == date(2014, 3, 12)
    assert of_short_year(85, 3, 12, ON, ON) == date(1985, 3, 12)
    assert of_short_year(27, 3, 12, ON, ON) == date(1927, 3, 12)
    assert of_short_year(27, 3, 12, ON, date(2028, 12, 31)) == date(2027, 3, 12)
    assert of_short_year(14, 25, 3, ON, ON) is None


@given(st.dates(), st.dates())
def test_any_two_days_are_told_in_the_closed_words_or_not_at_all(day: date, on: date) -> None:
    for words in (told(day, on), told_by_month(day, on)):
        assert words is None or re.fullmatch(PHRASE, words)
    assert band(day, on) in (*BANDS, None)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-1500, 1500))
def test_near_days_are_always_told_and_no_two_of_a_kind_are_mixed_up(on: date, ago: int) -> None:
    words = told(on - timedelta(ago), on)
    assert words is not None
    assert re.fullmatch(PHRASE, words)
    if re.search(r"day\b", words):
        assert abs(ago) <= 7
    if "ago" in words or "last" in words:
        assert ago > 0


@given(st.dates(), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.booleans())
def test_no_numbers_make_it_raise(on: date, day: int, month: int, short: int, coming: bool) -> None:
    meant = nearest(month, day, on, coming)
    assert meant is None or abs((meant - on).days) <= 335
    found = of_short_year(short, month, day, on, on)
    assert found is None or (found <= on and found.year % 100 == short)
    youngest_born_in(on.year, month, on)
