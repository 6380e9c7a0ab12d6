"""What to see to when a child moves on, or when consent is refused."""

from datetime import date
from pathlib import Path

import pytest

from bot.consultation import Facts, Status
from bot.early_help import is_due_to_be_checked, transitions
from bot.knowledge import load_national

ON = date(2026, 11, 22)
NATIONAL = load_national(Path(__file__).parents[3] / "knowledge_base", ON)
HELD = NATIONAL.transitions


def told(indicators=(), status=Status.PRESENT, **answers):
    facts = Facts(dict.fromkeys(indicators, status), answers)
    return [one.id for one in transitions(facts, NATIONAL)]


FOUND = [
    ((), {"age_band": "16_17"}, "nearly_18"),
    ((), {"age_band": "10_12"}, "starting_secondary"),
    ((), {"age_band": "1_4"}, "starting_school"),
    ((), {"parents_know": "refuse"}, "consent_refused"),
    (("parents_refuse_help",), {"parents_know": "agree"}, "consent_refused"),
    ((), {"parents_know": "would_raise_risk"}, "consent_not_to_be_asked"),
    (("permanently_excluded",), {}, "moving_school"),
    (("family_homeless_or_eviction",), {}, "moving_area"),
    (("home_educated_serious",), {}, "taught_at_home"),
    (("kicked_out",), {}, "leaving_a_parents_care"),
    ((), {"parental_factors": ("substance_misuse", "prison")}, "leaving_a_parents_care"),
]
LEFT_ALONE = [
    ((), {"age_band": "13_15"}, "nearly_18"),
    ((), {"age_band": "unknown"}, "nearly_18"),
    ((), {"parents_know": "agree"}, "consent_refused"),
    (("hungry_often",), {}, "moving_school"),
    ((), {"parental_factors": ("substance_misuse",)}, "leaving_a_parents_care"),
]


@pytest.mark.parametrize(("indicators", "answers", "transition"), FOUND)
def test_what_applies_is_told(indicators, answers, transition):
    assert transition in told(indicators, **answers)


@pytest.mark.parametrize(("indicators", "answers", "transition"), LEFT_ALONE)
def test_what_does_not_apply_is_left_out(indicators, answers, transition):
    assert transition not in told(indicators, **answers)


def test_nothing_known_tells_nothing():
    assert told() == []


def test_a_doubt_about_where_the_child_lives_is_enough_and_a_no_is_not():
    assert "leaving_a_parents_care" in told(("kicked_out",), Status.UNSURE)
    assert told(("kicked_out",), Status.ABSENT) == []


@pytest.mark.parametrize("sign", ["forced_marriage_risk", "honour_threat", "fabricated_illness"])
@pytest.mark.parametrize("status", [Status.PRESENT, Status.UNSURE])
def test_nobody_goes_back_to_the_parents_for_consent_where_they_must_not_hear(sign, status):
    assert "consent_refused" not in told((sign,), status, parents_know="refuse")


def test_a_refusal_is_not_talked_over_again_with_parents_who_would_raise_the_risk():
    assert told(("parents_refuse_help",), parents_know="would_raise_risk") == ["consent_not_to_be_asked"]


def test_the_file_goes_within_five_days():
    (moving,) = [one for one in HELD if one.id == "moving_school"]
    assert moving.within.startswith("5 days")
    assert "receipt" in moving.what[0]


def test_each_has_its_source_and_a_day_to_be_checked_by():
    assert [one.id for one in HELD if not one.citation.title or is_due_to_be_checked(one, ON)] == []


def test_each_begins_with_a_step_and_ends_in_time():
    assert [one.id for one in HELD if len(one.what) < 2 or not one.within] == []
