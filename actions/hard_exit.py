"""Says the hard exit: what to do now, whom to ring, and why."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand, carried
from bot.desk.cards import source_of


class ActionHardExit(Hand):
    """The most urgent route comes first; the assessment is stored for whoever takes it up."""

    called = "action_hard_exit"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Words that raised the flag come with the act from our door and are kept as told."""
        events = self._told(tracker)
        slots = tracker.slots | {event["name"]: event["value"] for event in events}
        self.counsel.assessment(tracker.sender_id, slots)
        flags = self.counsel.flags(self.counsel.gathering.facts(slots))
        for route in dict.fromkeys(flag.exit for flag in flags[:2]):
            self.say(dispatcher, tracker, f"utter_exit_{route.value}")
        for flag in flags[:3]:
            source = source_of(flag.citation, self.counsel.wording.say)
            dispatcher.utter_message(response="utter_exit_because", words=flag.words, source=source)
        return [*events, SlotSet("leaves_now", True), SlotSet("ringing", None), SlotSet("disputes_exit", False)]

    def also_said(self, tracker: Tracker) -> list[Event]:
        """It is kept above."""
        return []

    def _told(self, tracker: Tracker) -> list[Event]:
        words = carried(tracker).get("words")
        if not words:
            return []
        if not tracker.get_slot("worry"):
            return [SlotSet("worry", str(words))]
        return [SlotSet("additions", [*(tracker.get_slot("additions") or []), str(words)])]
