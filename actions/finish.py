"""Ends the consultation."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import practising, with_staff
from actions.hand import Event, Hand
from bot.desk.practice import is_practice


class ActionFinish(Hand):
    """The last words: come back, refer if in doubt, whom to ring."""

    called = "action_finish"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say them. Practice ends with looking back."""
        if is_practice(self.counsel, tracker.sender_id):
            return practising.ends(self, dispatcher, tracker)
        if with_staff.is_theirs(self.counsel, tracker.sender_id):
            return with_staff.finishes(self, dispatcher, tracker)
        self.say(dispatcher, tracker, "utter_finished")
        return []
