"""Reads whether the reference is kept, and whether there is anything else."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import practising, with_staff
from actions.form import DIGRESSIONS, Validation
from actions.hand import Event, carried, intent_of, typed
from bot.consultation import RedactedText
from bot.desk import showing
from bot.desk.practice import is_practice
from bot.desk.talking.records import ReferenceMark


class ValidateEndingForm(Validation):
    """The reference counts as kept when it is typed back, or when the DSL says so."""

    form = "ending_form"
    asks = ("reference_kept", "anything_else")

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Event]:
        """Fill what this message answers. Practice and the talk of a DSL's colleague have no such ending."""
        if is_practice(self.counsel, tracker.sender_id):
            return practising.skips_the_ending()
        if with_staff.is_theirs(self.counsel, tracker.sender_id):
            return practising.skips_the_ending()
        return await super().run(dispatcher, tracker, domain)

    def filled(self, dispatcher: CollectingDispatcher, tracker: Tracker, asked: str) -> dict[str, Any]:
        """Return what the last message fills of this form."""
        if asked == "reference_kept":
            return self.reference_kept(dispatcher, tracker)
        if "anything_else" in carried(tracker):
            return {"anything_else": str(carried(tracker)["anything_else"])}
        text, intent = typed(tracker), intent_of(tracker)
        if asked != "anything_else" or not text:
            return {}
        if self.counsel.gathering.speaks_of_concern(RedactedText(text)):
            # "No, but he has a bruise" is no end.
            return {}
        if intent in ("deny", "thank", "goodbye"):
            return {"anything_else": "no"}
        if intent in DIGRESSIONS or intent == "describe_concern":
            return {}
        value = self.at_hand.answers.read("anything_else", text, intent, {})
        return {"anything_else": value} if value == "no" else {}

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[str]:
        """Return nothing more to ask once a person is wanted, and the reference only if the page has not asked."""
        return [] if tracker.get_slot("wants_person") else self.not_asked_beside(tracker, domain_slots)

    def not_asked_beside(self, tracker: Tracker, questions: list[str]) -> list[str]:
        """Return the questions without the one about the reference, where the page has asked it already."""
        asked = self.counsel.records.reference_mark(tracker.sender_id) is not None
        return [question for question in questions if question != "reference_kept" or not asked]

    def reference_kept(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> dict[str, Any]:
        """Return whether the DSL has the reference. Once they have, the record knows it."""
        filled = self._reference_kept(dispatcher, tracker)
        if filled.get("reference_kept") == "yes":
            records, now = self.counsel.records, self.counsel.clock()
            records.mark_reference(tracker.sender_id, ReferenceMark.KEPT, now)
        return filled

    def _reference_kept(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> dict[str, Any]:
        if "reference_kept" in carried(tracker):
            return {"reference_kept": "yes"}
        text, intent = typed(tracker), intent_of(tracker)
        if not text or (intent in DIGRESSIONS and not showing.looks_like_reference(text)):
            return {}
        if showing.is_reference(self.counsel, tracker.sender_id, text):
            return {"reference_kept": "yes"}
        if showing.looks_like_reference(text):
            dispatcher.utter_message(response="utter_reference_does_not_match")
            return {"reference_kept": None}
        said_so = intent in ("reference_kept", "affirm") or self.at_hand.answers.read(
            "reference_kept", text, intent, {}
        )
        return {"reference_kept": "yes"} if said_so == "yes" or said_so is True else {}
