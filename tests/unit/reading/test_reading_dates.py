"""Dates that were taken out: a date of birth tells the age band, any other day tells nothing."""

import pytest

from bot.anonymiser.days import BANDS, MONTHS, WEEKDAYS
from bot.consultation import RedactedText
from bot.reading.age import BANDS as AGE_BANDS

BY_WORDS = dict(zip(BANDS, (*AGE_BANDS[1:], None), strict=True))


@pytest.mark.parametrize(("words", "band"), BY_WORDS.items())
def test_a_date_of_birth_answers_the_age(reader, words: str, band: str | None) -> None:
    for text in (f"dob [date of birth: aged {words}]", f"he is filthy [DATE OF BIRTH: AGED {words.upper()}]"):
        assert reader.read(RedactedText(text)).answers.get("age_band") == band


def test_the_date_of_birth_of_another_does_not(reader) -> None:
    for text in ("her brother, dob [date of birth: aged 1 to 4]", "a boyfriend [date of birth: aged 13 to 15]"):
        assert "age_band" not in reader.read(RedactedText(text)).answers


DAYS = [
    *("today", "yesterday", "tomorrow", "2 weeks ago", "1 week ago", "in 3 weeks", "4 years ago", "in 12 years"),
    *(f"{which} {weekday}" for which in ("last", "this", "next") for weekday in WEEKDAYS),
    *(f"in {month}{year}" for month in MONTHS for year in ("", " last year", " two years ago", " next year")),
]


@pytest.mark.parametrize("words", DAYS)
def test_a_day_reads_as_any_other_day(reader, words: str) -> None:
    for text in ("he has a bruise {} and is hungry", "dad hit him {}", "she is {}", "goes home {} at 3"):
        plain, told = (reader.read(RedactedText(text.format(day))) for day in ("[date]", f"[date: {words}]"))
        assert [(c.indicator, c.status) for c in told.concerns] == [(c.indicator, c.status) for c in plain.concerns]
        assert told.answers == plain.answers


def test_a_worry_between_such_brackets_is_still_read(reader) -> None:
    plain = reader.read(RedactedText("dad hit him yesterday with a belt"))
    for text in ("[date: dad hit him yesterday with a belt]", "[date of birth: dad hit him yesterday with a belt]"):
        held = {c.indicator for c in reader.read(RedactedText(text)).concerns}
        assert held >= {c.indicator for c in plain.concerns} != set()
