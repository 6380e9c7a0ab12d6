"""Reads whether the DSL sees it as the assessment does, and why not."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.form import DIGRESSIONS, Validation
from actions.hand import carried, intent_of, typed
from bot.desk import another_child

_BY_ACT = {
    "agree_view": "agree",
    "affirm": "agree",
    "think_higher": "higher",
    "think_lower": "lower",
    "disagree": "disagree",
    "deny": "disagree",
    "ask_person": "person",
}
_DIFFER = ("higher", "lower", "disagree")


class ValidateViewForm(Validation):
    """A DSL who differs, or who wants a person, gets one."""

    form = "view_form"
    asks = ("view", "view_reason")

    def filled(self, dispatcher: CollectingDispatcher, tracker: Tracker, asked: str) -> dict[str, Any]:
        """Return the view or its reason, and whether it leads to a person."""
        if asked == "view_reason":
            return self._reason(tracker)
        view = self._view(tracker, asked)
        if view is None:
            return {}
        return {"view": view, "wants_person": view != "agree"}

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[str]:
        """Only a DSL who differs is asked why; a wish for a person without a view ends it."""
        if tracker.get_slot("wants_person") and tracker.get_slot("view") is None:
            return []
        return [s for s in domain_slots if s != "view_reason" or tracker.get_slot("view") in _DIFFER]

    def _view(self, tracker: Tracker, asked: str) -> str | None:
        if "view" in carried(tracker):
            return str(carried(tracker)["view"])
        text, intent = typed(tracker), intent_of(tracker)
        if asked != "view" or not text:
            return None
        value = self.at_hand.answers.read("view", text, intent, {})
        if intent in _BY_ACT:
            by_act = _BY_ACT[intent]
            if by_act == "agree" and value != "agree":
                # "Yes, but it is worse than that" is no agreement, whatever the model made of it.
                is_shaken = self.at_hand.answers.is_shaken(text)
                return value if value in ("higher", "lower", "person") else None if is_shaken else by_act
            return by_act
        if intent in DIGRESSIONS or intent == "describe_concern":
            return None
        return value if value in ("agree", "higher", "lower", "person") else None

    def _reason(self, tracker: Tracker) -> dict[str, Any]:
        if "view_reason" in carried(tracker):
            return {"view_reason": str(carried(tracker)["view_reason"])}
        text = typed(tracker)
        if another_child.is_told(self.counsel, intent_of(tracker), "view_reason", text):
            return {}
        return {"view_reason": text} if text else {}
