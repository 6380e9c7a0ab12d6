"""Takes back something that was understood."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand, carried


class ActionTakeBack(Hand):
    """A danger sign that is taken back stays a doubt, and says so."""

    called = "action_take_back"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Strike the indicator from what was understood."""
        indicator = str(carried(tracker).get("indicator") or "")
        held = self.counsel.national.indicators.get(indicator)
        if held is None:
            return []
        doubt = self.counsel.gathering.is_flagging(indicator)
        dispatcher.utter_message(response="utter_struck_flag" if doubt else "utter_struck_one", words=held.words)
        struck = sorted({*(tracker.get_slot("struck") or []), indicator})
        return [SlotSet("struck", struck), SlotSet("answers_checked", None), SlotSet("view", None)]
