"""What happens when the assistant does not follow: twice it asks again, then a person comes."""

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.hand import Event, Hand


class ActionNotFollowed(Hand):
    """Never guesses and never loops."""

    called = "action_not_followed"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Count, say the stage that fits, and return to the open form."""
        form = (tracker.active_loop or {}).get("name")
        times = int(tracker.get_slot("not_followed") or 0) + 1
        if form in ("exit_form", "waiting_form"):
            # Their own question is the answer to anything: have you rung, or, it has been added.
            return [FollowupAction(form)]
        counted = SlotSet("not_followed", times)
        if times >= 3:
            self.say(dispatcher, tracker, "utter_stuck_hand_over")
            return [counted, SlotSet("wants_person", True), FollowupAction(form or "action_hand_over")]
        dispatcher.utter_message(response="utter_rephrase" if times == 1 else "utter_rephrase_with_person")
        return [counted, FollowupAction(form or "action_listen")]


class ActionDefaultFallback(ActionNotFollowed):
    """Rasa's own name for having no rule: to a DSL it is the same as not being followed."""

    called = "action_default_fallback"
