"""What the validation of every form shares."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT, FormValidationAction

from actions.hand import Event
from bot.desk.at_hand import AtHand

# Acts that a rule answers before the question is asked again. They answer no question, so the
# form fills nothing and steps aside.
DIGRESSIONS = frozenset(
    "ask_why change_answer correct_answer not_so use_vaguer add_something show_answers start_again stop_for_now "
    "ask_person ask_who_to_ring ask_who_sees_this ask_what_is_this ask_level_meaning ask_consent "
    "ask_what_to_record ask_how_to_escalate ask_what_is_term ask_early_help ask_what_to_say_to_child "
    "ask_other_area greet thank goodbye frustrated abusive carry_on out_of_scope child_writing parent_writing "
    "adult_at_risk staff_writing another_child medical_or_legal_advice say_again you_misunderstood ringing_now "
    "came_back write_challenge open_consultation raise_red_flag".split()
)

# To who waits for a person these are no steering: what was typed is added to what the person will read.
ADDS = frozenset({"add_something"})

# Acts that are easily heard where there are none: they give way to a plain answer of the open question.
FAINT = frozenset(
    "greet thank goodbye frustrated abusive carry_on out_of_scope adult_at_risk medical_or_legal_advice "
    "ask_what_is_this ask_early_help ask_what_to_record ask_other_area staff_writing another_child ringing_now "
    "say_again".split()
)


class Validation(FormValidationAction):
    """Reads the answer of the open question, from a button or from words, and says what is next."""

    form = ""
    asks: tuple[str, ...] = ()

    def __init__(self, at_hand: AtHand) -> None:
        self.at_hand = at_hand
        self.counsel = at_hand.counsel

    def domain_slots(self, domain: dict[str, Any]) -> list[str]:
        """Return the form's questions in order. Rasa does not send the domain along."""
        return list(self.asks)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return f"validate_{self.form}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Event]:
        """Fill what this message answers. Filling nothing makes Rasa step aside for a rule."""
        asked = str(tracker.get_slot(REQUESTED_SLOT) or "")
        filled = self.filled(dispatcher, tracker, asked)
        if any(value is not None for value in filled.values()):
            filled.setdefault("not_followed", None)
        tracker.slots.update(filled)
        if filled:
            self.counsel.keep(tracker.sender_id, tracker.slots)
        events = [SlotSet(slot, value) for slot, value in filled.items()]
        next_slot = await self.next_requested_slot(dispatcher, tracker, domain)
        return [*events, next_slot] if next_slot else events

    def filled(self, dispatcher: CollectingDispatcher, tracker: Tracker, asked: str) -> dict[str, Any]:
        """Return the slots that the last message fills, given the question that is open."""
        raise NotImplementedError

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[str]:
        """Return the questions still in this form for this child."""
        return domain_slots
