"""What all actions share: the desk at hand, and nothing said beside a question is lost."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import sounding_grave
from bot.consultation import RedactedText
from bot.desk import showing
from bot.desk.at_hand import AtHand
from bot.desk.consult import Counsel
from bot.desk.staff.talk import is_staff_talk, note_card

Event = dict[str, Any]

QUESTIONS = "consultation_form"
# Where the answers have been checked already: what is said now of the child has to be looked at once more.
AFTER_THE_QUESTIONS = (None, "view_form", "ending_form")
# From these what is added leads to the questions.
BEFORE_THE_QUESTIONS = (QUESTIONS, *AFTER_THE_QUESTIONS)

# What is told with these is about somebody else: it is not put with this child unless the DSL says so.
ABOUT_OTHERS = frozenset({"another_child", "staff_writing"})

# After an answer has changed these are asked again: a view belongs to the answers it was about.
AGAIN = ("answers_checked", "view", "view_reason")


class Hand(Action):
    """An action with the desk at hand. Subclasses set `called` and write `act`."""

    called = ""
    # Whether it answers what was said. Asking again answers nothing.
    follows = False
    # The forms beside which it goes on with the questions, so that one of them may be opened again.
    asks_on: tuple[str | None, ...] = (QUESTIONS,)
    # Whether what is told beside it after the end leads back to the answers.
    takes_up = False

    def __init__(self, at_hand: AtHand) -> None:
        self.at_hand = at_hand
        self.counsel = at_hand.counsel

    def name(self) -> str:
        """Return the name in domain.yml."""
        return self.called

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Event]:
        """Do it, and keep any concern that was typed along the way."""
        done = self.act(dispatcher, tracker)
        # What the action settles comes last, so that it stands.
        events = [*self.also_said(tracker), *self.followed(tracker), *done]
        filled = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
        grave = self._sounds_grave(dispatcher, tracker, filled)
        # First of all, so that whatever the action leads to comes after it.
        again = grave | self._taken_up(dispatcher, tracker, filled)
        events = [*(SlotSet(slot, value) for slot, value in again.items()), *events]
        if self.takes_up and len(again) > len(grave):
            events.append(FollowupAction(QUESTIONS))
        filled = again | filled
        if filled:
            # The dialogue may be forgotten between any two turns: what it knows is in the facts by then.
            self.counsel.keep(tracker.sender_id, {**tracker.slots, **filled})
        return events

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Say and change what this action is for; return the events."""
        raise NotImplementedError

    def followed(self, tracker: Tracker) -> list[Event]:
        """Return what forgets how often in a row the assistant did not follow, where this action shows that it did."""
        return [SlotSet("not_followed", None)] if self.follows and tracker.get_slot("not_followed") else []

    def _sounds_grave(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, filled: dict[str, Any]
    ) -> dict[str, Any]:
        """Return what asks about dangers again, where what was just told along the way sounds like one."""
        if (tracker.active_loop or {}).get("name") not in self.asks_on:
            return {}
        told = sounding_grave.told_beside(intent_of(tracker), tracker.slots, filled)
        return sounding_grave.reopened(self.counsel, dispatcher, tracker.slots, told, filled)

    def _taken_up(self, dispatcher: CollectingDispatcher, tracker: Tracker, filled: dict[str, Any]) -> dict[str, Any]:
        """Return what opens the answers again, where something was told of the child after the end."""
        is_over = not (tracker.active_loop or {}).get("name")
        if not (self.takes_up and is_over and sounding_grave.told_beside(intent_of(tracker), tracker.slots, filled)):
            return {}
        dispatcher.utter_message(response="utter_added")
        return dict.fromkeys((*AGAIN, "anything_else"))

    def say(self, dispatcher: CollectingDispatcher, tracker: Tracker, response: str, **blanks: str) -> None:
        """Utter a response by name, with the numbers to ring as blanks it may use."""
        dispatcher.utter_message(response=response, **{**self.counsel.numbers(tracker.slots), **blanks})

    def tell_of(self, dispatcher: CollectingDispatcher, area: str) -> None:
        """Tell how a consultation without a name works in the area, once it is known."""
        tell_of(self.counsel, dispatcher, area)

    def ask_which(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        """Show the answers so far, each with its link, and ask which one is to be changed."""
        dispatcher.utter_message(json_message=self.answers_so_far(tracker))
        dispatcher.utter_message(response="utter_which_answer")

    def answers_so_far(self, tracker: Tracker) -> dict[str, Any]:
        """Return the table of the answers so far; for a DSL's colleague, what of them would be passed on."""
        if is_staff_talk(self.counsel.records, self.counsel.consultation(tracker.sender_id)):
            return note_card(self.counsel, tracker.slots)
        return showing.answers_card(self.counsel, tracker.slots, "utter_answers_so_far_title")

    def also_said(self, tracker: Tracker) -> list[Event]:
        """Return the typed text as an addition if it speaks of a concern and is not kept yet."""
        text = typed(tracker)
        kept = list(tracker.get_slot("additions") or [])
        if not text or text in kept or text == tracker.get_slot("worry"):
            return []
        if not self.counsel.gathering.speaks_of_concern(RedactedText(text), as_a_whole=not asks_us(tracker)):
            return []
        return [SlotSet("additions", [*kept, text]), *self.told_again(tracker, text)]

    def told_again(self, tracker: Tracker, text: str) -> list[Event]:
        """Return what a kept text does to what was taken back before it: said again, it counts again."""
        struck = list(tracker.get_slot("struck") or [])
        still = self.counsel.gathering.still_struck(tracker.slots, text)
        return [] if still == struck else [SlotSet("struck", still)]


def tell_of(counsel: Counsel, dispatcher: CollectingDispatcher, area: str) -> None:
    """Show how a consultation without a name works in an area, or say that its thresholds are not held."""
    card = showing.profile_card(counsel, area)
    if card is not None:
        dispatcher.utter_message(json_message=card)
    elif area != "unknown":
        dispatcher.utter_message(response="utter_area_not_held_yet", **counsel.numbers({"child_area": area}))


def typed(tracker: Tracker) -> str:
    """Return what the DSL typed last, or nothing if it was a button or our own door."""
    text = str(tracker.latest_message.get("text") or "")
    return "" if text.startswith("/") else text


def intent_of(tracker: Tracker) -> str:
    """Return the name of the last dialogue act."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def asks_us(tracker: Tracker) -> bool:
    """Whether the last message asks something of us. Words such as "consent" and "another child" are then no worry."""
    act = intent_of(tracker)
    return act.startswith("ask_") or act in ABOUT_OTHERS


def carried(tracker: Tracker) -> dict[str, Any]:
    """Return what a button carried: values by name, a list where it carried several."""
    values: dict[str, list[Any]] = {}
    for entity in tracker.latest_message.get("entities") or []:
        values.setdefault(entity["entity"], []).append(entity["value"])
    return {name: held[0] if len(held) == 1 else held for name, held in values.items()}
