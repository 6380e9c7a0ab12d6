"""Puts right what the DSL says was wrong."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import AGAIN, Event, Hand, typed
from bot.desk import showing

# Forms beside which the questions stay closed.
_NO_QUESTIONS = ("exit_form", "waiting_form")


class ActionCorrectAnswer(Hand):
    """New answers read from the correction replace the old ones; denied signs are taken back."""

    called = "action_correct_answer"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """If nothing can be read from it, show the answers so that one can be chosen."""
        read, denied = showing.correction(self.counsel, typed(tracker))
        answers = {q: v for q, v in read.items() if self.at_hand.answers.may_pass(q, v, typed(tracker))}
        if not answers and not denied:
            if (tracker.active_loop or {}).get("name") in _NO_QUESTIONS:
                # The duty worker reads the message itself; no question can be opened here.
                dispatcher.utter_message(response="utter_added")
                return []
            self.ask_which(dispatcher, tracker)
            return []
        dispatcher.utter_message(response="utter_corrected")
        struck = sorted({*self.counsel.gathering.still_struck(tracker.slots, typed(tracker)), *denied})
        again = [SlotSet(slot, None) for slot in AGAIN]
        return [*(SlotSet(question, value) for question, value in answers.items()), SlotSet("struck", struck), *again]
