"""What is said of the child after the answers were checked is looked at again, whatever act the model heard."""

import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.acknowledge import ActionAcknowledge
from actions.answer_question import ActionAnswerQuestion
from actions.not_followed import ActionNotFollowed
from tests.at_the_desk import make_at_hand, wording
from tests.factories import create_consultation, create_dsl
from tests.fakes import FakeRecords


def _not_followed(text: str, form: str | None, **held: Any) -> tuple[dict[str, Any], list[str], list[str]]:
    """Return the slots that are set, the action that follows and what is said."""
    return _driven(ActionNotFollowed, "nlu_fallback", text, form, **held)


def _driven(
    action: Any, act: str, text: str, form: str | None, **held: Any
) -> tuple[dict[str, Any], list[str], list[str]]:
    records = FakeRecords()
    create_consultation(records, create_dsl(records))
    heard = {"text": text, "intent": {"name": act, "confidence": 1.0}, "entities": []}
    slots = {"answers_checked": "yes", "view": "agree", "requested_slot": "anything_else", **held}
    loop = {"name": form} if form else {}
    tracker = Tracker("c1", slots, heard, [], False, None, loop, "action_listen")
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action(make_at_hand(records)).run(dispatcher, tracker, {}))
    followed = [event["name"] for event in events if event["event"] == "followup"]
    said = [message["response"] for message in dispatcher.messages]
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}, followed, said


@pytest.mark.parametrize("form", ["ending_form", "view_form", None])
@pytest.mark.parametrize("text", ["no, but he is hungry at weekends too", "oh and he has no winter coat"])
def test_a_worry_that_was_not_followed_opens_the_answers_again(text: str, form: str | None) -> None:
    slots, followed, said = _not_followed(text, form)
    assert slots["additions"] == [text]
    assert slots["answers_checked"] is None
    assert followed == ["consultation_form"]
    assert said == ["utter_added"]


def test_what_says_nothing_of_the_child_is_asked_again() -> None:
    slots, followed, _ = _not_followed("qwzx blorp vrt", "ending_form")
    assert "additions" not in slots
    assert followed == ["ending_form"]


def test_after_the_end_what_says_nothing_of_the_child_is_told_how_to_go_on() -> None:
    slots, followed, said = _not_followed("qwzx blorp vrt", None)
    assert said == ["utter_not_followed_after_the_end"]
    assert (slots, followed) == ({"not_followed": 1}, ["action_listen"])


def test_the_ways_on_after_the_end_are_to_add_to_start_another_and_a_person() -> None:
    offered = [payload for _, payload in wording().buttons("utter_not_followed_after_the_end")]
    assert offered == ["/add_something", "/another_child", "/ask_person"]
    assert "999" in wording().say("utter_not_followed_after_the_end", front_door_line="")


def test_the_third_time_after_the_end_a_person_comes() -> None:
    _, followed, said = _not_followed("qwzx blorp vrt", None, not_followed=2)
    assert (said, followed) == (["utter_stuck_hand_over"], ["ending_form"])


@pytest.mark.parametrize(("action", "act"), [(ActionAcknowledge, "frustrated"), (ActionAnswerQuestion, "ask_consent")])
@pytest.mark.parametrize(("form", "followed"), [(None, ["consultation_form"]), ("ending_form", [])])
def test_a_worry_beside_a_question_after_the_end_opens_the_answers_again(
    action: Any, act: str, form: str | None, followed: list[str]
) -> None:
    text = "do i tell mum, he is hungry at weekends too"
    slots, then, said = _driven(action, act, text, form)
    assert slots["additions"] == [text]
    assert then == followed
    assert ("answers_checked" in slots) is ("utter_added" in said) is (form is None)


def test_a_question_after_the_end_opens_nothing() -> None:
    slots, then, said = _driven(ActionAnswerQuestion, "ask_consent", "do I need consent", None)
    assert (slots, then, said) == ({}, [], ["utter_about_ask_consent"])
