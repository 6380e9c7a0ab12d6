"""What sounds grave, and is no red flag yet, is asked about outright: the list of dangers comes again, once."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from bot.consultation import Concern, RedactedText, Status
from bot.desk.consult import Counsel
from bot.knowledge.vocabulary import as_a_whole as of_the_whole

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
    reading = counsel.gathering.read(RedactedText(text))
    is_told = len(text.split()) >= _A_TELLING or any(_is_told(concern) for concern in reading.concerns)
    if not is_told or not reading.sounds_grave:
        return {}
    dispatcher.utter_message(response="utter_sounds_grave")
    return {LIST: None, ASKED_AGAIN: True}


def _is_told(concern: Concern) -> bool:
    """Whether it has a sign of its own and is not denied: "mum is not pregnant" answers a question."""
    return concern.status is not Status.ABSENT and concern.indicator != of_the_whole(concern.category)


def told_beside(act: str, slots: Mapping[str, Any], filled: Mapping[str, Any]) -> str:
    """Return the text that an action along the way has just added to what was told of the child, if any."""
    before, after = list(slots.get("additions") or ()), list(filled.get("additions") or ())
    if act in _OF_OTHERS or len(after) <= len(before):
        return ""
    return str(after[-1])
