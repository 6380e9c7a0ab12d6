"""Opens a consultation: what this is, what it is not, 999, no names."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand, carried
from bot.desk import showing


class ActionOpen(Hand):
    """Says the opening with the numbers of the area that is known so far."""

    called = "action_open"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """The door may know the child's area already; then it is not asked again."""
        area = carried(tracker).get("child_area")
        near = area or showing.school_area(self.counsel, tracker.sender_id)
        dispatcher.utter_message(response="utter_opening", **self.counsel.numbers({"child_area": near}))
        return [SlotSet("child_area", area)] if area else []
