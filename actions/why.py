"""Says why the open question is asked."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand


class ActionWhy(Hand):
    """One answer a question, in why.yml."""

    called = "action_why"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say it, if a question is open."""
        asked = tracker.get_slot("requested_slot")
        if asked:
            dispatcher.utter_message(response=f"utter_why_{asked}")
        return []
