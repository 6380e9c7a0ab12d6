"""Working time, from a table that a duty desk can check."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consultation import Facts
from bot.desk.promise import Reason, Wish, promise
from bot.desk.working_time import NeverOpen, WorkingTime, in_words, moment_today, working_time
from bot.knowledge import load_everything
from bot.knowledge.desk_settings import DAYS, DeskSettings
from bot.settings import ROOT

TABLE = yaml.load(Path("tests/cases/working_time.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
CASES = TABLE["cases"]
IN_DAYS = [case for case in CASES if "amber" in case]
FACTS = {
    # The least that makes a case that urgent; the urgency is checked before the time.
    "red": Facts(answers={"in_danger": "unknown", "goes_home": "this_week"}),
    "amber": Facts(answers={"in_danger": "no", "goes_home": "this_week"}),
}


def named(case: dict[str, Any]) -> str:
    return case["name"]


@pytest.fixture
def hours_of(hours):
    """Return the working time that a case of the table names."""

    def make(case: dict[str, Any]) -> WorkingTime:
        week = TABLE["weeks"][case.get("hours", "usual")]
        stretches = [[stretch.split("-") for stretch in week.get(day, ())] for day in DAYS]
        shifts = tuple(tuple((clock(opens), clock(closes)) for opens, closes in day) for day in stretches)
        return WorkingTime(hours.closed_days.union(case.get("closed", ())), shifts)

    return make


def clock(written: str) -> time:
    return time(0) if written == "24:00" else time.fromisoformat(written)


def due(case: dict[str, Any], facts: Facts, urgency: str, hours: WorkingTime, at) -> datetime:
    promised = promise(facts, None, Wish(Reason.ASKED), at(str(case["handed_over"])), pack=None, hours=hours)
    assert promised.urgency == urgency
    return promised.due_at


def test_the_table_is_as_long_as_it_has_to_be_and_every_case_has_its_own_name():
    assert len({case["name"] for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_red_answer_is_due_when_the_table_says(case, hours_of, at):
    home = case.get("goes_home_today_at")
    today = {"goes_home": "today", "goes_home_time": home}
    facts = Facts(answers={"in_danger": "no", **today}) if home else FACTS["red"]
    assert due(case, facts, "red", hours_of(case), at) == at(str(case["red"]))


@pytest.mark.parametrize("case", IN_DAYS, ids=named)
def test_an_amber_answer_is_due_when_the_table_says(case, hours_of, at):
    assert due(case, FACTS["amber"], "amber", hours_of(case), at) == at(str(case["amber"]))


@pytest.mark.parametrize("case", IN_DAYS, ids=named)
def test_three_working_days_end_when_the_table_says(case, hours_of, at):
    assert hours_of(case).after_days(at(str(case["handed_over"])), 3) == at(str(case["green"]))


@pytest.mark.parametrize("case", TABLE["passed"], ids=named)
def test_as_much_working_time_passes_as_the_table_says(case, hours_of, at):
    passed = hours_of(case).working_between(at(case["from"]), at(case["to"]))
    assert passed == timedelta(minutes=case["minutes"])


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
        [(opens, closes)] = hours.week[0]
        assert (f"{opens:%H:%M}", f"{closes:%H:%M}") == (said["opens"], said["closes"]), name


def test_hours_that_cannot_be_read_are_the_usual_ones():
    assert working_time({"opens": "early"}, frozenset()) == WorkingTime()


def test_a_desk_that_never_opens_is_no_endless_wait(at):
    shut = WorkingTime(frozenset(date(2026, 11, 1) + timedelta(days=n) for n in range(120)))
    for ask in (shut.next_opening, shut.closing, lambda now: shut.after_days(now, 1)):
        with pytest.raises(NeverOpen):
            ask(at("2026-11-23 10:00"))


def test_a_break_is_no_closing_and_a_day_closes_once(hours_of, at):
    lunch, always = hours_of({"hours": "lunch"}), hours_of({"hours": "day and night"})
    assert lunch.closing(at("2026-11-23 09:00")) == at("2026-11-23 17:00")
    assert lunch.closing(at("2026-11-23 12:45")) == at("2026-11-23 17:00")
    assert lunch.closing(at("2026-11-20 17:00")) == at("2026-11-23 17:00")
    assert not lunch.is_open(at("2026-11-23 12:45"))
    assert lunch.next_opening(at("2026-11-23 12:45")) == at("2026-11-23 13:15")
    assert always.closing(at("2026-11-23 12:00")) == at("2026-11-24 00:00")
    assert always.is_open(at("2026-11-24 00:00"))


def test_a_hundred_working_days_are_not_too_far(hours, at):
    # Twenty weeks end on 12 April 2027; five bank holidays are in them, which makes one week more.
    assert hours.after_days(at("2026-11-23 10:00"), 100) == at("2027-04-19 10:00")


def test_hours_the_desk_has_set_go_before_those_of_the_profile(at):
    monday_alone = (((time(8), time(10)),),) + ((),) * 6
    settings = DeskSettings(week=monday_alone, closed={date(2026, 11, 23): "moving house"})
    hours = working_time({"opens": "09:00", "closes": "17:00"}, frozenset(), settings)
    assert hours.next_opening(at("2026-11-21 10:00")) == at("2026-11-30 08:00")


def test_a_profile_that_closes_before_it_opens_is_not_believed():
    assert working_time({"opens": "17:00", "closes": "09:00"}, frozenset()) == WorkingTime()


# A desk that opens for five minutes a week needs many weeks, and the machine may be busy.
unhurried = settings(deadline=None)
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 1000 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
times = st.integers(0, 6000).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def days_of_shifts(draw) -> tuple[tuple[time, time], ...]:
    """Up to three stretches of a day, apart from each other; one may last until midnight."""
    bounds = sorted(draw(st.sets(st.integers(0, 24 * 12), max_size=6)))
    clocks = [time(at % 288 // 12, at % 12 * 5) for at in bounds[: len(bounds) // 2 * 2]]
    return tuple(zip(clocks[::2], clocks[1::2], strict=True))


@st.composite
def desks(draw) -> WorkingTime:
    """Any desk that opens at least once a week, with closed days here and there."""
    week = tuple(draw(days_of_shifts()) for _ in range(7))
    shut = draw(st.sets(st.integers(0, 1000), max_size=30))
    closed = frozenset(BEGIN.date() + timedelta(days=n) for n in shut)
    return WorkingTime(closed, week if any(week) else (((time(9), time(17)),), *week[1:]))


@unhurried
@given(hours=desks(), now=moments, working=times)
def test_working_time_never_ends_before_it_begins_and_always_while_open_or_as_it_closes(hours, now, working):
    end = hours.after(now, working)
    assert end >= now
    assert hours.is_open(end) or hours.is_open(end - timedelta.resolution)


@unhurried
@given(hours=desks(), now=moments, working=times)
def test_as_much_working_time_passes_as_was_asked_for(hours, now, working):
    assert hours.working_between(now, hours.after(now, working)) == working


@unhurried
@given(hours=desks(), now=moments, later=times, more=times)
def test_working_time_in_pieces_is_the_working_time_of_the_whole(hours, now, later, more):
    middle, end = now + later, now + later + more
    pieces = hours.working_between(now, middle) + hours.working_between(middle, end)
    assert hours.working_between(now, end) == pieces <= end - now


@unhurried
@given(hours=desks(), now=moments, working=times, more=times)
def test_more_working_time_never_ends_sooner(hours, now, working, more):
    assert hours.after(now, working) <= hours.after(now, working + more)


@unhurried
@given(hours=desks(), now=moments, later=times, working=times)
def test_whoever_comes_later_is_never_due_sooner(hours, now, later, working):
    assert hours.after(now, working) <= hours.after(now + later, working)


@unhurried
@given(hours=desks(), now=moments, later=times, days=st.integers(1, 12))
def test_in_days_whoever_comes_later_is_never_due_sooner_and_more_days_end_later(hours, now, later, days):
    end = hours.after_days(now, days)
    assert now <= end < hours.after_days(now, days + 1)
    assert end <= hours.after_days(now + later, days)
    assert hours.is_open(end) or hours.is_open(end - timedelta.resolution)


@given(now=moments, days=st.integers(1, 12))
def test_where_days_are_alike_a_working_day_is_the_working_time_of_a_day(now, days):
    hours = WorkingTime()
    assert hours.after_days(now, days) == hours.after(now, timedelta(hours=8 * days))


@pytest.mark.parametrize("written", ["", "half three", "25:00", "15.30"])
def test_what_is_no_time_is_none(at, written):
    assert moment_today(at("2026-11-23 10:00"), written) is None


def test_a_moment_in_words_is_the_one_on_the_clock(at):
    assert in_words(at("2026-07-01 09:05")) == "Wed 1 Jul 2026, 09:05"
    assert in_words(at("2026-11-23 12:30")) == "Mon 23 Nov 2026, 12:30"
