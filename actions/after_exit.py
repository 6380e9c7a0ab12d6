"""What follows when the DSL rings, or says that it was a misunderstanding."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import with_staff
from actions.hand import Event, Hand
from bot.desk.own_answers import ANSWERS


class ActionAfterExit(Hand):
    """A disputed danger sign becomes a doubt, never a no; the questions behind it are asked again."""

    called = "action_after_exit"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say what helps now, and open what has to be asked again."""
        is_staff = with_staff.is_theirs(self.counsel, tracker.sender_id)
        if is_staff and not tracker.get_slot("disputes_exit"):
            return with_staff.after_exit(self, dispatcher, tracker)
        if not tracker.get_slot("disputes_exit"):
            self.say(dispatcher, tracker, "utter_ringing_now")
            return []
        self.say(dispatcher, tracker, "utter_staff_misunderstood" if is_staff else "utter_misunderstood")
        struck, reopened = self.counsel.disputed(tracker.slots)
        answers = self._reopened(tracker, struck, reopened)
        turns = [SlotSet("leaves_now", False), SlotSet("ringing", None)]
        return [SlotSet("struck", struck), *(SlotSet(question, value) for question, value in answers.items()), *turns]

    def _reopened(self, tracker: Tracker, struck: list[str], reopened: list[str]) -> dict[str, Any]:
        """Return what stands at the questions behind the sign: nothing, so that they are asked, or not known.

        What the DSL's words answer would stand again at once, and the form would leave for ever.
        """
        own = dict(tracker.get_slot(ANSWERS) or {})
        emptied: dict[str, Any] = dict.fromkeys(question for question in reopened if question not in own)
        if not own.keys().isdisjoint(reopened):
            # The area's own questions: what was answered to them stands in one slot.
            emptied[ANSWERS] = {question: value for question, value in own.items() if question not in reopened}
        facts = self.counsel.facts({**tracker.slots, **emptied, "struck": struck})
        if not self.counsel.flags(facts):
            return emptied
        asked = self.counsel.national.questions
        doubts = {
            q: ["unknown"] if asked[q].kind == "many" else "unknown"
            for q in reopened
            if q in asked and q in facts.answers
        }
        return emptied | doubts

    def also_said(self, tracker: Tracker) -> list[Event]:
        """Words of dispute are no addition."""
        return []
