"""Shows the reference and asks the DSL to show that it is kept."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand
from bot.desk import showing


class ActionAskReferenceKept(Hand):
    """Without the reference nobody can find the consultation again."""

    called = "action_ask_reference_kept"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        reference = showing.reference(self.counsel, tracker.sender_id)
        dispatcher.utter_message(response="utter_ask_reference_kept", reference=reference)
        return []
