"""Working time, from a table that a duty desk can check."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.consultation import Facts
from bot.desk.promise import Reason, Wish, promise
from bot.desk.working_time import NeverOpen, WorkingTime, in_words, moment_today, working_time
from bot.knowledge import load_everything
from bot.settings import ROOT

CASES = yaml.safe_load(Path("tests/cases/working_time.yml").read_text(encoding="utf-8"))
FACTS = {
    # The least that makes a case that urgent; the urgency is checked before the time.
    "red": Facts(answers={"in_danger": "unknown", "goes_home": "this_week"}),
    "amber": Facts(answers={"in_danger": "no", "goes_home": "this_week"}),
}


@pytest.mark.parametrize("urgency", ["red", "amber"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_an_answer_is_due_when_the_table_says(case, urgency, hours, at):
    handed_over = at(case["handed_over"])
    promised = promise(FACTS[urgency], None, Wish(Reason.ASKED), handed_over, pack=None, hours=hours)
    assert promised.urgency == urgency
    assert promised.due_at == at(case[urgency])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_three_working_days_end_when_the_table_says(case, hours, at):
    assert hours.after_days(at(case["handed_over"]), 3) == at(case["green"])


@pytest.mark.parametrize(
    ("shown", "is_open", "opens"),
    [
        ("2026-11-23 08:59", False, "2026-11-23 09:00"),
        ("2026-11-23 09:00", True, "2026-11-23 09:00"),
        ("2026-11-23 16:59", True, "2026-11-23 16:59"),
        ("2026-11-23 17:00", False, "2026-11-24 09:00"),
        ("2026-11-21 12:00", False, "2026-11-23 09:00"),
        ("2026-12-25 10:00", False, "2026-12-29 09:00"),
        ("2026-07-01 09:00", True, "2026-07-01 09:00"),
        ("2026-07-01 08:59", False, "2026-07-01 09:00"),
    ],
)
def test_the_desk_is_open_in_office_hours(hours, at, shown, is_open, opens):
    assert hours.is_open(at(shown)) is is_open
    assert hours.next_opening(at(shown)) == at(opens)


def test_an_area_can_have_other_hours(at):
    hours = working_time({"opens": "08:30", "closes": "17:30"}, frozenset())
    assert hours.is_open(at("2026-11-23 08:30"))
    assert hours.after_days(at("2026-11-23 08:30"), 1) == at("2026-11-23 17:30")


def test_the_hours_that_areas_publish_are_those_the_desk_counts_by():
    _, areas = load_everything(ROOT / "knowledge_base", date(2026, 11, 22))
    published = {name: pack.said() for name, pack in areas.items() if "opens" in pack.said()}

    assert published
    for name, said in published.items():
        hours = working_time(said, frozenset())
        assert (f"{hours.opens:%H:%M}", f"{hours.closes:%H:%M}") == (said["opens"], said["closes"]), name


def test_hours_that_cannot_be_read_are_the_usual_ones():
    assert working_time({"opens": "early"}, frozenset()) == WorkingTime()


def test_a_desk_that_never_opens_is_no_endless_wait(at):
    shut = WorkingTime(frozenset(date(2026, 11, 1) + timedelta(days=n) for n in range(120)))
    for ask in (shut.next_opening, shut.closing, lambda now: shut.after_days(now, 1)):
        with pytest.raises(NeverOpen):
            ask(at("2026-11-23 10:00"))


BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 1000 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))


@given(now=moments, minutes=st.integers(0, 3000), more=st.integers(0, 600))
def test_more_working_time_never_ends_sooner(now, minutes, more):
    hours = WorkingTime()
    first = hours.after(now, timedelta(minutes=minutes))
    assert now <= first <= hours.after(now, timedelta(minutes=minutes + more))


@given(now=moments, minutes=st.integers(1, 3000))
def test_working_time_ends_while_the_desk_is_open_or_as_it_closes(now, minutes):
    end = WorkingTime().after(now, timedelta(minutes=minutes))
    just_before = end - timedelta(microseconds=1)
    assert WorkingTime().is_open(just_before)


@given(now=moments, later=st.integers(0, 100_000), minutes=st.integers(0, 3000))
def test_whoever_comes_later_is_never_due_sooner(now, later, minutes):
    hours, working = WorkingTime(), timedelta(minutes=minutes)
    assert hours.after(now, working) <= hours.after(now + timedelta(minutes=later), working)


@pytest.mark.parametrize("clock", ["", "half three", "25:00", "15.30"])
def test_what_is_no_time_is_none(at, clock):
    assert moment_today(at("2026-11-23 10:00"), clock) is None


def test_a_moment_in_words_is_the_one_on_the_clock(at):
    assert in_words(at("2026-07-01 09:05")) == "Wed 1 Jul 2026, 09:05"
    assert in_words(at("2026-11-23 12:30")) == "Mon 23 Nov 2026, 12:30"
