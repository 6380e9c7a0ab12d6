"""Takes whatever the DSL adds while waiting for a duty worker."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.form import ADDS, DIGRESSIONS
from actions.hand import intent_of, typed
from actions.not_followed import ASKED_ENOUGH
from actions.validate_ending import ValidateEndingForm
from bot.consultation import RedactedText


class ValidateWaitingForm(ValidateEndingForm):
    """The form never ends by itself: the duty worker's claim ends it."""

    form = "waiting_form"
    asks = ("reference_kept", "answered")

    def filled(self, dispatcher: CollectingDispatcher, tracker: Tracker, asked: str) -> dict[str, Any]:
        """Return the reference, or the addition that was typed."""
        # The wish is fulfilled. It is put down here and not while handing over, because the rule that
        # leads here still goes by it.
        met = {"wants_person": False} if tracker.get_slot("wants_person") else {}
        return {**met, **self._added(dispatcher, tracker, asked)}

    def _added(self, dispatcher: CollectingDispatcher, tracker: Tracker, asked: str) -> dict[str, Any]:
        if asked == "reference_kept":
            filled = self.reference_kept(dispatcher, tracker)
            if filled:
                return filled
        text = typed(tracker)
        if not text or not asked or intent_of(tracker) in DIGRESSIONS - ADDS:
            return {}
        kept = list(tracker.get_slot("additions") or [])
        if self.counsel.gathering.speaks_of_concern(RedactedText(text)):
            kept.append(text)
        if asked == "reference_kept":
            dispatcher.utter_message(response="utter_added")
            return {"additions": kept, **self._asked_in_vain(dispatcher, tracker)}
        return {"additions": kept}

    def _asked_in_vain(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> dict[str, Any]:
        """Ask for the reference twice, and then no more: who waits for a person has other things to say."""
        times = int(tracker.get_slot("not_followed") or 0) + 1
        if times < ASKED_ENOUGH:
            return {"not_followed": times}
        dispatcher.utter_message(response="utter_reference_later")
        return {"reference_kept": "unknown", "not_followed": None}

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[str]:
        """Return both: the second is never filled, and the first is left out where the page has asked."""
        return self.not_asked_beside(tracker, domain_slots)
