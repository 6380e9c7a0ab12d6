"""Says why the open question is asked, or puts it in other words."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import with_staff
from actions.hand import Event, Hand, intent_of
from bot.desk import own_questions


class ActionWhy(Hand):
    """One answer a question, in why.yml and rephrase.yml; those to an area's own question are in its pack."""

    called = "action_why"
    follows = True

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say it."""
        asked = tracker.get_slot("requested_slot") or "nothing"
        what = "rephrase" if intent_of(tracker) == "say_again" else "why"
        blanks = self._own(tracker) if asked == own_questions.SLOT else {}
        own = with_staff.own_reason(what, asked) if with_staff.is_theirs(self.counsel, tracker.sender_id) else None
        dispatcher.utter_message(response=own or f"utter_{what}_{asked}", **blanks)
        return []

    def _own(self, tracker: Tracker) -> dict[str, str]:
        one = own_questions.open_question(self.counsel, tracker.slots)
        if one is None:
            return {"why": "", "asked_by": "", "in_other_words": ""}
        by = own_questions.asked_by(self.counsel, tracker.slots, one)
        return {"why": one.why, "asked_by": by, "in_other_words": one.in_other_words}
