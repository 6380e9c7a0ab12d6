"""Shows what has been answered so far."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand
from bot.desk import showing


class ActionShowAnswers(Hand):
    """The same table as check-your-answers, at any time."""

    called = "action_show_answers"
    follows = True

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Show it."""
        card = showing.answers_card(self.counsel, tracker.slots, "utter_answers_so_far_title")
        dispatcher.utter_message(json_message=card)
        return []
