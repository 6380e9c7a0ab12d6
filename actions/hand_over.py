"""Hands the consultation to a duty social worker."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import practising, with_staff
from actions.hand import Event, Hand
from bot.desk.practice import is_practice


class ActionHandOver(Hand):
    """Tells the DSL honestly who is there and by when an answer is due."""

    called = "action_hand_over"
    asks_on = ()

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Where no desk answers for the area, the DSL is told whom to ring instead.

        A colleague of the DSL's is sent to the DSL.
        """
        if with_staff.is_theirs(self.counsel, tracker.sender_id):
            return with_staff.to_the_dsl(self, dispatcher, tracker)
        self.counsel.assessment(tracker.sender_id, tracker.slots)
        handed_over = self.at_hand.hand_over(tracker.sender_id, tracker.slots, self.counsel.clock())
        if is_practice(self.counsel, tracker.sender_id):
            return practising.would_hand_over(self, dispatcher, tracker, handed_over)
        if handed_over is None:
            self.say(dispatcher, tracker, "utter_desk_not_here")
        else:
            self.say(dispatcher, tracker, "utter_handed_over", **handed_over.blanks)
        return [SlotSet("not_followed", None)]
