"""Check your answers: all of them, each with a way to change it, before anything is worked out."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import with_staff
from actions.hand import Event, Hand
from bot.desk import showing


class ActionAskAnswersChecked(Hand):
    """Shows the table of answers and asks whether it is right."""

    called = "action_ask_answers_checked"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Show, then ask. A DSL's colleague is asked whether it shall be passed on."""
        if with_staff.is_theirs(self.counsel, tracker.sender_id):
            with_staff.ask_pass_on(self, dispatcher, tracker)
            return []
        dispatcher.utter_message(json_message=showing.checked_card(self.counsel, tracker.sender_id, tracker.slots))
        dispatcher.utter_message(response="utter_ask_answers_checked")
        return []

    def also_said(self, tracker: Tracker) -> list[Event]:
        """The form has kept it."""
        return []
