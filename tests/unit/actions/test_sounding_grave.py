"""A text that sounds grave opens the list of dangers again, once, if they had been ruled out."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import sounding_grave
from actions.acknowledge import ActionAcknowledge
from actions.add_something import ActionAddSomething
from actions.answer_question import ActionAnswerQuestion
from actions.hand_over import ActionHandOver
from actions.validate_consultation import ValidateConsultationForm
from bot.consultation import Reading
from tests.at_the_desk import make_at_hand
from tests.factories import create_consultation, create_dsl
from tests.fakes import FakeRecords

HUNGRY = "we are ignored, and he is always hungry and hides food"
AGAIN = {"red_flag_list": None, "dangers_asked_again": True}


def asked_again(text="he would not come out from under the table", grave=True, filled=None, **slots):
    gathering = SimpleNamespace(read=lambda words: Reading(sounds_grave=grave))
    said = CollectingDispatcher()
    opened = sounding_grave.reopened(SimpleNamespace(gathering=gathering), said, slots, text, filled or {})
    return opened, [message["response"] for message in said.messages]


class _SoundsGrave:
    """A reader to whom every text that tells of a worry sounds grave."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def read(self, text: str, *, as_a_whole: bool = True) -> Reading:
        reading = self._reader.read(text, as_a_whole=as_a_whole)
        return replace(reading, sounds_grave=bool(reading.concerns))


def along_the_way(action: Any, act: str, text: str = HUNGRY, form: str | None = "consultation_form", **slots: Any):
    """Return the slots that the action sets and what is said, where every worry sounds grave."""
    records = FakeRecords()
    create_consultation(records, create_dsl(records))
    at_hand = make_at_hand(records)
    at_hand.counsel.gathering._reader = _SoundsGrave(at_hand.counsel.gathering._reader)
    heard = {"text": text, "intent": {"name": act}, "entities": []}
    held = {"child_area": "kent", "red_flag_list": ["none"], "requested_slot": "trend", **slots}
    tracker = Tracker("c1", held, heard, [], False, None, {"name": form} if form else {}, "action_listen")
    said = CollectingDispatcher()
    events = asyncio.run(action(at_hand).run(said, tracker, {}))
    named = [message["response"] for message in said.messages if message.get("response")]
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}, named


@pytest.mark.parametrize("ruled_out", ["none", ["none"]])
def test_the_dangers_are_asked_again_when_they_were_ruled_out(ruled_out):
    assert asked_again(red_flag_list=ruled_out) == (
        {"red_flag_list": None, "dangers_asked_again": True},
        ["utter_sounds_grave"],
    )


@pytest.mark.parametrize(
    "otherwise",
    [
        {"red_flag_list": None},
        {"red_flag_list": ["suicide"]},
        {"red_flag_list": "unknown"},
        {"red_flag_list": "none", "grave": False},
        {"red_flag_list": "none", "dangers_asked_again": True},
        {"red_flag_list": "none", "filled": {"leaves_now": True}},
        {"red_flag_list": "none", "filled": {"red_flag_list": "none"}},
        {"red_flag_list": "none", "text": ""},
    ],
)
def test_otherwise_they_are_not(otherwise):
    assert asked_again(**otherwise) == ({}, [])


def test_what_is_told_along_the_way_is_answered_first_and_then_the_dangers_are_asked() -> None:
    slots, said = along_the_way(ActionAcknowledge, "frustrated")
    assert slots.items() >= {**AGAIN, "additions": [HUNGRY]}.items()
    assert said == ["utter_frustrated", "utter_sounds_grave"]


def test_the_form_steps_aside_for_what_a_rule_answers() -> None:
    # Anything that it filled would keep the rule from answering, and the words from being kept.
    slots, said = along_the_way(ValidateConsultationForm, "frustrated")
    assert AGAIN.keys().isdisjoint(slots)
    assert said == []


@pytest.mark.parametrize("form", ["consultation_form", "view_form", "ending_form", None])
def test_what_is_added_is_kept_and_asked_about(form: str | None) -> None:
    slots, said = along_the_way(ActionAddSomething, "add_something", form=form)
    assert slots.items() >= {**AGAIN, "additions": [HUNGRY]}.items()
    assert said == ["utter_added", "utter_sounds_grave"]


@pytest.mark.parametrize(
    ("action", "act", "form"),
    [
        (ActionAcknowledge, "frustrated", "ending_form"),  # no question can be opened here
        (ActionHandOver, "ask_person", "consultation_form"),  # a person hears it
        (ActionAnswerQuestion, "another_child", "consultation_form"),  # it waits until it is said whose it is
        (ActionAnswerQuestion, "adult_at_risk", "consultation_form"),
    ],
)
def test_nothing_is_asked_again_where_it_leads_elsewhere_or_is_about_others(action: Any, act: str, form: str) -> None:
    slots, said = along_the_way(action, act, form=form)
    assert AGAIN.keys().isdisjoint(slots)
    assert "utter_sounds_grave" not in said
