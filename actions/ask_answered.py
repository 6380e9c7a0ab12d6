"""What is said while a DSL waits for a duty worker."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.form import ADDS, DIGRESSIONS
from actions.hand import Event, Hand, intent_of, typed


class ActionAskAnswered(Hand):
    """Confirms what was added; says once that the assistant now keeps quiet."""

    called = "action_ask_answered"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """A typed message has been added to what the duty worker will see."""
        if self.counsel.records.case_of(tracker.sender_id) is None:
            # Nobody is on the way: the DSL must not wait for an answer.
            self.say(dispatcher, tracker, "utter_desk_not_here")
            return []
        is_told = typed(tracker) and intent_of(tracker) not in DIGRESSIONS - ADDS
        added = is_told and tracker.get_slot("requested_slot") == "answered"
        self.say(dispatcher, tracker, "utter_ask_answered" if added else "utter_waiting")
        return []
