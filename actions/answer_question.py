"""Answers a question along the way, from the packs and the national sources."""

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import with_staff
from actions.hand import ABOUT_OTHERS, QUESTIONS, Event, Hand, carried, intent_of, typed
from bot.consultation import RedactedText
from bot.desk import asides, showing


class ActionAnswerQuestion(Hand):
    """The response is named after the act; its blanks come from the child's area. Some show a card beside it."""

    called = "action_answer_question"
    follows = True
    asks_on = (QUESTIONS, None)
    takes_up = True

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say it, and show what is better read than said."""
        act, form, said = intent_of(tracker), (tracker.active_loop or {}).get("name"), typed(tracker)
        told = asides.Told(said, str(carried(tracker).get("back_to") or ""), self._is_set_aside(tracker))
        own = with_staff.own_answer(act)
        if own and with_staff.is_theirs(self.counsel, tracker.sender_id):
            self.say(dispatcher, tracker, own)
            return []
        aside = asides.beside(self.counsel, tracker.sender_id, tracker.slots, act, told, form)
        blanks = showing.about(self.counsel, tracker.slots) | aside.blanks
        self.say(dispatcher, tracker, f"utter_about_{aside.answer or act}", **blanks)
        if aside.card is not None:
            dispatcher.utter_message(json_message=aside.card)
        return [SlotSet(slot, value) for slot, value in aside.slots.items()]

    def also_said(self, tracker: Tracker) -> list[Event]:
        """What seems to be about somebody else waits until the DSL says where it belongs."""
        return [SlotSet("set_aside", typed(tracker))] if self._is_set_aside(tracker) else super().also_said(tracker)

    def _is_set_aside(self, tracker: Tracker) -> bool:
        if intent_of(tracker) not in ABOUT_OTHERS:
            return False
        return self.counsel.gathering.speaks_of_concern(RedactedText(typed(tracker)), as_a_whole=False)
