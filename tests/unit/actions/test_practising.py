"""Practice in the actions: what is said first, what is only told of, and how it ends."""

import asyncio
from typing import Any

import pytest

from actions.running import runner
from tests.at_the_desk import make_at_hand
from tests.factories import create_consultation, create_dsl
from tests.fakes import FakeRecords

CASE = "always-hungry"
TOLD = {"child_area": "kent", "worry": "always hungry and hides food in his bag", "age_band": "5_9"}


class Practising:
    """Runs one action after another in a consultation that is practice, or in earnest."""

    def __init__(self, practice: str = CASE) -> None:
        self.records = FakeRecords()
        create_consultation(self.records, create_dsl(self.records), practice=practice)
        self._run = runner(make_at_hand(self.records))

    def __call__(self, action: str, *, text: str = "/answer", act: str = "answer", **slots: Any) -> dict[str, Any]:
        tracker = {
            "sender_id": "c1",
            "slots": {"leaves_now": False, "wants_person": False, **TOLD, **slots},
            "latest_message": {"text": text, "intent": {"name": act, "confidence": 1.0}, "entities": []},
            "events": [],
            "active_loop": {},
            "latest_action_name": "action_listen",
        }
        call = {"next_action": action, "sender_id": "c1", "tracker": tracker, "version": "3.6.21"}
        return asyncio.run(self._run(call)).model_dump()


def said(answer: dict[str, Any]) -> list[str]:
    return [response.get("response") or "card" for response in answer["responses"]]


def next_action(answer: dict[str, Any]) -> str | None:
    return next((event["name"] for event in answer["events"] if event["event"] == "followup"), None)


def test_the_opening_says_that_it_is_practice_before_anything_else():
    answer = Practising()("action_open", act="open_consultation", text="/open_consultation", worry=None)
    assert said(answer)[:3] == ["utter_practice_opening", "card", "utter_opening"]
    opening = answer["responses"][0]
    assert opening["title"] == "Always hungry since September"
    assert "hides food in his bag" in opening["story"]


def test_a_real_opening_says_nothing_of_practice():
    answer = Practising("")("action_open", act="open_consultation", text="/open_consultation", worry=None)
    assert "utter_practice_opening" not in said(answer)


def test_a_red_flag_says_first_that_it_is_practice_and_what_to_do_if_it_is_not():
    answer = Practising()("action_hard_exit", worry="his stepdad strangled him last night")
    assert said(answer)[:2] == ["utter_practice_red_flag", "utter_exit_front_door_now"]
    assert answer["responses"][0]["front_door"].startswith("03000 411111")


def test_a_real_red_flag_is_told_without_a_word_of_practice():
    answer = Practising("")("action_hard_exit", worry="his stepdad strangled him last night")
    assert said(answer)[0] == "utter_exit_front_door_now"


def test_a_hand_over_is_told_and_not_made():
    practising = Practising()
    answer = practising("action_hand_over", wants_person=True)
    assert said(answer) == ["utter_practice_handed_over"]
    assert next_action(answer) == "action_finish"
    assert practising.records.queue("kent") == ()
    assert practising.records.case_of("c1") is None


def test_where_no_desk_answers_that_is_told_too():
    answer = Practising()("action_hand_over", wants_person=True, child_area="other")
    assert said(answer) == ["utter_practice_no_desk"]


@pytest.mark.parametrize("form", ["ending_form", "waiting_form"])
def test_nobody_is_asked_to_keep_a_reference_or_to_wait(form):
    answer = Practising()(f"validate_{form}")
    assert said(answer) == []
    assert next_action(answer) == "action_finish"
    assert {"event": "slot", "timestamp": None, "name": "requested_slot", "value": None} in answer["events"]


def test_the_end_looks_back_and_then_listens():
    answer = Practising()("action_finish")
    assert said(answer) == ["card", "utter_practice_finished"]
    assert answer["responses"][0]["custom"]["title"] == "Looking back: Always hungry since September"
    assert next_action(answer) == "action_listen"


def test_a_real_end_does_not():
    answer = Practising("")("action_finish")
    assert said(answer) == ["utter_finished"]
    assert next_action(answer) is None


def test_the_questions_never_ask_for_an_alias():
    answer = Practising()("validate_consultation_form", worry=None, in_danger="no", goes_home="today", about_staff="no")
    asked = [event["value"] for event in answer["events"] if event.get("name") == "requested_slot"]
    assert asked == ["worry"]
