"""Handing over: to which desk, for which reason, and what the DSL is told."""

from dataclasses import dataclass, replace
from datetime import date, time
from types import SimpleNamespace
from typing import Any

import pytest

from bot.consultation import Facts, IllegalMove, Stage
from bot.desk.hand_over import DutyDesks, NoDesk, desk_of, wish_of
from bot.desk.ports import NotKept
from bot.desk.promise import Reason
from bot.knowledge.desk_settings import DeskSettings, Promised
from tests.duty_moves import answer, claim, settle
from tests.factories import NOW, create_consultation, create_dsl, create_worker
from tests.fakes import FakeRecords

SERVED = frozenset({"kent", "buckinghamshire"})
CALM = {"in_danger": "no", "goes_home": "this_week"}
LEVEL_1 = {"outcome": "level", "local_code": "1", "at_least": None, "reasons": []}


@dataclass
class FakeCounsel:
    """The little that handing over asks of counsel. No area has a pack."""

    records: FakeRecords
    wording: Any

    def pack(self, slots):
        return None

    def numbers(self, slots):
        return {"out_of_hours": f"the night line of {slots['child_area']}"}


@pytest.fixture
def desks(records, wording, hours) -> DutyDesks:
    return DutyDesks(FakeCounsel(records, wording), lambda: SERVED, hours.closed_days, lambda: "case-1")


@pytest.fixture
def open_one(records):
    dsl = create_dsl(records)

    def make(**values):
        return create_consultation(records, dsl, **{"facts": Facts(answers=CALM)} | values)

    return make


# to which desk


@pytest.mark.parametrize(
    ("area", "school_area", "desk"),
    [
        ("kent", "kent", "kent"),
        ("buckinghamshire", "kent", "buckinghamshire"),
        (None, "kent", "kent"),
        ("unknown", "kent", "kent"),
    ],
)
def test_the_desk_is_the_childs_or_the_schools_while_that_is_not_known(area, school_area, desk):
    place = SimpleNamespace(area=area, school_area=school_area)
    assert desk_of(place, SERVED) == desk


@pytest.mark.parametrize(("area", "school_area"), [("other", "kent"), ("medway", "kent"), (None, "medway")])
def test_an_area_without_a_desk_is_not_given_to_another_councils(area, school_area):
    with pytest.raises(NoDesk):
        desk_of(SimpleNamespace(area=area, school_area=school_area), SERVED)


def test_where_no_desk_answers_nothing_is_queued(records, desks, open_one):
    open_one(area="other")
    assert desks("c1", {}, NOW) is None
    assert records.case_of("c1") is None
    assert records.consultation("c1").stage is Stage.WITH_ASSISTANT


# for which reason


@pytest.mark.parametrize(
    ("slots", "assessed", "reason"),
    [
        ({}, None, Reason.ASKED),
        ({}, LEVEL_1, Reason.ASKED),
        ({"view": "person"}, LEVEL_1, Reason.ASKED),
        ({"view": "agree"}, LEVEL_1, Reason.ASKED),
        ({"ringing": "ringing"}, LEVEL_1, Reason.ASKED),
        ({"view": "higher"}, LEVEL_1, Reason.DISAGREES),
        ({"view": "lower"}, LEVEL_1, Reason.DISAGREES),
        ({"ringing": "cannot", "view": "higher"}, LEVEL_1, Reason.CANNOT_RING),
        ({}, LEVEL_1 | {"outcome": "person"}, Reason.NOT_SETTLED),
        ({}, LEVEL_1 | {"outcome": "person", "reasons": ["area_not_held"]}, Reason.NO_LEVELS_HELD),
    ],
)
def test_the_reason_is_what_was_said_then_what_was_found(slots, assessed, reason):
    assert wish_of(slots, assessed).reason is reason


@pytest.mark.parametrize(("slot", "why"), [(None, ""), ("unknown", ""), ("I know them", "I know them")])
def test_the_dsls_own_reason_goes_along_if_there_is_one(slot, why):
    wish = wish_of({"view": "higher", "view_reason": slot}, LEVEL_1)
    assert (wish.view, wish.why) == ("higher", why)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_for_the_duty_worker(wording, reason):
    assert wording.say(reason.words)


# what is put in the queue


def test_the_case_carries_what_the_worker_has_to_know_first(records, desks, open_one):
    open_one(facts=Facts(answers={"in_danger": "no", "goes_home": "today", "goes_home_time": "15:30"}))
    case = desks("c1", {"view": "higher", "view_reason": "I know the family"}, NOW).case
    assert records.case(case.id) == case
    assert [listed.id for listed in records.queue("kent")] == [case.id]
    assert (case.designation, case.stage, case.handed_over_at) == ("amber heron", Stage.WAITING, NOW)
    assert (case.goes_home, case.goes_home_time) == ("today", "15:30")
    assert (case.dsl_view, case.dsl_reason) == ("higher", "I know the family")
    assert case.reason == "utter_desk_reason_disagrees"
    assert case.urgency == "red"


def test_what_was_never_said_of_going_home_is_not_known(desks, open_one):
    open_one(facts=Facts())
    assert desks("c1", {}, NOW).case.goes_home == "unknown"


def test_asking_again_with_worse_news_makes_the_case_more_urgent(records, desks, open_one):
    open_one()
    records.save_assessment("c1", LEVEL_1, Facts(), NOW)
    first = desks("c1", {}, NOW).case
    records.save_facts("c1", Facts(answers=CALM | {"goes_home": "today"}), NOW)
    again = desks("c1", {}, NOW).case
    assert (first.id, first.urgency) == (again.id, "amber")
    assert again.urgency == "red"
    assert again.due_at < first.due_at


def test_a_reason_that_must_not_be_stored_does_not_keep_a_child_waiting(wording, hours):
    records = FakeRecords(scan=lambda text, put_back: ("found",) if "Jayden" in text else ())
    create_consultation(records, create_dsl(records))
    desks = DutyDesks(FakeCounsel(records, wording), lambda: SERVED, hours.closed_days, lambda: "case-1")
    case = desks("c1", {"view": "higher", "view_reason": "Jayden is afraid"}, NOW).case
    assert records.queue("kent") == (case,)
    assert (case.dsl_view, case.dsl_reason) == ("higher", "")


def test_what_is_closed_is_not_handed_over_again(records, desks, open_one):
    open_one()
    desks("c1", {}, NOW)
    worker = create_worker(records)
    held = claim(records, "case-1", worker, NOW)
    settle(records, answer(records, replace(held, outcome_level="3"), NOW), NOW)
    with pytest.raises(IllegalMove):
        desks("c1", {}, NOW)


def test_what_is_not_there_is_not_handed_over(desks):
    with pytest.raises(NotKept):
        desks("c9", {}, NOW)


# what the DSL is told


@pytest.mark.parametrize(
    ("shown", "due", "expected", "unexpected"),
    [
        ("2026-11-23 10:00", "Tue 24 Nov 2026, 10:00", "likely to be there", "999"),
        ("2026-11-20 18:00", "Mon 23 Nov 2026, 17:00", "the night line of kent", "likely to be there"),
        ("2026-12-24 18:00", "Tue 29 Dec 2026, 17:00", "Tue 29 Dec 2026, 09:00", "likely to be there"),
    ],
)
def test_the_dsl_is_told_when_an_answer_is_due_and_who_is_there(
    desks, open_one, at, wording, shown, due, expected, unexpected
):
    open_one()
    handed_over = desks("c1", {}, at(shown))
    assert handed_over.blanks["due"] == due
    assert expected in handed_over.blanks["availability"]
    assert unexpected not in handed_over.blanks["availability"]
    lines = {"front_door_line": "the day line", "out_of_hours_line": "the night line"}
    assert due in wording.say("utter_handed_over", **handed_over.blanks, **lines)


# what a desk has set for itself


def test_a_desk_s_own_hours_closures_and_promise_are_what_it_is_held_to(records, wording, hours, open_one, at):
    open_one()
    asked_for = []

    def settings_of(area, on):
        asked_for.append((area, on))
        week = (((time(8, 30), time(16)),),) * 5 + ((),) * 2
        return DeskSettings(week=week, closed={date(2026, 11, 24): "moving"}, promise=Promised(amber_days=2))

    counsel = FakeCounsel(records, wording)
    desks = DutyDesks(counsel, lambda: SERVED, hours.closed_days, lambda: "case-1", settings_of)
    now = at("2026-11-23 16:30")  # after that desk has closed, and before others do
    handed_over = desks("c1", {}, now)

    assert set(asked_for) == {("kent", date(2026, 11, 23))}
    # Tuesday is closed, so the two days are Wednesday and Thursday.
    assert handed_over.case.due_at == at("2026-11-26 16:00")
    assert "Wed 25 Nov 2026, 08:30" in handed_over.blanks["availability"]
    assert not desks.hours_of("kent", now).is_open(now)


def test_the_day_of_a_desk_s_settings_is_england_s(records, wording, hours, at):
    days = []
    desks = DutyDesks(
        FakeCounsel(records, wording),
        lambda: SERVED,
        hours.closed_days,
        lambda: "case-1",
        lambda area, on: days.append(on) or DeskSettings(),
    )
    desks.settings_at("kent", at("2026-07-02 00:30"))  # which is still 1 July in UTC
    assert days == [date(2026, 7, 2)]
