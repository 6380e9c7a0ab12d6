"""What happens when the assistant does not follow: twice it asks again, then a person comes."""

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import with_staff
from actions.hand import AFTER_THE_QUESTIONS, AGAIN, BEFORE_THE_QUESTIONS, QUESTIONS, Event, Hand, typed
from bot.consultation import RedactedText

_EXIT, _WAITING = "exit_form", "waiting_form"
_ENOUGH = 3
# Who waits is asked for the reference so often.
ASKED_ENOUGH = 2


class ActionNotFollowed(Hand):
    """Never guesses and never loops."""

    called = "action_not_followed"
    asks_on = BEFORE_THE_QUESTIONS

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Count, say the stage that fits, and return to the open form."""
        form = (tracker.active_loop or {}).get("name")
        if form == _WAITING:
            return [*self._while_waiting(dispatcher, tracker), FollowupAction(form)]
        if form in AFTER_THE_QUESTIONS and self._speaks_of_concern(tracker):
            return self._added(dispatcher, tracker)
        if with_staff.is_theirs(self.counsel, tracker.sender_id):
            return with_staff.not_followed(self, dispatcher, tracker, form)
        times = int(tracker.get_slot("not_followed") or 0) + 1
        counted = SlotSet("not_followed", times)
        if times >= _ENOUGH:
            return self._to_a_person(dispatcher, tracker, form)
        if form == _EXIT:
            # Its own question is the answer to anything: have you been able to ring?
            return [counted, FollowupAction(form)]
        if form is None:
            # Nothing is asked any more, so there is nothing to say in other words: only ways on.
            self.say(dispatcher, tracker, "utter_not_followed_after_the_end")
            return [counted, FollowupAction("action_listen")]
        dispatcher.utter_message(response="utter_rephrase" if times == 1 else "utter_rephrase_with_person")
        return [counted, FollowupAction(form)]

    def _speaks_of_concern(self, tracker: Tracker) -> bool:
        return bool(typed(tracker)) and self.counsel.gathering.speaks_of_concern(RedactedText(typed(tracker)))

    def _added(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """What sounds like "no, but he is hungry at weekends too" is no end: it is looked at with all the rest."""
        dispatcher.utter_message(response="utter_added")
        again = [SlotSet(slot, None) for slot in (*AGAIN, "anything_else", "not_followed")]
        return [*self.also_said(tracker), *again, FollowupAction(QUESTIONS)]

    def _while_waiting(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """A person is on the way already, and will see it. The reference is not asked for again and again."""
        if tracker.get_slot("requested_slot") != "reference_kept":
            return []
        times = int(tracker.get_slot("not_followed") or 0) + 1
        if times < ASKED_ENOUGH:
            return [SlotSet("not_followed", times)]
        dispatcher.utter_message(response="utter_reference_later")
        return [SlotSet("reference_kept", "unknown"), SlotSet("not_followed", None)]

    def _to_a_person(self, dispatcher: CollectingDispatcher, tracker: Tracker, form: str | None) -> list[Event]:
        wanted = [SlotSet("not_followed", None), SlotSet("wants_person", True)]
        if form == _EXIT:
            self.say(dispatcher, tracker, "utter_stuck_at_exit")
            return [*wanted, SlotSet("ringing", "cannot"), SlotSet("disputes_exit", False), FollowupAction(form)]
        self.say(dispatcher, tracker, "utter_stuck_hand_over")
        if form is None:
            # After the end no form is left that could lead to a person: the last one is taken up again.
            return [*wanted, SlotSet("reference_kept", "yes"), FollowupAction("ending_form")]
        return [*wanted, FollowupAction(form)]


class ActionDefaultFallback(ActionNotFollowed):
    """Rasa's own name for having no rule: to a DSL it is the same as not being followed."""

    called = "action_default_fallback"
