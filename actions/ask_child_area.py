"""Asks which council the child lives in: the school's own first, all that are held when it is another."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand, carried
from bot.desk import showing


class ActionAskChildArea(Hand):
    """The names on the buttons come from the knowledge base; a new area needs no training."""

    called = "action_ask_child_area"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask, or show the list to who lives elsewhere."""
        elsewhere = carried(tracker).get("child_area") == showing.ELSEWHERE
        buttons = showing.area_buttons(self.counsel, tracker.sender_id, elsewhere=elsewhere)
        response = "utter_which_other_council" if elsewhere else "utter_which_council"
        dispatcher.utter_message(response=response, buttons=buttons)
        return []

    def also_said(self, tracker: Tracker) -> list[Event]:
        """The form has kept it."""
        return []
