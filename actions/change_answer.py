"""Reopens one answer."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import AGAIN, Event, Hand, carried, typed
from bot.desk import showing


class ActionChangeAnswer(Hand):
    """By button the question is known; in words it is looked for, and else all answers are shown."""

    called = "action_change_answer"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Empty the answer so that the form asks for it first."""
        question = carried(tracker).get("question") or showing.question_meant(tracker.slots, typed(tracker))
        if not question:
            self.ask_which(dispatcher, tracker)
            return [SlotSet(slot, None) for slot in AGAIN]
        label = self.counsel.wording.say(f"utter_label_{question}")
        dispatcher.utter_message(response="utter_changed_one", label=label)
        emptied = [SlotSet(slot, None) for slot in (question, *AGAIN)]
        if question == "worry":
            # A worry told afresh is read and confirmed afresh; a danger sign taken back stays a doubt.
            emptied += [SlotSet("understood", None), SlotSet("struck", self.counsel.gathering.doubts(tracker.slots))]
        return emptied
