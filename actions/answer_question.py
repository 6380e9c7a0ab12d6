"""Answers a question along the way, from the packs and the national sources."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand, intent_of, typed
from bot.desk import asides, showing


class ActionAnswerQuestion(Hand):
    """The response is named after the act; its blanks come from the child's area. Some show a card beside it."""

    called = "action_answer_question"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say it, and show what is better read than said."""
        act, form = intent_of(tracker), (tracker.active_loop or {}).get("name")
        aside = asides.beside(self.counsel, tracker.sender_id, tracker.slots, act, typed(tracker), form)
        blanks = showing.about(self.counsel, tracker.slots) | aside.blanks
        self.say(dispatcher, tracker, f"utter_about_{aside.answer or act}", **blanks)
        if aside.card is not None:
            dispatcher.utter_message(json_message=aside.card)
        return [SlotSet(slot, value) for slot, value in aside.slots.items()]
