"""Answers a question along the way, from the packs and the national sources."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand, intent_of
from bot.desk import showing


class ActionAnswerQuestion(Hand):
    """The response is named after the act; its blanks come from the child's area."""

    called = "action_answer_question"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say it."""
        blanks = showing.about(self.counsel, tracker.slots)
        self.say(dispatcher, tracker, f"utter_about_{intent_of(tracker)}", **blanks)
        return []
