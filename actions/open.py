"""Opens a consultation: what this is, what it is not, 999, no names."""

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import practising, with_staff
from actions.hand import Event, Hand, carried
from bot.desk import showing
from bot.desk.reopening import Reopened, reopened


class ActionOpen(Hand):
    """Says the opening with the numbers of the area that is known so far.

    A talk that has begun and was forgotten here carries on where it was: nothing known is asked again.
    """

    called = "action_open"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """The door may know the child's area already; then it is not asked again."""
        before = reopened(self.counsel, self.at_hand.answers, tracker.sender_id)
        if before is not None:
            return self._carry_on(dispatcher, tracker, before)
        if with_staff.is_theirs(self.counsel, tracker.sender_id):
            return with_staff.opens(self, dispatcher, tracker)
        area = carried(tracker).get("child_area")
        near = area or showing.school_area(self.counsel, tracker.sender_id)
        practising.opens(self.counsel, dispatcher, tracker.sender_id)
        dispatcher.utter_message(response="utter_opening", **self.counsel.numbers({"child_area": near}))
        if not area:
            return []
        self.tell_of(dispatcher, str(area))
        return [SlotSet("child_area", area)]

    def _carry_on(self, dispatcher: CollectingDispatcher, tracker: Tracker, before: Reopened) -> list[Event]:
        near = before.slots.get("child_area") or showing.school_area(self.counsel, tracker.sender_id)
        practising.opens_again(self.counsel, dispatcher, tracker.sender_id)
        dispatcher.utter_message(response="utter_opened_again", **self.counsel.numbers({"child_area": near}))
        filled = [SlotSet(slot, value) for slot, value in before.slots.items()]
        return [*filled, FollowupAction("waiting_form")] if before.waits else filled
