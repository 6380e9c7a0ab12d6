"""Reads the answers of the consultation's questions."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import alias_asked, sounding_grave, with_staff
from actions.form import DIGRESSIONS, FAINT, Validation
from actions.hand import carried, intent_of, tell_of, typed
from bot.consultation import Reading, RedactedText, Status
from bot.desk import alias, another_child, own_questions, showing
from bot.desk.answers import AnswerReader
from bot.desk.needed import form_order, needed
from bot.desk.own_answers import ANSWERS
from bot.desk.own_reader import OwnReader
from bot.desk.practice import is_practice
from bot.desk.staff.talk import questions

CONFIRMATIONS = ("understood", "answers_checked")
_MORE = frozenset({"describe_concern", "give_answer", "nlu_fallback"})


class ValidateConsultationForm(Validation):
    """Fills answers, and ends the form at once when a red flag holds."""

    form = "consultation_form"

    def domain_slots(self, domain: dict[str, Any]) -> list[str]:
        """Return the national questions in their order, with the alias and the two confirmations in their places."""
        return form_order(self.counsel.national)

    def filled(self, dispatcher: CollectingDispatcher, tracker: Tracker, asked: str) -> dict[str, Any]:
        """Return what the last message answers, with `leaves_now` when it must end here."""
        filled = self._answers(dispatcher, tracker, asked)
        if alias.QUESTION in filled:
            filled |= alias_asked.told(self.counsel, dispatcher, tracker.sender_id, str(filled[alias.QUESTION]))
        self._hear_the_area(dispatcher, tracker, filled)
        if tracker.get_slot("disputes_exit"):
            # The dispute is settled by coming back here; the rule that leads here still goes by it.
            filled["disputes_exit"] = False
        text = typed(tracker)
        if text and (text in filled.get("additions", ()) or text.strip() in (filled.get("worry"), filled.get(asked))):
            filled["struck"] = self.counsel.gathering.still_struck(tracker.slots, text)
        after = tracker.slots | filled
        if self.counsel.flags(self.counsel.facts(after)):
            filled["leaves_now"] = True
        if not filled and intent_of(tracker) in DIGRESSIONS:
            # Whatever is filled here would keep the rule from answering it. What it tells is asked about there.
            return {}
        return filled | sounding_grave.reopened(self.counsel, dispatcher, tracker.slots, text, filled)

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[str]:
        """Return the questions that apply, none once the consultation must leave the form."""
        if with_staff.is_theirs(self.counsel, tracker.sender_id):
            return [] if tracker.get_slot("leaves_now") else questions(tracker.slots)
        asked = needed(domain_slots, tracker.slots, leaves=bool(tracker.get_slot("leaves_now")))
        if is_practice(self.counsel, tracker.sender_id):
            # Nothing is linked to a child who does not exist, however often the questions begin again.
            asked = [question for question in asked if question != alias.QUESTION]
        return own_questions.with_own(self.counsel, tracker.slots, asked)

    def _answers(self, dispatcher: CollectingDispatcher, tracker: Tracker, asked: str) -> dict[str, Any]:
        intent = intent_of(tracker)
        if intent in ("answer", "open_consultation"):
            given = carried(tracker)
            own = own_questions.carried_answer(self.counsel, tracker.slots, given.get(own_questions.SLOT))
            kept = {ANSWERS: {**(tracker.get_slot(ANSWERS) or {}), **own}} if own else {}
            return {q: v for q, v in given.items() if q in self.counsel.questions} | kept
        text = typed(tracker)
        if asked == own_questions.SLOT and text:
            return self._own(dispatcher, tracker, text, intent)
        if not text or not asked or asked not in self.counsel.questions:
            return {}
        # What answers a question is no description: the whole of "nothing sexual" speaks of what it denies.
        describes = self.counsel.gathering.is_read(asked) or asked in CONFIRMATIONS
        reading = self.counsel.gathering.read(RedactedText(text), as_a_whole=describes)
        if intent in DIGRESSIONS and not (asked in ("worry", alias.QUESTION) and reading.concerns):
            about_another = another_child.is_told(self.counsel, intent, asked, text)
            is_answer = intent in FAINT and not about_another and self._is_plain_answer(asked, text)
            return self._answer(dispatcher, tracker, asked, text, intent, reading) if is_answer else {}
        if asked == alias.QUESTION:
            heard = alias_asked.something_else(text, intent, reading)
            return {**heard, **self._also(tracker, reading.answers, text)}
        if asked in CONFIRMATIONS:
            is_staff = with_staff.is_theirs(self.counsel, tracker.sender_id)
            plain = with_staff.confirmed(self.counsel, text, intent) if is_staff else {}
            return plain or self._confirmed(dispatcher, tracker, asked, text, intent)
        if asked == "worry":
            return {"worry": text, **self._also(tracker, reading.answers, text)}
        return self._answer(dispatcher, tracker, asked, text, intent, reading)

    def _own(self, dispatcher: CollectingDispatcher, tracker: Tracker, text: str, intent: str) -> dict[str, Any]:
        """Read the answer to the area's own question that is open."""
        one = own_questions.open_question(self.counsel, tracker.slots)
        if one is None:
            return {}
        reader = OwnReader(self.at_hand.answers, one)
        about_another = another_child.is_told(self.counsel, intent, one.id, text)
        is_answer = intent in FAINT and not about_another and reader.is_plain_answer(one.id, text)
        if intent in DIGRESSIONS and not is_answer:
            return {}
        reading = self.counsel.gathering.read(RedactedText(text), as_a_whole=False)
        filled = self._answer(dispatcher, tracker, one.id, text, intent, reading, reader)
        if one.id in filled:
            filled[ANSWERS] = {**(tracker.get_slot(ANSWERS) or {}), one.id: filled.pop(one.id)}
        return filled

    def _answer(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        asked: str,
        text: str,
        intent: str,
        reading: Reading,
        answers: AnswerReader | None = None,
    ) -> dict[str, Any]:
        answers = answers or self.at_hand.answers
        value = self._value(asked, text, intent, reading, answers)
        speaks_of_harm = any(concern.status is Status.PRESENT for concern in reading.concerns)
        if value is not None and speaks_of_harm and answers.rules_out(asked, value):
            # "No. Bruises on his body." rules nothing out: it is kept, and asked again.
            value = None
        filled: dict[str, Any] = {}
        if value is not None:
            beside = answers.beside("baby_at_home", text) if asked == "household" else {}
            self._say_of_skipping(dispatcher, asked, value, intent)
            filled = {asked: value, **self._also(tracker, {**reading.answers, **beside}, text, but=asked)}
        # A text that became a tick is read for concerns too, or what it says would be lost.
        is_kept = self.counsel.gathering.is_read(asked) and filled.get(asked) == text.strip()
        if reading.concerns and not is_kept:
            filled["additions"] = [*(tracker.get_slot("additions") or []), text]
            if value is None:
                dispatcher.utter_message(response="utter_added")
        return filled

    def _hear_the_area(self, dispatcher: CollectingDispatcher, tracker: Tracker, filled: dict[str, Any]) -> None:
        """Tell of an area as soon as it is known; who lives in another one is asked which."""
        area = filled.get("child_area")
        if area == showing.ELSEWHERE:
            filled["child_area"] = None
        elif area and area != tracker.get_slot("child_area"):
            tell_of(self.counsel, dispatcher, str(area))

    def _say_of_skipping(self, dispatcher: CollectingDispatcher, asked: str, value: Any, intent: str) -> None:
        """Say that a danger sign that was skipped is not known, and why it was asked."""
        question = self.counsel.national.questions.get(asked)
        if intent == "skip_question" and value == "unknown" and question and question.red_flag:
            why = self.counsel.wording.say(f"utter_why_{asked}")
            dispatcher.utter_message(response="utter_skipped_red_flag", why=why)

    def _value(self, asked: str, text: str, intent: str, reading: Reading, answers: AnswerReader) -> Any:
        named = self.counsel.places().named_in(text) if asked == "child_area" else ()
        if named:
            # Two councils are no answer, and not some other one either.
            return self._area(text)
        return answers.read(asked, text, intent, reading.answers)

    def _area(self, text: str) -> str | None:
        """Return the held area that a text names, if it is clear which."""
        return self.counsel.places().only_one_in(text)

    def _is_plain_answer(self, asked: str, text: str) -> bool:
        names_area = asked == "child_area" and "?" not in text and self._area(text) is not None
        return names_area or self.at_hand.answers.is_plain_answer(asked, text)

    def _confirmed(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, asked: str, text: str, intent: str
    ) -> dict[str, Any]:
        speaks = self.counsel.gathering.speaks_of_concern(RedactedText(text))
        if not speaks and self.at_hand.answers.read(asked, text, intent, {}):
            return {asked: "yes"}
        if speaks or intent in _MORE:
            # Whatever is typed here and is not "yes" belongs to the worry, understood or not.
            dispatcher.utter_message(response="utter_added")
            return {asked: None, "additions": [*(tracker.get_slot("additions") or []), text]}
        if intent == "deny":
            dispatcher.utter_message(response="utter_which_answer")
            return {asked: None}
        return {}

    def _also(self, tracker: Tracker, read: Any, text: str, but: str = "") -> dict[str, Any]:
        """Answers found in passing fill only what is still open: they never overwrite an answer."""
        return {
            question: value
            for question, value in read.items()
            if question != but
            and question in tracker.slots
            and tracker.get_slot(question) is None
            and self.at_hand.answers.may_pass(question, value, text)
        }
