"""Puts vaguer words in place of those by which the child could be found."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand, carried
from bot.desk.vaguer import use_vaguer


class ActionUseVaguer(Hand):
    """By button alone: which rule's words are meant is carried, the words themselves are not."""

    called = "action_use_vaguer"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Change the record and the answers, or say that the DSL has to."""
        rule = str(carried(tracker).get("rule") or "")
        changed = use_vaguer(self.counsel, tracker.sender_id, tracker.slots, rule)
        dispatcher.utter_message(response="utter_vaguer_not_used" if changed is None else "utter_vaguer_used")
        return [SlotSet(slot, value) for slot, value in (changed or {}).items()]

    def also_said(self, tracker: Tracker) -> list[Event]:
        """A button says nothing beside."""
        return []
