"""Ends the consultation."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand


class ActionFinish(Hand):
    """The last words: come back, refer if in doubt, whom to ring."""

    called = "action_finish"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say them."""
        self.say(dispatcher, tracker, "utter_finished")
        return []
