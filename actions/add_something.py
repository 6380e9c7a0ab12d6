"""Adds something to what was told."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import AGAIN, BEFORE_THE_QUESTIONS, Event, Hand, carried, typed

_SET_ASIDE = "set_aside"


class ActionAddSomething(Hand):
    """By button it asks for it; in words it keeps it, understood or not.

    What was set aside, because it seemed to be about somebody else, is kept when the DSL says that it is not.
    """

    called = "action_add_something"
    asks_on = BEFORE_THE_QUESTIONS

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """What is added has to be looked at again before anything is worked out."""
        again = [SlotSet(slot, None) for slot in (*AGAIN, "anything_else")]
        text = typed(tracker)
        if _SET_ASIDE in carried(tracker):
            text = str(tracker.get_slot(_SET_ASIDE) or "")
            again.append(SlotSet(_SET_ASIDE, None))
        if not text:
            dispatcher.utter_message(response="utter_ask_for_addition")
            return again
        dispatcher.utter_message(response="utter_added")
        kept = SlotSet("additions", [*(tracker.get_slot("additions") or []), text])
        return [kept, *self.told_again(tracker, text), *again]

    def also_said(self, tracker: Tracker) -> list[Event]:
        """It has just been kept."""
        return []
