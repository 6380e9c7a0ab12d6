"""Asks, after a red flag, whether somebody has been reached."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import with_staff
from actions.hand import Event, Hand


class ActionAskRinging(Hand):
    """A DSL is asked whether they could ring, a colleague of theirs whether the DSL shall be told."""

    called = "action_ask_ringing"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        is_staff = with_staff.is_theirs(self.counsel, tracker.sender_id)
        dispatcher.utter_message(response="utter_staff_ask_tell" if is_staff else "utter_ask_ringing")
        return []

    def also_said(self, tracker: Tracker) -> list[Event]:
        """It is no answer to keep."""
        return []
