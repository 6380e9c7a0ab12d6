"""Asks the next question of the area's own."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand
from bot.desk import own_questions


class ActionAskAreaQuestion(Hand):
    """Words and buttons come from the area's pack: a new question needs no training."""

    called = "action_ask_area_question"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask it."""
        one = own_questions.open_question(self.counsel, tracker.slots)
        if one is not None:
            offered = [*own_questions.buttons(one), *own_questions.why_button(self.counsel.wording)]
            dispatcher.utter_message(response="utter_area_question", words=one.words, buttons=offered)
        return []

    def also_said(self, tracker: Tracker) -> list[Event]:
        """The form has kept it."""
        return []
