"""Says the hard exit: what to do now, whom to ring, and why."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import with_staff
from actions.hand import Event, Hand, carried, typed
from bot.consultation import OPEN, HardExit
from bot.desk.cards import source_of
from bot.desk.practice import is_practice
from bot.desk.the_writer import speaks_of_the_writer


class ActionHardExit(Hand):
    """The most urgent route comes first; the assessment is stored for whoever takes it up."""

    called = "action_hard_exit"
    asks_on = ()

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Words that raised the flag come with the act from our door and are kept as told."""
        events = self._told(tracker)
        if with_staff.is_theirs(self.counsel, tracker.sender_id):
            return with_staff.leaves(self, dispatcher, tracker, events)
        slots = tracker.slots | {event["name"]: event["value"] for event in events}
        self.counsel.assessment(tracker.sender_id, slots)
        self._tell_the_desk(tracker, slots)
        flags = self.counsel.flags(self.counsel.facts(slots))
        if is_practice(self.counsel, tracker.sender_id):
            self.say(dispatcher, tracker, "utter_practice_red_flag")
        # Our door raised it: should nothing hold here, the front door is still the answer.
        for route in list(dict.fromkeys(flag.exit for flag in flags))[:2] or [HardExit.FRONT_DOOR_NOW]:
            self.say(dispatcher, tracker, f"utter_exit_{route.value}")
        if speaks_of_the_writer(str(carried(tracker).get("words") or typed(tracker))):
            self.say(dispatcher, tracker, "utter_exit_if_about_you")
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
        again = self.told_again(tracker, str(words))
        if not tracker.get_slot("worry"):
            return [SlotSet("worry", str(words)), *again]
        return [SlotSet("additions", [*(tracker.get_slot("additions") or []), str(words)]), *again]

    def _tell_the_desk(self, tracker: Tracker, slots: dict[str, Any]) -> None:
        """A case that somebody waits for already is made more urgent, whether or not the DSL rings."""
        if self.counsel.consultation(tracker.sender_id).stage in OPEN:
            self.at_hand.hand_over(tracker.sender_id, slots, self.counsel.clock())
