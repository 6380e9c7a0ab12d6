"""The same facts in two areas: the guide's whole table, what does not vary, and which rows make the difference."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.consultation import Facts, Neutral, Outcome, Status
from bot.knowledge import areas
from bot.knowledge.model import Pack
from bot.thresholds import assess, facts_from
from bot.thresholds.comparing import compare, differences
from bot.thresholds.unheld import AREA_NOT_HELD, assess_unheld
from tests.at_the_desk import ROOT, national, pack_of
from tests.factories import NOW

ON = NOW.date()
CASES = yaml.load(Path("tests/cases/comparison.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
HELD = tuple(area.slug for area in areas(ROOT))
KENT, BUCKS, HAMPSHIRE, MEDWAY = "kent", "buckinghamshire", "hampshire", "medway"


def pack(area: str) -> Pack:
    return pack_of(area, ON)


def told(facts: dict[str, Any]) -> Facts:
    return facts_from(facts, national())


@cache
def listed(first: str, second: str) -> tuple:
    return differences(pack(first), pack(second), national())


# the guide's table


@pytest.mark.parametrize("line", CASES["lines"], ids=lambda line: line["name"])
def test_the_same_facts_come_out_at_the_level_that_each_area_publishes(line: dict[str, Any]) -> None:
    found = {area: assess(told(line["facts"]), pack(area), national(), ON) for area in line["there"]}
    assert {area: one.level.code for area, one in found.items() if one.level} == line["there"]
    if "exit" in line:
        assert {one.hard_exit for one in found.values()} == {line["exit"]}
    assert all(one.outcome is not Outcome.PERSON for one in found.values())


@pytest.mark.parametrize("line", CASES["does_not_vary"], ids=lambda line: line["name"])
@pytest.mark.parametrize("area", HELD)
def test_what_does_not_vary_is_an_exit_or_significant_harm_everywhere(area: str, line: dict[str, Any]) -> None:
    found = assess(told(line["facts"]), pack(area), national(), ON)
    reaches = found.level is not None and max(found.level.neutral) is Neutral.N4
    assert found.outcome is Outcome.EXIT or reaches


def test_an_area_that_is_said_not_to_be_held_is_not() -> None:
    assert not {one["area"] for one in CASES["not_tried"]} & set(HELD)


# compare


def test_the_rows_that_make_the_difference_are_named_on_both_sides() -> None:
    found = compare(told({"self_harm": "yes"}), pack(KENT), pack(BUCKS), national(), ON)
    assert found.differs
    assert [row.level.code for row in found.only_first] == ["2"]
    assert found.only_second[0].level.code == "4"
    assert all(row.citation.title for row in (*found.only_first, *found.only_second)), "and from where"


def test_the_other_way_round_it_is_the_same_difference() -> None:
    facts = told({"self_harm": "yes", "hungry_often": "yes"})
    one = compare(facts, pack(KENT), pack(BUCKS), national(), ON)
    other = compare(facts, pack(BUCKS), pack(KENT), national(), ON)
    assert (one.first, one.only_first, one.differs) == (other.second, other.only_second, other.differs)


@pytest.mark.parametrize("area", HELD)
def test_an_area_does_not_differ_from_itself(area: str) -> None:
    found = compare(told({"hungry_often": "yes", "suspension": "yes"}), pack(area), pack(area), national(), ON)
    assert not found.differs
    assert not found.only_first
    assert not found.only_second
    assert listed(area, area) == ()


def test_a_danger_sign_is_no_difference() -> None:
    found = compare(told({"strangled": "yes"}), pack(KENT), pack(MEDWAY), national(), ON)
    assert found.first.hard_exit is found.second.hard_exit
    assert all(row.level.code for row in (*found.only_first, *found.only_second)), "red flags are the same everywhere"


def test_an_area_without_levels_gives_none_beside_one_that_has_them() -> None:
    found = compare(told({"hungry_often": "yes"}), pack(KENT), pack(MEDWAY), national(), ON)
    assert found.first.outcome is Outcome.LEVEL
    assert found.second.outcome is Outcome.PERSON
    assert found.differs


# everything that two areas place differently


def test_a_listed_difference_is_one_of_height_or_of_silence() -> None:
    assert listed(KENT, HAMPSHIRE), "they differ in much"
    for one in listed(KENT, HAMPSHIRE):
        sides = [side for side in (one.first, one.second) if side is not None]
        heights = {side.level.neutral for side in sides}
        assert len(heights) > 1 or any(side.basis == "national" for side in sides) or len(sides) == 1


def test_what_one_area_is_silent_about_is_shown_as_national() -> None:
    silent = [one for one in listed(KENT, BUCKS) if one.second is not None and one.second.basis == "national"]
    assert silent
    own = {row.id for row in pack(BUCKS).rows}
    assert not any(one.second.row in own for one in silent)


def test_differences_stand_together_by_category() -> None:
    categories = [one.category for one in listed(KENT, BUCKS)]
    assert len(set(categories)) == sum(a != b for a, b in zip(["", *categories], categories, strict=False))


def test_the_guides_difference_in_self_harm_is_listed() -> None:
    heights = {
        (one.first.level.code, one.second.level.code)
        for one in listed(KENT, BUCKS)
        if one.first and one.second and one.words == national().indicators["self_harm"].words
    }
    assert heights == {("2", "4")}


# an area that is not held


def test_an_area_that_is_not_held_gets_no_level_and_says_why() -> None:
    found = assess_unheld(told({"hungry_often": "yes"}), "other", national(), ON)
    assert found.outcome is Outcome.PERSON
    assert found.reasons[0] == AREA_NOT_HELD
    assert found.area == "other"
    assert found.level in national().floor.levels, "how far the national floor reaches, for whoever takes it up"


def test_a_danger_sign_ends_it_in_an_area_that_is_not_held_too() -> None:
    found = assess_unheld(told({"strangled": "yes"}), "other", national(), ON)
    assert found.outcome is Outcome.EXIT
    assert found.hard_exit is not None


@pytest.mark.parametrize("status", [Status.UNSURE, Status.PRESENT])
def test_the_national_floor_is_never_lower_for_a_doubt(status: Status) -> None:
    known = assess_unheld(told({"hungry_often": "yes"}), "other", national(), ON)
    more = Facts({"hungry_often": Status.PRESENT, "self_harm": status})
    assert assess_unheld(more, "other", national(), ON).level.rank >= known.level.rank
