"""Findable: how easily the child could be found from a consultation, in the words people read.

For the DSL at check-your-answers, for the duty worker in the brief, and for a text that is still being
written: `findable` is what a preview asks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.consultation import Facts, RedactedText
from bot.desk.consult import Counsel
from bot.desk.ports import Message
from bot.findability import Findability, Grade, Place, Reason, weigh
from bot.knowledge.model import National
from bot.knowledge.wording import Wording

_BESIDE_THE_QUESTIONS = ("view_reason",)


@dataclass(frozen=True, slots=True)
class ToldReason:
    """Why a child may be found: a short label, a sentence, and each of the words with its vaguer ones.

    `places` have their offsets in the text that was asked about. Empty where an answer told it, or
    something said before.
    """

    rule: str
    label: str
    why: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The grade (`low`, `some` or `high`), the sentence for it, and the reasons, weightiest first."""

    grade: Grade
    words: str
    reasons: tuple[ToldReason, ...]


def findable(
    text: RedactedText,
    national: National,
    wording: Wording,
    *,
    before: Sequence[str] = (),
    facts: Facts | None = None,
) -> Told:
    """Return how findable a text makes a consultation in which `before` was said and `facts` are known.

    Pure: nothing is stored. What was said before counts towards the grade; places are those in `text`.
    """
    found = weigh((text, *before), facts or Facts(), national.findability)
    reasons = (_told(reason, [place for place in reason.places if place.text == 0]) for reason in found.reasons)
    return Told(found.grade, grade_in_words(found, wording), tuple(reasons))


def said_by_the_dsl(messages: Iterable[Message]) -> tuple[str, ...]:
    """Return the texts of a DSL's messages, pressed buttons included: none of our titles points to a child."""
    return tuple(message.utterance.text for message in messages if message.utterance.speaker == "dsl")


def typed_answers(slots: Mapping[str, Any], national: National) -> dict[str, str | list[str]]:
    """Return what was answered in the DSL's own words, by slot: one text, or of `additions` several."""
    held: dict[str, str | list[str]] = {
        question: str(slots[question])
        for question in (*_text_questions(national), *_BESIDE_THE_QUESTIONS)
        if slots.get(question) and slots[question] not in _options(national, question)
    }
    if slots.get("additions"):
        held["additions"] = [str(text) for text in slots["additions"]]
    return held


def typed_texts(slots: Mapping[str, Any], national: National) -> list[str]:
    """Return the same as one list of texts."""
    held = typed_answers(slots, national).values()
    return [text for texts in held for text in ([texts] if isinstance(texts, str) else texts)]


def of_record(counsel: Counsel, consultation_id: str, slots: Mapping[str, Any]) -> Findability:
    """Return how findable the consultation is as it stands."""
    said = said_by_the_dsl(counsel.records.messages(consultation_id))
    texts = tuple(dict.fromkeys(text.strip() for text in (*said, *typed_texts(slots, counsel.national))))
    return weigh(texts, counsel.facts(slots), counsel.national.findability)


def grade_in_words(found: Findability, wording: Wording) -> str:
    """Return the sentence for the grade."""
    return wording.say(f"utter_findable_{found.grade.value}")


def lines(messages: Iterable[Message], facts: Facts, national: National, wording: Wording) -> list[str]:
    """Return the lines of a duty worker's brief: the grade, and each reason with the words that gave it."""
    found = weigh(said_by_the_dsl(messages), facts, national.findability)
    told = [wording.say(f"utter_desk_line_findable_{found.grade.value}")]
    for reason in found.reasons:
        if words := quotes(reason):
            told.append(wording.say("utter_desk_line_findable_words", why=reason.rule.why, words="; ".join(words)))
        else:
            told.append(wording.say("utter_desk_line_findable_answer", why=reason.rule.why))
    return told


def quotes(reason: Reason) -> tuple[str, ...]:
    """Return the words that a reason was found in, each once."""
    return tuple(dict.fromkeys(place.words for place in reason.places))


def _told(reason: Reason, places: Iterable[Place]) -> ToldReason:
    return ToldReason(reason.rule.id, reason.rule.label, reason.rule.why, tuple(places))


def _text_questions(national: National) -> list[str]:
    return [question.id for question in national.questions.values() if question.kind == "text"]


def _options(national: National, question: str) -> Iterable[str]:
    return national.questions[question].options if question in national.questions else ()
