"""Hears that the DSL sees it differently after all."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import with_staff
from actions.hand import Event, Hand, intent_of

_VIEWS = {"think_higher": "higher", "think_lower": "lower", "disagree": "disagree"}


class ActionReconsider(Hand):
    """It is never too late: the reason is asked for, and a person hears it."""

    called = "action_reconsider"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Take up the view; the form goes on with its reason."""
        if with_staff.is_theirs(self.counsel, tracker.sender_id):
            return with_staff.sees_otherwise(self, dispatcher, tracker)
        view = _VIEWS.get(intent_of(tracker), "disagree")
        return [SlotSet("view", view), SlotSet("view_reason", None), SlotSet("wants_person", True)]
