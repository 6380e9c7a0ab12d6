"""Answers manners and feelings, shortly, before the question comes back."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand, intent_of

_SAID = {
    "greet": "utter_hello",
    "thank": "utter_thanks",
    "goodbye": "utter_goodbye",
    "frustrated": "utter_acknowledge_frustration",
    "abusive": "utter_abuse",
    "carry_on": "utter_carry_on",
}


class ActionAcknowledge(Hand):
    """Frustration counts as history: what was said is kept for the duty worker with the messages."""

    called = "action_acknowledge"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say the answer that fits the act."""
        response = _SAID.get(intent_of(tracker))
        if response:
            self.say(dispatcher, tracker, response)
        return []
