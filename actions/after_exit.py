"""What follows when the DSL rings, or says that it was a misunderstanding."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand


class ActionAfterExit(Hand):
    """A disputed danger sign becomes a doubt, never a no; the questions behind it are asked again."""

    called = "action_after_exit"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say what helps now, and open what has to be asked again."""
        if not tracker.get_slot("disputes_exit"):
            self.say(dispatcher, tracker, "utter_ringing_now")
            return []
        self.say(dispatcher, tracker, "utter_misunderstood")
        struck, reopened = self.counsel.disputed(tracker.slots)
        turns = [SlotSet("leaves_now", False), SlotSet("ringing", None)]
        return [SlotSet("struck", struck), *(SlotSet(question, None) for question in reopened), *turns]

    def also_said(self, tracker: Tracker) -> list[Event]:
        """Words of dispute are no addition."""
        return []
