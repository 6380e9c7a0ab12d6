"""Shows what has been answered so far."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand


class ActionShowAnswers(Hand):
    """The same table as check-your-answers, at any time."""

    called = "action_show_answers"
    follows = True

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Show it."""
        dispatcher.utter_message(json_message=self.answers_so_far(tracker))
        return []
