"""In which order cases stand, and that the page says why."""

from datetime import timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bot.consultation import Stage
from bot.desk.duty.ordering import in_order, place, standing
from tests.factories import NOW, make_case

HOUR = timedelta(hours=1)
cases = st.builds(
    make_case,
    id=st.uuids().map(str),
    urgency=st.sampled_from(["red", "amber", "green"]),
    handed_over_at=st.integers(-90, 0).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    due_at=st.integers(-90, 600).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    goes_home=st.sampled_from(["today", "this_week", "unknown"]),
    goes_home_time=st.sampled_from(["", "09:00", "15:30", "17:45"]),
    stage=st.sampled_from([Stage.WAITING, Stage.CLAIMED]),
)


@given(st.lists(cases, max_size=8, unique_by=lambda case: case.id))
def test_what_is_more_urgent_never_stands_lower(queue):
    ranks = [["red", "amber", "green"].index(case.urgency) for case in in_order(queue, NOW)]
    assert ranks == sorted(ranks)


@given(st.lists(cases, max_size=8, unique_by=lambda case: case.id), st.randoms())
def test_the_order_does_not_hang_on_how_the_cases_came(queue, chance):
    shuffled = list(queue)
    chance.shuffle(shuffled)
    assert in_order(queue, NOW) == in_order(shuffled, NOW)


@given(cases, st.lists(cases, max_size=6, unique_by=lambda case: case.id))
def test_a_sooner_due_time_never_moves_a_case_down(case, others):
    others = [other for other in others if other.id != case.id]
    sooner = make_case(**{name: getattr(case, name) for name in case.__slots__} | {"due_at": case.due_at - HOUR})
    before = in_order([case, *others], NOW).index(case)
    assert in_order([sooner, *others], NOW).index(sooner) <= before


def test_a_child_who_goes_home_soon_stands_before_an_earlier_case_that_is_due_later():
    first = make_case(id="first", urgency="red", handed_over_at=NOW - HOUR, due_at=NOW + 3 * HOUR)
    goes_home = make_case(
        id="home", urgency="red", due_at=NOW + 4 * HOUR, goes_home="today", goes_home_time="11:30"
    )
    assert [case.id for case in in_order([first, goes_home], NOW)] == ["home", "first"]


def test_what_has_been_answered_stands_below_what_has_not():
    answered = make_case(id="answered", urgency="red", stage=Stage.ANSWERED)
    assert in_order([answered, make_case(id="green")], NOW)[-1] == answered


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"due_at": NOW + timedelta(minutes=42)}, "the answer is due in 42 min"),
        ({"due_at": NOW - timedelta(hours=2, minutes=5)}, "the answer is late by 2 h 5 min"),
        ({"goes_home": "today", "goes_home_time": "10:42"}, "the child goes home at 10:42, in 42 min"),
        ({"stage": Stage.ANSWERED}, "answered, and not settled yet"),
    ],
)
def test_the_page_says_why_a_case_stands_where_it_stands(wording, changed, expected):
    case = make_case(urgency="amber", handed_over_at=NOW - timedelta(minutes=70), **changed)
    words = [wording.say(name, **blanks) for name, blanks in standing(case, NOW).reasons]
    assert words == ["Amber: after red", expected, "came in 1 h 10 min ago"]


def test_how_long_a_dsl_has_waited_for_who_claimed_it_is_said(wording):
    case = make_case(stage=Stage.CLAIMED, claimed_by="w")
    words = [wording.say(name, **blanks) for name, blanks in standing(case, NOW, NOW - HOUR).reasons]
    assert "the DSL has waited 1 h for a word" in words


def test_the_place_in_the_queue_counts_only_those_that_nobody_has():
    mine = make_case(id="mine", urgency="amber")
    queue = [
        mine,
        make_case(id="red", urgency="red"),
        make_case(id="taken", urgency="red", stage=Stage.CLAIMED),
        make_case(id="green"),
    ]
    assert place(mine, queue, NOW) == 2
