"""What sounds grave, and is no red flag yet, is asked about outright: the list of dangers comes again, once."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import typed
from bot.consultation import RedactedText
from bot.desk.consult import Counsel

LIST, ASKED_AGAIN = "red_flag_list", "dangers_asked_again"
_RULED_OUT = "none"


def reopened(
    counsel: Counsel, dispatcher: CollectingDispatcher, tracker: Tracker, filled: dict[str, Any]
) -> dict[str, Any]:
    """Return the slots that open the list of dangers again, if they were ruled out and this text sounds as if not."""
    text, answered = typed(tracker), tracker.get_slot(LIST) or ()
    ruled_out = _RULED_OUT in ([answered] if isinstance(answered, str) else answered)
    if not text or not ruled_out or LIST in filled or filled.get("leaves_now") or tracker.get_slot(ASKED_AGAIN):
        return {}
    if not counsel.gathering.read(RedactedText(text)).sounds_grave:
        return {}
    dispatcher.utter_message(response="utter_sounds_grave")
    return {LIST: None, ASKED_AGAIN: True}
