"""England's pack: a row for every sign of the vocabulary, and the combinations that hold everywhere."""

from datetime import date
from itertools import combinations

import pytest

from bot.consultation import HardExit, Neutral
from bot.knowledge import load_area, load_national

ON = date(2026, 11, 21)
DANGER = {HardExit.EMERGENCY, HardExit.FRONT_DOOR_NOW, HardExit.POLICE_101}


@pytest.fixture(scope="module")
def national(root):
    return load_national(root, ON)


@pytest.fixture(scope="module")
def england(root):
    return load_area(root, "england", ON)


@pytest.fixture(scope="module")
def neutral(england):
    """Return the neutral level of each indicator's own row."""
    own = [row for row in england.rows if not row.everywhere]
    assert all(len(row.needs) == 1 and len(row.needs[0]) == 1 for row in own)
    levels = {next(iter(row.needs[0])): max(row.level.neutral) for row in own}
    assert len(levels) == len(own), "an indicator has two rows"
    return levels


def test_every_sign_of_the_vocabulary_has_a_row(national, neutral):
    assert national.indicators.keys() - neutral.keys() == set()


def test_no_sign_stands_lower_than_a_milder_one_that_it_implies(national, neutral):
    lower = [
        (indicator.id, milder)
        for indicator in national.indicators.values()
        for milder in indicator.implies
        if neutral[milder] > neutral[indicator.id]
    ]
    assert lower == []


def test_a_sign_that_alone_is_a_danger_stands_at_the_top(national, neutral):
    alone = {
        next(iter(flag.indicators))
        for flag in national.red_flags
        if flag.exit in DANGER and not flag.answers and len(flag.indicators) == 1
    }
    assert {i: neutral[i] for i in alone if neutral[i] is not Neutral.N4} == {}


def test_what_does_not_vary_between_areas_stands_at_the_top(neutral):
    same_everywhere = (
        "non_mobile_injury", "sexual_abuse_disclosed", "hitting_disclosed", "physical_abuse_alleged",
        "under_13_sexual_activity", "suicide_plan", "suicide_attempt", "abandoned", "fgm_risk_imminent",
        "honour_threat", "risky_adult_in_home", "medical_care_refused", "trafficking",
    )  # fmt: skip
    assert {neutral[i] for i in same_everywhere} == {Neutral.N4}


def test_only_strengths_stand_at_the_lowest_level(national, neutral):
    lowest = {national.indicators[i].category for i, level in neutral.items() if level is Neutral.N1}
    assert lowest == {"strengths"}


def test_not_everything_that_worries_a_school_is_more_than_early_help(neutral):
    worries = [level for level in neutral.values() if level is not Neutral.N1]
    assert worries.count(Neutral.N2) > len(worries) / 5


def test_a_combination_is_more_than_one_thing(national, england):
    """Nothing said alone may satisfy one, not even through what it implies."""
    for row in (row for row in england.rows if row.everywhere and not row.given):
        for needed in row.needs:
            assert len(needed) > 1, row.id
            for one in national.indicators.values():
                assert not needed <= {one.id, *one.implies}, (row.id, one.id)


def test_a_combination_is_higher_than_its_parts_or_keeps_them_from_being_raised_twice(england, neutral):
    """A combination that says no more than its parts is no row worth having."""
    for row in (row for row in england.rows if row.everywhere):
        rank = max(row.level.neutral)
        assert row.weighed or any(max(neutral[i] for i in needed) < rank for needed in row.needs), row.id


def test_no_part_of_a_combination_is_named_for_what_another_part_implies(national, england):
    for row in (row for row in england.rows if row.everywhere):
        for needed in row.needs:
            for one, other in combinations(sorted(needed), 2):
                assert one not in national.indicators[other].implies, (row.id, one, other)
                assert other not in national.indicators[one].implies, (row.id, one, other)


def test_only_england_has_rows_that_count_everywhere(root, national):
    assert national.floor is not None
    assert not any(row.everywhere for row in load_area(root, "oxfordshire", ON).rows)


def test_answers_and_raises_that_a_combination_names_exist(national, england):
    raises = {adjustment.id for adjustment in national.adjustments if adjustment.kind == "raise"}
    for row in england.rows:
        assert row.weighed <= raises, row.id
        for question, values in row.given.items():
            assert values <= national.questions[question].options.keys(), row.id
