"""What follows when the DSL rings, or says that it was a misunderstanding."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand


class ActionAfterExit(Hand):
    """A disputed danger sign becomes a doubt, never a no; the questions behind it are asked again."""

    called = "action_after_exit"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say what helps now, and open what has to be asked again."""
        if not tracker.get_slot("disputes_exit"):
            self.say(dispatcher, tracker, "utter_ringing_now")
            return []
        self.say(dispatcher, tracker, "utter_misunderstood")
        struck, reopened = self.counsel.disputed(tracker.slots)
        answers = self._reopened(tracker, struck, reopened)
        turns = [SlotSet("leaves_now", False), SlotSet("ringing", None)]
        return [SlotSet("struck", struck), *(SlotSet(question, value) for question, value in answers.items()), *turns]

    def _reopened(self, tracker: Tracker, struck: list[str], reopened: list[str]) -> dict[str, Any]:
        """Return what stands at the questions behind the sign: nothing, so that they are asked, or not known.

        What the DSL's words answer would stand again at once, and the form would leave for ever.
        """
        emptied: dict[str, Any] = dict.fromkeys(reopened)
        facts = self.counsel.facts({**tracker.slots, **emptied, "struck": struck})
        if not self.counsel.flags(facts):
            return emptied
        several = {q for q in reopened if self.counsel.national.questions[q].kind == "many"}
        doubts = {q: ["unknown"] if q in several else "unknown" for q in reopened if q in facts.answers}
        return emptied | doubts

    def also_said(self, tracker: Tracker) -> list[Event]:
        """Words of dispute are no addition."""
        return []
