"""Works out the assessment and shows it."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import with_staff
from actions.hand import Event, Hand
from bot.desk import showing
from bot.desk.outcome import Telling


class ActionAssess(Hand):
    """Level or person, with reasons, sources, what would change it, and what to do next."""

    called = "action_assess"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """An area we do not hold is said to be so before anything else. For a DSL's colleague nothing is worked out."""
        if with_staff.is_theirs(self.counsel, tracker.sender_id):
            return with_staff.ends_questions(self, dispatcher, tracker)
        if self.counsel.pack(tracker.slots) is None:
            self.say(dispatcher, tracker, "utter_area_not_held")
        assessment = self.counsel.assessment(tracker.sender_id, tracker.slots)
        reference = showing.reference(self.counsel, tracker.sender_id)
        card = Telling(self.counsel, assessment, tracker.slots, reference, tracker.sender_id).card()
        dispatcher.utter_message(json_message=card)
        return []

    def also_said(self, tracker: Tracker) -> list[Event]:
        """The form has kept it."""
        return []
