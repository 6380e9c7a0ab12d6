"""Lets the DSL stop and come back."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import with_staff
from actions.hand import Event, Hand
from bot.desk import showing


class ActionStopForNow(Hand):
    """Gives the reference and the numbers; the question stays open."""

    called = "action_stop_for_now"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say it."""
        if with_staff.is_theirs(self.counsel, tracker.sender_id):
            self.say(dispatcher, tracker, "utter_staff_stopped")
            return []
        reference = showing.reference(self.counsel, tracker.sender_id)
        self.say(dispatcher, tracker, "utter_stopped_for_now", reference=reference)
        return []
