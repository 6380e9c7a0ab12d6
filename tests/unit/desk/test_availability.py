"""Honest words about who is there, before anybody waits."""

import pytest

from bot.desk.availability import CLOSED, NOT_HERE, OPEN, availability


@pytest.mark.parametrize(
    ("area", "shown", "words", "is_likely_there", "opens"),
    [
        ("kent", "2026-11-23 10:00", OPEN, True, ""),
        ("kent", "2026-11-21 10:00", CLOSED, False, "Mon 23 Nov 2026, 09:00"),
        ("kent", "2026-12-25 10:00", CLOSED, False, "Tue 29 Dec 2026, 09:00"),
        ("medway", "2026-11-23 10:00", NOT_HERE, False, ""),
        (None, "2026-11-23 10:00", NOT_HERE, False, ""),
    ],
)
def test_a_dsl_is_told_who_is_likely_there(hours, at, area, shown, words, is_likely_there, opens):
    found = availability(area, {"kent"}, hours, at(shown))
    assert (found.words, found.is_likely_there, found.opens) == (words, is_likely_there, opens)


@pytest.mark.parametrize("words", [OPEN, CLOSED, NOT_HERE])
def test_nobody_is_promised_and_a_closed_desk_comes_with_a_number(wording, words):
    said = wording.say(words, opens="Mon 23 Nov 2026, 09:00", out_of_hours="03000 419191", front_door="03000 411111")
    assert said
    if words != OPEN:
        assert "999" in said
