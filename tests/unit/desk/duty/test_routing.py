"""Whose turn a case is: who knows the school first, then everybody, then the manager; nobody waits for who is away."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.consultation import Stage
from bot.desk.duty.routing import Routing, Turn, turn_of
from bot.desk.working_time import WorkingTime
from bot.knowledge.desk_settings import DeskSettings, Fallback
from tests.duty_moves import answer, claim
from tests.factories import NOW, create_consultation, create_dsl, create_worker, make_case
from tests.fakes import FakeRecords

AFTER = Fallback(link_worker=30, duty=60, manager=120)
MINUTE = timedelta(minutes=1)


class Desks:
    """The usual hours and settings, whatever the area."""

    def hours_of(self, area, now):
        return WorkingTime()

    def settings_at(self, area, now):
        return DeskSettings(fallback=AFTER)


@pytest.mark.parametrize(
    ("waited", "urgency", "here", "expected"),
    [
        (0, "green", {"link", "kim"}, Turn(frozenset({"link"}))),
        (29, "amber", {"link", "kim"}, Turn(frozenset({"link"}))),
        (30, "green", {"link", "kim"}, Turn()),
        (119, "green", {"link"}, Turn()),
        (120, "green", {"link"}, Turn(is_managers=True)),
        (0, "red", {"link", "kim"}, Turn()),
        (0, "green", {"kim"}, Turn()),
        (0, "green", set(), Turn()),
    ],
    ids=["at once", "a minute before", "half an hour on", "still", "two hours on", "red", "link worker away", "nobody"],
)
def test_a_case_is_first_for_who_knows_the_school_then_for_everybody_then_the_managers(waited, urgency, here, expected):
    case = make_case(urgency=urgency)
    assert turn_of(case, frozenset({"link"}), frozenset(here), waited * MINUTE, AFTER) == expected


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.WAITING}))
def test_what_does_not_wait_is_nobodys_turn_in_particular(stage):
    assert turn_of(make_case(stage=stage), frozenset({"link"}), frozenset({"link"}), 500 * MINUTE, AFTER) == Turn()


@pytest.fixture
def records():
    records = FakeRecords()
    dsl = create_dsl(records)
    create_consultation(records, dsl)
    create_consultation(records, dsl, id="c0", opened_at=NOW - timedelta(days=30))
    return records


def test_over_a_weekend_the_link_workers_half_hour_does_not_run_out(records):
    friday = NOW - timedelta(days=3) + timedelta(hours=6, minutes=50)  # ten to five
    sam = create_worker(records)
    records.links["c1"] = {sam.id}
    case = records.hand_over(make_case(handed_over_at=friday))
    monday = NOW - timedelta(minutes=45)  # a quarter past nine
    records.here(sam, monday)
    routing = Routing(records, records, Desks())
    assert routing.turns([case], monday)[case.id] == Turn(frozenset({sam.id}))
    records.here(sam, monday + 5 * MINUTE)
    assert routing.turns([case], monday + 5 * MINUTE)[case.id] == Turn()


def test_who_answered_the_childs_last_consultation_is_asked_first(records):
    sam, kim = create_worker(records), create_worker(records, "kim", "Kim")
    for consultation in ("c0", "c1"):
        records.mark_child(consultation, "kestrel 12", NOW)
    records.hand_over(make_case(id="before", consultation_id="c0", handed_over_at=NOW - timedelta(days=30)))
    held = claim(records, "before", sam, NOW - timedelta(days=30))
    answer(records, replace(held, outcome_level="2", outcome_reason="a reason", outcome_advice="advice"), NOW)
    case = records.hand_over(make_case())
    for worker in (sam, kim):
        records.here(worker, NOW)
    assert Routing(records, records, Desks()).turns([case], NOW)[case.id].first == {sam.id}
