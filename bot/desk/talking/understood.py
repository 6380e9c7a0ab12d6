"""Understood: everything that is known of a consultation at this moment, in groups, each row with its way to change it.

It is what check-your-answers shows, worked out from the records, so that it can be looked at before the questions end.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.anonymiser.placeholders import spans
from bot.desk import showing
from bot.desk.answers import AnswerReader
from bot.desk.consult import Counsel
from bot.desk.own_questions import flat
from bot.desk.ports import Message
from bot.desk.reopening import reopened
from bot.desk.talking.changing import ANSWER, WORRY, change_id

_CHILD = ("child_area", "age_band")


@dataclass(frozen=True, slots=True)
class Row:
    """Something known: what it is, how it reads, the DSL's words that it came from, and the id that changes it."""

    label: str
    value: str
    words: tuple[str, ...] = ()
    change: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What is understood: of the child, the worries, the answers, what is not known, and what was taken out."""

    child: tuple[Row, ...] = ()
    worries: tuple[Row, ...] = ()
    answers: tuple[Row, ...] = ()
    unsure: tuple[Row, ...] = ()
    removed: tuple[str, ...] = ()


def understood(counsel: Counsel, reader: AnswerReader, consultation_id: str, *, may_change: bool) -> Understood:
    """Return what is understood in a consultation. Its rows can be changed only where `may_change`."""
    again = reopened(counsel, reader, consultation_id)
    removed = _removed(counsel.records.messages(consultation_id))
    if again is None:
        return Understood(removed=removed)
    groups: dict[str, list[Row]] = {"child": [], "worries": [], "answers": [], "unsure": []}
    told = flat(counsel, again.slots)
    for shown in showing.answers_card(counsel, again.slots, "utter_answers_so_far_title")["rows"]:
        kind, about = _changes(shown["change"])
        change = change_id(kind, about) if may_change and about else ""
        groups[_group(kind, about, told)].append(Row(shown["label"], shown["value"], tuple(shown["words"]), change))
    child = [*groups["child"], *_not_asked(counsel, told)]
    return Understood(tuple(child), *(tuple(groups[name]) for name in ("worries", "answers", "unsure")), removed)


def _group(kind: str, about: str, told: Mapping[str, Any]) -> str:
    if kind == WORRY:
        return "worries"
    if told.get(about) in ("unknown", ["unknown"], ("unknown",)):
        return "unsure"
    return "child" if about in _CHILD else "answers"


def _not_asked(counsel: Counsel, told: Mapping[str, Any]) -> Iterable[Row]:
    say = counsel.wording.say
    for question in _CHILD:
        if told.get(question) is None:
            yield Row(say(f"utter_label_{question}"), say("utter_label_not_asked_yet"))


def _changes(payload: str | None) -> tuple[str, str]:
    """Return what a row changes, an answer or a worry, and which."""
    act, _, carried = (payload or "").partition("{")
    values = json.loads("{" + carried) if carried else {}
    return (WORRY, str(values["indicator"])) if act == "/not_so" else (ANSWER, str(values.get("question", "")))


def _removed(messages: Sequence[Message]) -> tuple[str, ...]:
    said = [message.utterance.text for message in messages if message.utterance.speaker == "dsl"]
    return tuple(dict.fromkeys(text[start:end] for text in said for start, end in spans(text)))
