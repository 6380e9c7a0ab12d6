"""What is said in practice beside, or instead of, what a real consultation says.

The questions, the red flags and the assessment are the real ones. A hand-over is only told of, nobody is asked to
keep a reference, and every end is a looking back.
"""

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.hand import Event, Hand
from bot.desk.at_hand import HandedOver
from bot.desk.consult import Counsel
from bot.desk.practice import case_of, is_practice, known_card, looked_back


def opens(counsel: Counsel, dispatcher: CollectingDispatcher, consultation_id: str) -> None:
    """Say that it is practice, and the case, where it is."""
    case = case_of(counsel, consultation_id)
    if case is not None:
        dispatcher.utter_message(response="utter_practice_opening", title=case.title, story=case.words)
        dispatcher.utter_message(json_message=known_card(counsel, case))


def opens_again(counsel: Counsel, dispatcher: CollectingDispatcher, consultation_id: str) -> None:
    """Say that it is practice, where it is."""
    if is_practice(counsel, consultation_id):
        dispatcher.utter_message(response="utter_practice_opened_again")


def skips_the_ending() -> list[Event]:
    """Return what ends a form that would ask to keep a reference, or wait for a person."""
    return [SlotSet(REQUESTED_SLOT, None), FollowupAction("action_finish")]


def would_hand_over(
    hand: Hand, dispatcher: CollectingDispatcher, tracker: Tracker, promised: HandedOver | None
) -> list[Event]:
    """Tell what a hand-over would have promised, and end."""
    if promised is None:
        hand.say(dispatcher, tracker, "utter_practice_no_desk")
    else:
        hand.say(dispatcher, tracker, "utter_practice_handed_over", **promised.blanks)
    return [SlotSet("not_followed", None), FollowupAction("action_finish")]


def ends(hand: Hand, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
    """Show what was told beside the whole case, once for the same words, and say the last words."""
    counsel, consultation_id = hand.counsel, tracker.sender_id
    card = looked_back(counsel, consultation_id, tracker.slots)
    shown = [message.utterance.card for message in counsel.records.messages(consultation_id)]
    if card is not None and card not in shown:
        dispatcher.utter_message(json_message=card)
    hand.say(dispatcher, tracker, "utter_practice_finished")
    return [SlotSet("wants_person", False), FollowupAction("action_listen")]
