"""Answers manners and feelings, shortly, before the question comes back."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import with_staff
from actions.hand import QUESTIONS, Event, Hand, intent_of, typed
from bot.consultation import RedactedText
from bot.desk import challenge, referrals

_SAID = {
    "greet": "utter_hello",
    "thank": "utter_thanks",
    "goodbye": "utter_goodbye",
    "carry_on": "utter_carry_on",
    "ringing_now": "utter_ringing_now",
}
# Words of abuse after which a person is offered.
_ENOUGH = 3


class ActionAcknowledge(Hand):
    """Frustration counts as history: referrals that were told of go into the facts, and how to challenge is offered."""

    called = "action_acknowledge"
    follows = True
    asks_on = (QUESTIONS, None)
    takes_up = True

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say the answer that fits the act."""
        act = intent_of(tracker)
        own = with_staff.own_manners(act)
        if own and with_staff.is_theirs(self.counsel, tracker.sender_id):
            self.say(dispatcher, tracker, own)
            return []
        if act == "frustrated":
            return self._frustrated(dispatcher, tracker)
        if act == "abusive":
            return self._abusive(dispatcher, tracker)
        if act in _SAID:
            self.say(dispatcher, tracker, _SAID[act])
        return []

    def _frustrated(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        said = typed(tracker)
        told = referrals.told_in(self.counsel.gathering.read(RedactedText(said)), said)
        if told is None:
            again = tracker.get_slot("frustrated")
            self.say(dispatcher, tracker, "utter_frustrated_again" if again else "utter_frustrated")
            return [SlotSet("frustrated", True)]
        held = referrals.most(tracker.get_slot(referrals.SLOT), told)
        blanks = challenge.offered(self.counsel, tracker.slots, str(held))
        self.say(dispatcher, tracker, "utter_frustrated_referrals", **blanks)
        return [SlotSet(referrals.SLOT, held)]

    def _abusive(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        times = int(tracker.get_slot("abused") or 0) + 1
        self.say(dispatcher, tracker, "utter_abuse_person" if times >= _ENOUGH else "utter_abuse")
        return [SlotSet("abused", times)]
