"""A text that sounds grave opens the list of dangers again, once, if they had been ruled out."""

from types import SimpleNamespace

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import sounding_grave
from bot.consultation import Reading


def asked_again(
    text="he would not come out from under the table", grave=True, filled=None, intent="give_answer", **slots
):
    gathering = SimpleNamespace(read=lambda words: Reading(sounds_grave=grave))
    message = {"text": text, "intent": {"name": intent}, "entities": []}
    tracker = Tracker("c1", slots, message, [], False, None, {}, "action_listen")
    said = CollectingDispatcher()
    opened = sounding_grave.reopened(SimpleNamespace(gathering=gathering), said, tracker, filled or {})
    return opened, [message["response"] for message in said.messages]


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
