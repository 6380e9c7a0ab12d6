"""The shared vocabulary and what does not vary between areas."""

import pytest

from bot.consultation import HardExit
from bot.knowledge import load_national
from bot.knowledge.vocabulary import CATEGORIES, STRENGTHS


@pytest.fixture(scope="module")
def national(root, on):
    return load_national(root, on)


def test_every_category_has_indicators(national):
    assert {i.category for i in national.indicators.values()} == {*CATEGORIES, STRENGTHS}
    assert len(CATEGORIES) == 17


def test_implications_are_closed_over(national):
    severe = national.indicators["neglect_severe"].implies

    assert {"neglect_chronic", "neglect_emerging"} <= severe
    for indicator in national.indicators.values():
        further = frozenset().union(*(national.indicators[i].implies for i in indicator.implies))
        assert further <= indicator.implies, indicator.id
        assert indicator.id not in indicator.implies


def test_words_can_follow_you_told_me(national):
    for indicator in national.indicators.values():
        assert indicator.words == indicator.words.strip()
        assert not indicator.words.endswith("."), indicator.id
        assert len(indicator.words.split()) <= 20, indicator.id


# What is at the top level, or an automatic referral, in every list in which it appears.
NEVER_VARIES = {
    "injury of a baby who cannot move about": "non_mobile_injury",
    "an allegation of physical abuse": "hitting_disclosed",
    "an allegation of sexual abuse": "sexual_abuse_disclosed",
    "sexual activity under 13": "under_13_sexual_activity",
    "a suicide plan": "suicide_plan",
    "a suicide attempt": "suicide_attempt",
    "abandonment": "abandoned",
    "imminent FGM": "fgm_risk_imminent",
    "harm over honour": "honour_threat",
    "a risky adult joining the household": "risky_adult_in_home",
    "refusal of medical care": "medical_care_refused",
    "trafficking": "trafficking",
}

RAISES_AT_ONCE = {
    "injury_unexplained",
    "injury_does_not_fit",
    "frightened_to_go_home",
    "left_alone_young",
    "parent_absent",
    "strangled",
    "weapon_used_at_home",
    "domestic_abuse_baby",
    "domestic_abuse_pregnant",
    "domestic_abuse_serious_assault",
    "threat_to_kill",
    "parent_under_influence_now",
    "fgm_risk",
    "forced_marriage_risk",
    "sexual_exploitation",
    "criminal_exploitation",
    "carries_knife",
    "firearm",
    "drug_running",
    "extremism_travel",
    "fabricated_illness",
    "being_moved_to_avoid_help",
    "unborn_known_risk_parent",
}

AT_ONCE = {HardExit.EMERGENCY, HardExit.FRONT_DOOR_NOW}


def _exits(national, indicator):
    held = {indicator, *national.indicators[indicator].implies}
    return {flag.exit for flag in national.red_flags if not flag.answers and flag.indicators <= held}


@pytest.mark.parametrize("indicator", NEVER_VARIES.values(), ids=NEVER_VARIES.keys())
def test_what_never_varies_ends_the_consultation(national, indicator):
    assert _exits(national, indicator) & AT_ONCE


@pytest.mark.parametrize("indicator", sorted(RAISES_AT_ONCE))
def test_what_has_to_be_raised_at_once_ends_the_consultation(national, indicator):
    assert _exits(national, indicator) & AT_ONCE


OWN_ROUTES = {
    "fgm_disclosed": HardExit.POLICE_101,
    "fgm_signs_seen": HardExit.POLICE_101,
    "staff_harmed_child": HardExit.LADO,
    "private_fostering": HardExit.PRIVATE_FOSTERING,
}


@pytest.mark.parametrize(("indicator", "route"), OWN_ROUTES.items())
def test_what_has_its_own_route_takes_it(national, indicator, route):
    assert _exits(national, indicator) == {route}


# Worries of every day, for which a level or a person is the answer.
NO_FLAG = [
    "hungry_often",
    "dirty_or_smelly_often",
    "late_often",
    "absence_persistent",
    "self_harm",
    "bullied",
    "young_carer",
    "dental_decay_untreated",
    "online_use_risky",
    "sexual_behaviour_early",
    "injury",
]


@pytest.mark.parametrize("indicator", NO_FLAG)
def test_an_everyday_worry_does_not_end_the_consultation(national, indicator):
    assert _exits(national, indicator) == set()


def test_every_danger_sign_that_can_be_ticked_ends_the_consultation(national):
    ticked = set(national.questions["red_flag_list"].options) - {"none", "unknown"}
    flagged = {v for flag in national.red_flags for v in flag.answers.get("red_flag_list", ())}

    assert flagged == ticked


def test_too_many_unknowns_is_a_number_in_the_data(national):
    (limit,) = [a.core_unknown for a in national.adjustments if a.core_unknown]
    core = [q for q in national.questions.values() if q.core]

    assert 1 < limit < len(core)


def test_raises_and_floors_say_on_what_they_rest(national):
    assert {a.kind for a in national.adjustments} == {"raise", "floor", "person"}
    assert {a.floor for a in national.adjustments if a.kind == "floor"} == {3}
    assert {a.basis for a in national.adjustments} <= {"published", "professional_judgement"}


def test_unknown_is_an_answer_to_every_question(national):
    assert all("unknown" in question.options for question in national.questions.values())
    assert list(national.questions)[:4] == ["in_danger", "goes_home", "about_staff", "worry"]
