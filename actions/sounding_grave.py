"""What sounds grave, and is no red flag yet, is asked about outright: the list of dangers comes again, once."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from bot.consultation import RedactedText
from bot.desk.consult import Counsel

LIST, ASKED_AGAIN = "red_flag_list", "dangers_asked_again"
_RULED_OUT = "none"
_A_TELLING = 8  # words: fewer, in which no worry is read, are an answer
# Told of somebody else, who gets a route of their own with 999 in it: kept as it was said, but the dangers to this
# child are not asked for it.
_OF_OTHERS = frozenset({"adult_at_risk", "child_writing", "parent_writing"})


def reopened(
    counsel: Counsel, dispatcher: CollectingDispatcher, slots: Mapping[str, Any], text: str, filled: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the slots that open the list of dangers again, if they were ruled out and this text sounds as if not."""
    answered = slots.get(LIST) or ()
    ruled_out = _RULED_OUT in ([answered] if isinstance(answered, str) else answered)
    if not text or not ruled_out or LIST in filled or filled.get("leaves_now") or slots.get(ASKED_AGAIN):
        return {}
    said, gathering = RedactedText(text), counsel.gathering
    is_told = len(text.split()) >= _A_TELLING or gathering.speaks_of_concern(said, as_a_whole=False)
    if not is_told or not gathering.read(said).sounds_grave:
        return {}
    dispatcher.utter_message(response="utter_sounds_grave")
    return {LIST: None, ASKED_AGAIN: True}


def told_beside(act: str, slots: Mapping[str, Any], filled: Mapping[str, Any]) -> str:
    """Return the text that an action along the way has just added to what was told of the child, if any."""
    before, after = list(slots.get("additions") or ()), list(filled.get("additions") or ())
    if act in _OF_OTHERS or len(after) <= len(before):
        return ""
    return str(after[-1])
