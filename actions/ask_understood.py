"""Shows what was understood of the worry, and asks whether it is right."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand
from bot.desk import cards, showing


class ActionAskUnderstood(Hand):
    """Each line can be opened to see the DSL's own words, and taken back."""

    called = "action_ask_understood"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """A worry that nothing was read from is said to be so, and is no less a worry."""
        counsel = self.counsel
        spoken = counsel.gathering.spoken(tracker.slots)
        answers = showing.read_answers(counsel, tracker.slots)
        if not spoken and not answers:
            dispatcher.utter_message(response="utter_nothing_understood")
        else:
            card = cards.understood(spoken, answers, counsel.national, counsel.wording)
            dispatcher.utter_message(json_message=card)
        dispatcher.utter_message(response="utter_ask_understood")
        return []

    def also_said(self, tracker: Tracker) -> list[Event]:
        """The form has kept it."""
        return []
