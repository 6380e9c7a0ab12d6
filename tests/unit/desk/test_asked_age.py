"""The age in a short answer: months are not years, a year group is no age, and what is younger is taken in doubt."""

import pytest

from bot.desk.asked_age import asked_age


@pytest.mark.parametrize(
    ("plain", "band"),
    [
        ("7", "5_9"),
        ("seven", "5_9"),
        ("y7", "10_12"),
        ("yr 7", "10_12"),
        ("y11", "13_15"),
        ("year r", "1_4"),
        ("reception", None),  # a word of answers.yml
        ("8 months", "under_1"),
        ("8 month old", "under_1"),
        ("18 months", "1_4"),
        ("10 weeks", "under_1"),
        ("2 days", "under_1"),
        ("born 3 weeks ago", "under_1"),
        ("3 weeks ago", None),
        ("nearly 18", "16_17"),
        ("nearly 10", "5_9"),
        ("rising 5", "1_4"),
        ("just turned 5", "5_9"),
        ("13 in june", "10_12"),
        ("turned 13 in june", "13_15"),
        ("12 and three quarters", "10_12"),
        ("6yo", "5_9"),
        ("10 y5", "10_12"),
        ("ks1", "5_9"),
        ("ks2", None),
        ("ks3", None),
        ("19", None),
        ("his 4th school", None),
        ("she has 3 siblings", None),
        ("his brother is 4", None),
        ("3 times a week", None),
        ("we have known the family for at least 4 of their years here", None),
        ("", None),
    ],
)
def test_a_short_answer_gives_the_band_of_the_age_in_it(plain: str, band: str | None) -> None:
    assert asked_age(plain) == band


def test_a_day_over_the_line_is_the_next_band_and_a_day_before_is_not() -> None:
    assert asked_age("11 months") == "under_1"
    assert asked_age("12 months") == "1_4"
    assert asked_age("51 weeks") == "under_1"
    assert asked_age("52 weeks") == "1_4"
    assert asked_age("17") == "16_17"
    assert asked_age("18") is None
