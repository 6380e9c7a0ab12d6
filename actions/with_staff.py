"""What is said and done in the talk of a DSL's colleague, beside, or instead of, what a consultation of a DSL's says.

Fewer questions, no assessment and no duty desk: whatever is asked for ends with the DSL, in person.
"""

from contextlib import suppress

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.hand import AGAIN, QUESTIONS, Event, Hand, carried, intent_of, typed
from bot.consultation import RedactedText
from bot.desk import showing
from bot.desk.answers import AnswerReader
from bot.desk.consult import Counsel
from bot.desk.plain_words import denies_anything, plainly
from bot.desk.ports import NotKept, UncleanWrite
from bot.desk.staff import talk
from bot.desk.the_writer import speaks_of_the_writer

# Questions along the way whose usual answer speaks of a reference, a level of this child or a duty desk.
_OWN_ANSWERS = frozenset(
    "ask_who_to_ring ask_who_sees_this ask_what_is_this ask_consent ask_what_to_record ask_how_to_escalate "
    "ask_early_help ask_other_area another_child medical_or_legal_advice came_back write_challenge".split()
)
_OWN_MANNERS = {
    "goodbye": "utter_staff_finished",
    "frustrated": "utter_staff_frustrated",
    "abusive": "utter_staff_frustrated",
    "ringing_now": "utter_staff_exit_done",
}
_OWN_WHY = frozenset({"worry", "how_known", "answers_checked", "ringing"})
_MAY_BE_UNKNOWN = frozenset({"in_danger", "how_known", "child_said", "how_often"})
_ENOUGH = 3
_BY_ACT = {"affirm": talk.TELL, "deny": talk.LEFT, "ringing_now": talk.TOLD, "you_misunderstood": talk.MISUNDERSTOOD}
_CANNOT = frozenset({"cannot_ring", "ask_person"})
_PLAIN_NO = frozenset({"no", "nope", "no thanks", "no thank you", "no please dont", "please dont"})


def is_theirs(counsel: Counsel, consultation_id: str) -> bool:
    """Say whether it is the talk of a DSL's colleague."""
    return talk.is_staff_talk(counsel.records, counsel.consultation(consultation_id))


def opens(hand: Hand, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
    """Say the first words. The area is the school's: it is not asked, and numbers to ring are needed."""
    area = carried(tracker).get("child_area") or showing.school_area(hand.counsel, tracker.sender_id) or "unknown"
    dispatcher.utter_message(response="utter_staff_opening", **hand.counsel.numbers({"child_area": area}))
    return [SlotSet("child_area", area)]


def ask_pass_on(hand: Hand, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Show what would be passed on, and ask whether it shall be."""
    dispatcher.utter_message(json_message=talk.note_card(hand.counsel, tracker.slots))
    dispatcher.utter_message(response="utter_staff_ask_pass_on")


def ends_questions(hand: Hand, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
    """Pass on what was written, if that is wished. Nothing is worked out."""
    if tracker.get_slot("answers_checked") != talk.PASS_ON:
        hand.say(dispatcher, tracker, "utter_staff_not_now")
    else:
        is_passed_on = _passed_on(hand, tracker, False, talk.note(hand.counsel, tracker.slots))
        hand.say(dispatcher, tracker, "utter_staff_passed_on" if is_passed_on else "utter_staff_not_passed_on")
    return [FollowupAction("action_listen")]


def leaves(hand: Hand, dispatcher: CollectingDispatcher, tracker: Tracker, told: list[Event]) -> list[Event]:
    """Say what a red flag leads to. A worry about a colleague ends here: the DSL is not told of it."""
    slots = tracker.slots | {event["name"]: event["value"] for event in told}
    flags = hand.counsel.flags(hand.counsel.keep(tracker.sender_id, slots))
    said = talk.exits([flag.exit for flag in flags])
    for name in said:
        hand.say(dispatcher, tracker, name)
    if speaks_of_the_writer(str(carried(tracker).get("words") or typed(tracker))):
        hand.say(dispatcher, tracker, "utter_exit_if_about_you")
    events = [*told, SlotSet("leaves_now", True), SlotSet("ringing", None), SlotSet("disputes_exit", False)]
    if said != ["utter_staff_exit_lado"]:
        return events
    return [*events, ActiveLoop(None), SlotSet(REQUESTED_SLOT, None), FollowupAction("action_listen")]


def exit_answered(
    counsel: Counsel, answers: AnswerReader, dispatcher: CollectingDispatcher, tracker: Tracker, asked: str
) -> dict[str, object]:
    """Return what was answered to "shall I tell your DSL?"; who cannot find them hears whom else to go to."""
    value = str(carried(tracker).get("ringing") or "") or _exit_answer(answers, tracker, asked)
    if not value:
        return {}
    if value == talk.CANNOT:
        dispatcher.utter_message(response="utter_staff_no_dsl", **counsel.numbers(tracker.slots))
        return {"ringing": None}
    return {"ringing": value, "wants_person": False, "disputes_exit": value == talk.MISUNDERSTOOD}


def _exit_answer(answers: AnswerReader, tracker: Tracker, asked: str) -> str:
    text, act = typed(tracker), intent_of(tracker)
    if asked != "ringing" or not text:
        return ""
    if plainly(text) in _PLAIN_NO:  # to "have you been able to ring?" it would be that they cannot
        return talk.LEFT
    if act in _CANNOT or answers.read("ringing", text, act, {}) == "cannot":
        return talk.CANNOT
    if talk.says_told(text):
        return talk.TOLD
    answer = _BY_ACT.get(act, "")
    return "" if answer in (talk.TELL, talk.TOLD) and denies_anything(plainly(text)) else answer


def after_exit(hand: Hand, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
    """Tell the DSL that something is urgent, and no more than that, where it is wished."""
    if tracker.get_slot("ringing") != talk.TELL:
        hand.say(dispatcher, tracker, "utter_staff_exit_done")
    else:
        is_passed_on = _passed_on(hand, tracker, True, "")
        hand.say(dispatcher, tracker, "utter_staff_told_urgent" if is_passed_on else "utter_staff_not_passed_on")
    return [FollowupAction("action_listen")]


def to_the_dsl(hand: Hand, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
    """Say that the person to go to is the DSL, and go on with what is open."""
    hand.say(dispatcher, tracker, "utter_staff_person")
    again = FollowupAction((tracker.active_loop or {}).get("name") or "action_listen")
    return [SlotSet("wants_person", False), SlotSet("not_followed", None), again]


def sees_otherwise(hand: Hand, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
    """Say where somebody goes who does not agree with what is done: nothing of ours is there to disagree with."""
    hand.say(dispatcher, tracker, "utter_staff_about_ask_how_to_escalate")
    return [FollowupAction((tracker.active_loop or {}).get("name") or "action_listen")]


def finishes(hand: Hand, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[Event]:
    """Say the last words, unless it is to be passed on after all."""
    again = _after_all(tracker)
    if not again:
        hand.say(dispatcher, tracker, "utter_staff_finished")
    return again or [FollowupAction("action_listen")]


def not_followed(hand: Hand, dispatcher: CollectingDispatcher, tracker: Tracker, form: str | None) -> list[Event]:
    """Ask again; what is not followed three times is put down as not known. No person is fetched."""
    times, asked = int(tracker.get_slot("not_followed") or 0) + 1, str(tracker.get_slot(REQUESTED_SLOT) or "")
    counted = SlotSet("not_followed", times)
    if form is None and (again := _after_all(tracker)):
        return again
    if form is None:
        hand.say(dispatcher, tracker, "utter_staff_after_the_end")
        return [counted, FollowupAction("action_listen")]
    if form == QUESTIONS and times >= _ENOUGH and asked in _MAY_BE_UNKNOWN:
        hand.say(dispatcher, tracker, "utter_staff_stuck")
        return [SlotSet(asked, "unknown"), SlotSet("not_followed", None), FollowupAction(form)]
    if form == QUESTIONS:
        dispatcher.utter_message(response="utter_rephrase")
    return [counted, FollowupAction(form)]


def confirmed(counsel: Counsel, text: str, act: str) -> dict[str, object]:
    """Return what a typed text answers to "shall I pass it on?", nothing if it is no plain answer."""
    wish = talk.wish(text)
    if wish is None and act == "deny" and not counsel.gathering.speaks_of_concern(RedactedText(text)):
        wish = talk.NOT_NOW
    return {"answers_checked": wish} if wish else {}


def changes(question: str) -> list[Event] | None:
    """Return what is emptied to tell the worry anew, or to be asked once more; None for what is changed as usual."""
    if question == "answers_checked":
        return [SlotSet(slot, None) for slot in AGAIN]
    return [SlotSet("additions", None)] if question == "worry" else None


def own_answer(act: str) -> str | None:
    """Return the response that answers a question along the way here, if the usual one does not."""
    return f"utter_staff_about_{act}" if act in _OWN_ANSWERS else None


def own_manners(act: str) -> str | None:
    """Return the response to manners and feelings here, if the usual one does not fit."""
    return _OWN_MANNERS.get(act)


def own_reason(what: str, asked: str) -> str | None:
    """Return the response that says why something is asked, or asks it in other words, if the usual one does not."""
    return f"utter_staff_{what}_{asked}" if asked in _OWN_WHY else None


def _after_all(tracker: Tracker) -> list[Event]:
    """Return what shows the note again and asks, where a text after the end wishes to pass it on."""
    if not tracker.get_slot("worry") or talk.wish(typed(tracker)) != talk.PASS_ON:
        return []
    return [*(SlotSet(slot, None) for slot in (*AGAIN, "not_followed")), FollowupAction(QUESTIONS)]


def _passed_on(hand: Hand, tracker: Tracker, urgent: bool, words: str) -> bool:
    with suppress(UncleanWrite, NotKept):
        hand.at_hand.pass_on(tracker.sender_id, urgent, words, hand.counsel.clock())
        return True
    return False
