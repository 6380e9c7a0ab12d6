"""What is told of another child is set aside, whatever is being asked: none of it becomes the first child's."""

from typing import Any

import pytest

from tests.unit.actions.test_every_action import Drive

SECOND = "another child too, a girl in year 2 with bruises"
CALM = {"in_danger": "no", "goes_home": "this_week", "about_staff": "no", "school_alias": "none", "worry": "hungry"}
ASKED = ["red_flag_list", "open_case", "age_band", "how_known", "child_said", "injury", "sexual", "trend", "household"]


@pytest.fixture
def drive() -> Drive:
    return Drive()


def heard(drive: Drive, asked: str, text: str = SECOND, form: str = "consultation_form") -> Any:
    """Return what the form makes of a text that the dialogue heard as about another child."""
    slots = {**CALM, asked: None}
    return drive(f"validate_{form}", text=text, act="another_child", form=form, asked=asked, **slots)


@pytest.mark.parametrize("asked", [*ASKED, "understood", "answers_checked", "tried", "dsl_view"])
def test_the_form_takes_nothing_of_it(drive: Drive, asked: str) -> None:
    taken = heard(drive, asked).slots
    assert {slot: value for slot, value in taken.items() if slot not in ("requested_slot", "not_followed")} == {}
    assert drive.records.consultation("c1").facts.indicators == {}


def test_nor_does_the_reason_of_a_view(drive: Drive) -> None:
    assert "view_reason" not in heard(drive, "view_reason", form="view_form").slots


def test_it_is_set_aside_and_a_consultation_of_its_own_is_offered(drive: Drive) -> None:
    answered = drive("action_answer_question", text=SECOND, act="another_child", form="consultation_form", **CALM)
    assert answered.said == ["utter_about_another_child_told", "card"]
    assert "/another" in str(answered.responses[1]["custom"])
    assert answered.slots == {"set_aside": SECOND}
    assert "injury" not in drive.records.consultation("c1").facts.indicators


@pytest.mark.parametrize("text", ["another child told me he has bruises", "another child"])
def test_another_child_may_still_be_how_it_is_known(drive: Drive, text: str) -> None:
    assert heard(drive, "how_known", text).slots["how_known"] == "another_child"


def test_an_answer_that_was_only_heard_so_is_still_one(drive: Drive) -> None:
    assert heard(drive, "age_band", "year 2").slots["age_band"] == "5_9"
