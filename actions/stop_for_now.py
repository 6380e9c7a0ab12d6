"""Lets the DSL stop and come back."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand
from bot.desk import showing


class ActionStopForNow(Hand):
    """Gives the reference and the numbers; the question stays open."""

    called = "action_stop_for_now"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say it."""
        reference = showing.reference(self.counsel, tracker.sender_id)
        self.say(dispatcher, tracker, "utter_stopped_for_now", reference=reference)
        return []
