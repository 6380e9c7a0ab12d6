"""What is said of the child after the answers were checked is looked at again, whatever act the model heard."""

import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.not_followed import ActionNotFollowed
from tests.at_the_desk import make_at_hand
from tests.factories import create_consultation, create_dsl
from tests.fakes import FakeRecords


def _not_followed(text: str, form: str | None) -> tuple[dict[str, Any], list[str]]:
    """Return the slots that are set and the action that follows."""
    records = FakeRecords()
    create_consultation(records, create_dsl(records))
    heard = {"text": text, "intent": {"name": "nlu_fallback", "confidence": 1.0}, "entities": []}
    slots = {"answers_checked": "yes", "view": "agree", "requested_slot": "anything_else"}
    loop = {"name": form} if form else {}
    tracker = Tracker("c1", slots, heard, [], False, None, loop, "action_listen")
    events = asyncio.run(ActionNotFollowed(make_at_hand(records)).run(CollectingDispatcher(), tracker, {}))
    followed = [event["name"] for event in events if event["event"] == "followup"]
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}, followed


@pytest.mark.parametrize("form", ["ending_form", "view_form", None])
def test_a_worry_that_was_not_followed_opens_the_answers_again(form: str | None) -> None:
    slots, followed = _not_followed("no, but he is hungry at weekends too", form)
    assert slots["additions"] == ["no, but he is hungry at weekends too"]
    assert slots["answers_checked"] is None
    assert followed == ["consultation_form"]


def test_what_says_nothing_of_the_child_is_asked_again() -> None:
    slots, followed = _not_followed("qwzx blorp vrt", "ending_form")
    assert "additions" not in slots
    assert followed == ["ending_form"]
