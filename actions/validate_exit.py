"""Reads whether the DSL has been able to ring."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import with_staff
from actions.form import DIGRESSIONS, Validation
from actions.hand import carried, intent_of, typed
from bot.desk.plain_words import denies_anything, plainly

_BY_ACT = {
    "ringing_now": "ringing",
    "cannot_ring": "cannot",
    "you_misunderstood": "misunderstood",
    "ask_person": "cannot",
    "affirm": "ringing",
    "deny": "cannot",
}


class ValidateExitForm(Validation):
    """Until it knows, the form asks again, whatever else was said."""

    form = "exit_form"
    asks = ("ringing",)

    def filled(self, dispatcher: CollectingDispatcher, tracker: Tracker, asked: str) -> dict[str, Any]:
        """Return the answer and where it leads."""
        if with_staff.is_theirs(self.counsel, tracker.sender_id):
            return with_staff.exit_answered(self.counsel, self.at_hand.answers, dispatcher, tracker, asked)
        ringing = self._ringing(tracker, asked)
        if ringing is None:
            return {}
        return {
            "ringing": ringing,
            "wants_person": ringing == "cannot",
            "disputes_exit": ringing == "misunderstood",
        }

    def _ringing(self, tracker: Tracker, asked: str) -> str | None:
        if "ringing" in carried(tracker):
            return str(carried(tracker)["ringing"])
        text, intent = typed(tracker), intent_of(tracker)
        if asked != "ringing" or not text:
            return None
        value = self.at_hand.answers.read("ringing", text, intent, {})
        if value == "cannot":
            # Whatever the model made of it: nobody has been reached.
            return "cannot"
        if intent in _BY_ACT:
            by_act = _BY_ACT[intent]
            # "I have not rung" is asked again, whatever the model made of it.
            return None if by_act == "ringing" and denies_anything(plainly(text)) else by_act
        return value if intent not in DIGRESSIONS and value in ("ringing", "misunderstood") else None
