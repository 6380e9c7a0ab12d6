"""The days of a plan as a calendar file: it opens, and holds days and nothing of anybody."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from bot.knowledge import UnknownArea

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
STARTS = date(2026, 11, 23)


@pytest.fixture
def made(kits):
    return kits.calendar("kent", STARTS, NOW)


def events(made):
    return Calendar.from_ical(made).walk("VEVENT")


def test_it_opens_and_has_what_a_calendar_file_must_have(made):
    calendar = Calendar.from_ical(made)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"].startswith("-//noname//")
    assert not calendar.errors
    assert all(not event.errors for event in events(made))


def test_there_are_four_whole_days(made):
    assert [(e["dtstart"].dt, e["dtend"].dt) for e in events(made)] == [
        (date(2026, 12, 7), date(2026, 12, 8)),
        (date(2026, 12, 14), date(2026, 12, 15)),
        (date(2027, 1, 18), date(2027, 1, 19)),
        (date(2027, 3, 1), date(2027, 3, 2)),
    ]


def test_titles_name_the_meeting_and_nobody(made):
    titles = [str(event["summary"]) for event in events(made)]
    assert titles[0] == "Team Around the Family, first meeting"
    assert all(title.startswith("Team Around the Family, ") for title in titles)


def test_nobody_is_invited_and_no_place_is_named(made):
    kept = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CLASS", "TRANSP"}
    assert [set(event) for event in events(made)] == [kept] * 4
    assert b"kent" not in made.lower(), "nor the council"


def test_a_day_is_private_and_takes_no_time(made):
    assert {(str(e["class"]), str(e["transp"])) for e in events(made)} == {("PRIVATE", "TRANSPARENT")}


def test_every_event_names_999(made):
    assert all("999" in event["description"] for event in events(made))


def test_two_plans_that_start_on_one_day_stay_two_in_a_calendar(kits, made):
    both = [str(event["uid"]) for one in (made, kits.calendar("kent", STARTS, NOW)) for event in events(one)]
    assert len(set(both)) == 8


def test_when_it_was_made_is_what_it_was_told(made):
    assert {event["dtstamp"].dt for event in events(made)} == {NOW}


def test_a_day_whose_bank_holidays_are_not_known_says_so(kits, made):
    unsure = replace(kits, known_until=date(2026, 12, 31)).calendar("kent", STARTS, NOW)
    told = ["Bank holidays of that time are not entered yet" in event["description"] for event in events(unsure)]
    assert told == [False, False, True, True]
    assert not any("not entered yet" in event["description"] for event in events(made))


def test_an_unknown_area_has_no_calendar(kits):
    with pytest.raises(UnknownArea):
        kits.calendar("atlantis", STARTS, NOW)
