"""Starts the questions again."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import with_staff
from actions.hand import Event, Hand

_TURNS = ("leaves_now", "wants_person", "disputes_exit")
_RASAS_OWN = ("requested_slot", "session_started_metadata")


class ActionStartAgain(Hand):
    """Empties every answer; the record keeps what was said, and a danger sign taken back stays a doubt."""

    called = "action_start_again"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Derive what to empty from the slots themselves."""
        dispatcher.utter_message(response="utter_started_again")
        # The area of a DSL's colleague is their school's and never asked.
        stays = ("child_area",) if with_staff.is_theirs(self.counsel, tracker.sender_id) else ()
        answers = (s for s in tracker.slots if s not in (*_TURNS, *_RASAS_OWN, *stays, "struck"))
        doubts = SlotSet("struck", self.counsel.gathering.doubts(tracker.slots))
        return [*(SlotSet(slot, None) for slot in answers), doubts, *(SlotSet(turn, False) for turn in _TURNS)]

    def also_said(self, tracker: Tracker) -> list[Event]:
        """Starting again forgets."""
        return []
