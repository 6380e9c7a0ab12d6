"""Reads the answers of the consultation's questions."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.form import DIGRESSIONS, FAINT, Validation
from actions.hand import carried, intent_of, tell_of, typed
from bot.consultation import Reading, RedactedText, Status
from bot.desk import showing
from bot.desk.needed import needed

CONFIRMATIONS = ("understood", "answers_checked")
_MORE = frozenset({"describe_concern", "give_answer", "nlu_fallback"})


class ValidateConsultationForm(Validation):
    """Fills answers, and ends the form at once when a red flag holds."""

    form = "consultation_form"

    def domain_slots(self, domain: dict[str, Any]) -> list[str]:
        """Return the national questions in their order, with the two confirmations in their places."""
        questions = list(self.counsel.national.questions)
        told = questions.index("worry") + 1
        return ["child_area", *questions[:told], "understood", *questions[told:], "answers_checked"]

    def filled(self, dispatcher: CollectingDispatcher, tracker: Tracker, asked: str) -> dict[str, Any]:
        """Return what the last message answers, with `leaves_now` when it must end here."""
        filled = self._answers(dispatcher, tracker, asked)
        self._hear_the_area(dispatcher, tracker, filled)
        if tracker.get_slot("disputes_exit"):
            # The dispute is settled by coming back here; the rule that leads here still goes by it.
            filled["disputes_exit"] = False
        text = typed(tracker)
        if text and (text in filled.get("additions", ()) or text.strip() in (filled.get("worry"), filled.get(asked))):
            filled["struck"] = self.counsel.gathering.still_struck(tracker.slots, text)
        after = tracker.slots | filled
        if self.counsel.flags(self.counsel.gathering.facts(after)):
            filled["leaves_now"] = True
        return filled

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[str]:
        """Return the questions that apply, none once the consultation must leave the form."""
        return needed(domain_slots, tracker.slots, leaves=bool(tracker.get_slot("leaves_now")))

    def _answers(self, dispatcher: CollectingDispatcher, tracker: Tracker, asked: str) -> dict[str, Any]:
        intent = intent_of(tracker)
        if intent in ("answer", "open_consultation"):
            return {q: v for q, v in carried(tracker).items() if q in self.counsel.questions}
        text = typed(tracker)
        if not text or not asked or asked not in self.counsel.questions:
            return {}
        reading = self.counsel.gathering.read(RedactedText(text))
        if intent in DIGRESSIONS and not (asked == "worry" and reading.concerns):
            is_answer = intent in FAINT and self._is_plain_answer(asked, text)
            return self._answer(dispatcher, tracker, asked, text, intent, reading) if is_answer else {}
        if asked in CONFIRMATIONS:
            return self._confirmed(dispatcher, tracker, asked, text, intent)
        if asked == "worry":
            return {"worry": text, **self._also(tracker, reading.answers, text)}
        return self._answer(dispatcher, tracker, asked, text, intent, reading)

    def _answer(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        asked: str,
        text: str,
        intent: str,
        reading: Reading,
    ) -> dict[str, Any]:
        answers = self.at_hand.answers
        value = self._value(asked, text, intent, reading)
        speaks_of_harm = any(concern.status is Status.PRESENT for concern in reading.concerns)
        if value is not None and speaks_of_harm and answers.rules_out(asked, value):
            # "No. Bruises on his body." rules nothing out: it is kept, and asked again.
            value = None
        filled: dict[str, Any] = {}
        if value is not None:
            beside = answers.beside("baby_at_home", text) if asked == "household" else {}
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

    def _value(self, asked: str, text: str, intent: str, reading: Reading) -> Any:
        named = self.counsel.places().named_in(text) if asked == "child_area" else ()
        if named:
            # Two councils are no answer, and not some other one either.
            return self._area(text)
        return self.at_hand.answers.read(asked, text, intent, reading.answers)

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
