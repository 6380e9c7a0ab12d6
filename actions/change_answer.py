"""Reopens one answer."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand, carried, typed
from bot.desk import showing

# Whatever is changed, these have to be looked at again; and an earlier wish for a person or
# view belongs to the earlier answers.
_AGAIN = ("answers_checked", "view", "view_reason")


class ActionChangeAnswer(Hand):
    """By button the question is known; in words it is looked for, and else all answers are shown."""

    called = "action_change_answer"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Empty the answer so that the form asks for it first."""
        question = carried(tracker).get("question") or showing.question_meant(tracker.slots, typed(tracker))
        if not question:
            card = showing.answers_card(self.counsel, tracker.slots, "utter_answers_so_far_title")
            dispatcher.utter_message(json_message=card)
            dispatcher.utter_message(response="utter_which_answer")
            return [SlotSet(slot, None) for slot in _AGAIN]
        label = self.counsel.wording.say(f"utter_label_{question}")
        dispatcher.utter_message(response="utter_changed_one", label=label)
        emptied = [SlotSet(slot, None) for slot in (question, *_AGAIN)]
        if question == "worry":
            # A worry told afresh is read and confirmed afresh; a danger sign taken back stays a doubt.
            emptied += [SlotSet("understood", None), SlotSet("struck", self.counsel.gathering.doubts(tracker.slots))]
        return emptied
