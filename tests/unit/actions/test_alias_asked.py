"""The form at the school's alias: what it tells once the door says that one was given, and what it hears besides."""

from datetime import timedelta
from typing import Any

import pytest

from bot.consultation import Facts
from tests.factories import NOW, create_consultation
from tests.unit.actions.test_every_action import HUNGRY, STRANGLED, Drive

ASKED = {"form": "consultation_form", "asked": "school_alias"}


@pytest.fixture
def drive() -> Drive:
    return Drive()


def given(drive: Drive, earlier: int, answer: str = "given", **answers: Any) -> Any:
    """Answer for a child about whom there were earlier consultations, each of them assessed."""
    dsl = drive.records.person(drive.records.consultation("c1").person_id)
    for number in range(earlier):
        at = NOW - timedelta(days=20 * (number + 1))
        create_consultation(drive.records, dsl, id=f"e{number}", opened_at=at, facts=Facts({}, answers))
        drive.records.save_assessment(f"e{number}", {"exit": None, "outcome": "person", "local_code": ""}, Facts(), at)
        drive.records.mark_child(f"e{number}", "kestrel12", NOW)
    drive.records.mark_child("c1", "kestrel12", NOW)
    return drive("validate_consultation_form", entities={"school_alias": answer}, **ASKED)


def typed(drive: Drive, text: str, act: str) -> Any:
    calm = {"in_danger": "no", "goes_home": "this_week", "about_staff": "no", "worry": None}
    return drive("validate_consultation_form", text=text, act=act, **ASKED, **calm)


def test_the_first_alias_is_thanked_for_and_the_worry_is_asked(drive: Drive) -> None:
    driven = given(drive, 0)
    assert driven.said == ["utter_alias_new"]
    assert driven.slots["known_before"] is None
    assert driven.slots["school_alias"] == "given"


def test_earlier_consultations_are_told_and_become_facts_at_once(drive: Drive) -> None:
    driven = given(drive, 2, tried=("early_help_plan",))
    assert driven.said == ["utter_alias_known", "card"]
    assert driven.slots["known_before"] == ["consulted_twice", "early_help_plan"]
    assert drive.records.consultation("c1").facts.answers["tried"] == ("consulted_twice", "early_help_plan")


def test_not_now_tells_nothing_and_counts_nothing(drive: Drive) -> None:
    driven = given(drive, 2, answer="none")
    assert driven.said == []
    assert driven.slots["known_before"] is None
    assert "tried" not in drive.records.consultation("c1").facts.answers


def test_not_the_same_child_asks_again_and_counts_nothing(drive: Drive) -> None:
    held = {"school_alias": "given", "known_before": ["consulted_twice"], "tried": ["school_support"]}
    driven = drive("action_change_answer", act="change_answer", entities={"question": "school_alias"}, **held)
    assert driven.said == ["utter_alias_unlinked"]
    assert (driven.slots["school_alias"], driven.slots["known_before"]) == (None, None)
    assert driven.slots["answers_checked"] is None, "what rested on it is worked out again"
    assert drive.records.consultation("c1").facts.answers["tried"] == ("school_support",)


@pytest.mark.parametrize("act", ["describe_concern", "give_answer", "ask_consent", "nlu_fallback"])
def test_a_worry_told_instead_is_the_worry_and_the_alias_is_asked_no_more(drive: Drive, act: str) -> None:
    driven = typed(drive, HUNGRY, act)
    assert driven.slots["worry"] == HUNGRY
    assert driven.slots["school_alias"] == "none"


@pytest.mark.parametrize(
    ("text", "act"),
    [("no", "deny"), ("dont know", "unsure"), ("skip", "skip_question"), ("he tried it", "nlu_fallback")],
)
def test_what_is_no_alias_and_no_worry_goes_on_to_the_worry(drive: Drive, text: str, act: str) -> None:
    driven = typed(drive, text, act)
    assert driven.slots["school_alias"] == "none"
    assert "worry" not in driven.slots
    assert driven.slots["requested_slot"] == "worry"


def test_a_red_flag_told_instead_ends_the_questions(drive: Drive) -> None:
    assert typed(drive, STRANGLED, "describe_concern").slots["leaves_now"] is True


@pytest.mark.parametrize("act", ["ask_why", "ask_person", "ask_what_is_this", "stop_for_now"])
def test_a_digression_leaves_the_question_open(drive: Drive, act: str) -> None:
    driven = typed(drive, "what is this about", act)
    assert "school_alias" not in driven.slots
