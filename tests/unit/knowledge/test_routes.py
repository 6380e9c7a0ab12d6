"""Duties in law are data: dated, sourced, with a switch that only a document can turn on."""

from datetime import date

import pytest

from bot.consultation import HardExit
from bot.knowledge import PackError, load_national
from bot.knowledge.routes import load_routes
from bot.knowledge.rules import load_questions
from bot.knowledge.shared import folder, shared

ON = date(2026, 11, 21)
FILE = "national/england/routes.yml"
ENCOMPASS = "source: encompass-2025"


def _routes(root, on=ON):
    held = shared(root)
    questions = load_questions(folder(root) / "questions.yml", held.indicators, held.sources, on)
    return {
        route.id: route
        for route in load_routes(folder(root) / "routes.yml", held.indicators, questions, held.sources, on)
    }


def test_every_duty_that_the_field_asks_for_is_there(root):
    assert _routes(root).keys() >= {
        "fgm_duty",
        "fgm_risk",
        "prevent_channel",
        "lado",
        "low_level_staff_concern",
        "trafficking_nrm",
        "private_fostering",
        "operation_encompass",
        "information_sharing_duty",
        "sexual_abuse_reporting_duty",
        "referral_follow_up",
        "young_carer_assessment",
        "children_missing_education",
        "home_education",
        "homeless_16_17",
    }


def test_a_duty_whose_start_nobody_has_confirmed_is_off(root):
    off = {route.id for route in _routes(root).values() if not route.is_on}
    assert off == {"information_sharing_duty", "sexual_abuse_reporting_duty", "home_education_consent"}


def test_a_duty_that_is_off_says_who_has_to_confirm_it(root):
    for route in _routes(root).values():
        assert route.is_on or "has to confirm" in route.confirmed, route.id


def test_the_fgm_duty_is_the_teachers_own(root):
    route = _routes(root)["fgm_duty"]
    assert route.exit is HardExit.POLICE_101
    assert "teacher" in route.who
    assert "101" in route.must
    assert route.within == "by the close of the next working day"


def test_no_route_tells_a_school_that_a_name_may_be_kept_back(root):
    for route in _routes(root).values():
        said = f"{route.must} {route.within} {route.who}".lower()
        assert not any(words in said for words in ("need not", "no need to", "may keep", "right to")), route.id


def test_what_a_route_never_does_is_said_as_never(root):
    for route in _routes(root).values():
        assert route.never.startswith("Never "), route.id


def test_a_route_that_ends_the_consultation_has_a_red_flag_of_the_same_kind(root):
    exits = {flag.exit for flag in load_national(root, ON).red_flags}
    assert {route.exit for route in _routes(root).values() if route.exit} <= exits


def test_before_its_first_day_a_duty_is_not_there(root):
    assert "operation_encompass" not in _routes(root, date(2025, 11, 6))
    assert "operation_encompass" in _routes(root, date(2025, 11, 7))


def test_a_duty_is_switched_on_from_a_day_without_code(copy, edit):
    edit(
        FILE,
        "  information_sharing_duty:\n    values:\n",
        _later_value("switch: on", "confirmed_by: wellbeing-act-2026"),
    )
    assert not _routes(copy, date(2027, 3, 31))["information_sharing_duty"].is_on
    assert _routes(copy, date(2027, 4, 1))["information_sharing_duty"].is_on


def test_a_duty_can_be_withdrawn(copy, edit):
    edit(
        FILE,
        "  operation_encompass:\n    values:\n",
        "  operation_encompass:\n    values:\n      2027-01-01: withdrawn\n",
    )
    assert "operation_encompass" not in _routes(copy, date(2027, 1, 1))


BROKEN = {
    "on without a document": ("        confirmed_by: fgm-procedural-2020\n", "", "nobody has confirmed"),
    "confirmed by no document": ("confirmed_by: fgm-procedural-2020", "confirmed_by: hearsay", "is not one of"),
    "off, yet confirmed": ("switch: off", "switch: off\n        confirmed_by: kcsie-2025", "is not confirmed by"),
    "neither on nor off": ("switch: off", "switch: maybe", "is not one of: on, off"),
    "without what is known of it": ("        confirmed: In force", "        # In force", "'confirmed' is missing"),
    "without what must never be done": ("        never: Never let", "        # Never let", "'never' is missing"),
    "without a time": ("        within: by the close", "        # within: by the close", "'within' is missing"),
    "with a source that nobody has": (ENCOMPASS, "source: a-friend", "is in no sources.yml"),
    "for an unknown sign": ("indicators: [fgm_disclosed]", "indicators: [fgm_told]", "is not an indicator"),
    "for an unknown answer": ("red_flag_list: [exploited]", "red_flag_list: [used]", "is not one of"),
    "for nothing": ("        - {indicators: [young_carer]}\n", "        - {}\n", "names at least one"),
    "with a strange exit": ("exit: police_101", "exit: police_111", "is not one of"),
    "with a strange key": ("within: one working day\n", "within: a day\n        by: head\n", "not a known key"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "why"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_route_is_refused_with_its_line(copy, edit, old, new, why):
    edit(FILE, old, new)
    with pytest.raises(PackError, match=r"routes\.yml, line \d+:.*" + why):
        _routes(copy)


WHERE_SILENT = {
    "a floor": ("kind: floor, floor: 3, section: not", "kind: floor, where_silent: true, floor: 3, section: not"),
    "unknowns counted": ("kind: person, core_unknown: 3,", "kind: person, where_silent: true, core_unknown: 3,"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new"), WHERE_SILENT.values(), ids=WHERE_SILENT.keys())
def test_only_a_person_can_count_just_where_the_area_is_silent(copy, edit, old, new):
    edit("national/england/adjustments.yml", old, new)
    with pytest.raises(PackError, match="only kind 'person' with 'when'"):
        load_national(copy, ON)


def test_what_must_always_go_to_a_person_does_not_depend_on_what_an_area_publishes(root):
    always = {a.id for a in load_national(root, ON).adjustments if a.kind == "person" and not a.where_silent}
    assert always == {
        "too_many_unknown",
        "may_be_private_fostering",
        "honour_or_belief_to_weigh",
        "injury_and_baby_at_home",
    }


def _later_value(*lines):
    """Return the start of the information-sharing duty with one more value, in force from April 2027."""
    rest = (
        'name: "Sharing"', "confirmed: The regulations were read.", "who: Schools", "must: Pass it on.",
        "within: at once", "never: Never hold back a name.", "source: wellbeing-act-2026",
        "section: section 4", "when: [{answers: {in_danger: [unknown]}}]",
    )  # fmt: skip
    value = "".join(f"        {line}\n" for line in (*lines, *rest))
    return "  information_sharing_duty:\n    values:\n      2027-04-01:\n" + value
