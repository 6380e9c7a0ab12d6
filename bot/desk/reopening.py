"""Reopening: a talk that the dialogue has forgotten, put together again from what is kept of it.

Answers come from the facts, what was said beside them from the DSL's messages, what was taken back from the
difference between the two. Where it is not clear that something was answered, it is asked again; what was
said of harm stays said.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.consultation import Facts, RedactedText, Stage, Status
from bot.desk import referrals, repeats
from bot.desk.answers import AnswerReader
from bot.desk.consult import Counsel
from bot.desk.gathering import texts_of
from bot.desk.own_answers import ANSWERS
from bot.desk.payloads import no_command
from bot.desk.ports import Case, Message

_ANSWER = "/answer{"
_KEEP_SET_ASIDE = '/add_something{"set_aside"'
_AFTER_THE_QUESTIONS = ("view", "view_reason", "reference_kept", "anything_else")
_AT_THE_END = ("reference_kept", "anything_else")


@dataclass(frozen=True, slots=True)
class Reopened:
    """The slots of a talk as far as they are known, and whether it waits for a duty worker."""

    slots: Mapping[str, Any]
    waits: bool


def reopened(counsel: Counsel, answers: AnswerReader, consultation_id: str) -> Reopened | None:
    """Return what a talk had come to, or None if it has not begun."""
    consultation = counsel.consultation(consultation_id)
    messages = counsel.records.messages(consultation_id)
    if not any(message.utterance.speaker == "assistant" for message in messages):
        return None
    messages = _since_started_again(messages, counsel.wording.say("utter_started_again"))
    asked = list(asked_in(messages))
    slots: dict[str, Any] = {"child_area": consultation.area} if consultation.area else {}
    slots |= _answered(counsel, answers, consultation.facts, asked)
    slots |= repeats.slots_again(counsel.records, consultation, asked, counsel.clock())
    if (slots.get("known_before") or slots.get(referrals.SLOT)) and "tried" not in asked[:-1]:
        slots.pop("tried", None)  # what earlier consultations or referrals show is no answer to the question
    waits = consultation.stage is Stage.WAITING
    vain = _answered_in_vain(messages, counsel.wording.say("utter_ask_worry"))
    if vain in slots and not waits and not _is_of_danger(counsel, slots, vain):
        slots.pop(vain)
    own = {question: slots.pop(question) for question in list(slots) if "-" in question}
    slots[ANSWERS] = own or None  # only the questions of an area's own have a hyphen
    slots["additions"] = _additions(counsel, consultation.facts, slots, messages) or None
    slots["struck"] = _struck(counsel, consultation.facts, slots) or None
    slots |= _of_a_case(counsel.records.case_of(consultation_id)) if waits else _confirmed(asked)
    return Reopened({slot: value for slot, value in slots.items() if value is not None}, waits)


def _is_of_danger(counsel: Counsel, slots: Mapping[str, Any], question: str) -> bool:
    """Whether a red flag rests on the answer to a question: such an answer is kept though nobody was shown a reply."""
    without = {slot: value for slot, value in slots.items() if slot != question}
    with_it, known = (counsel.flags(counsel.facts(one)) for one in (slots, without))
    return {flag.id for flag in with_it} > {flag.id for flag in known}


def _since_started_again(messages: Sequence[Message], words: str) -> Sequence[Message]:
    said = [(message.utterance.speaker, message.utterance.text) for message in messages]
    again = [place for place, one in enumerate(said) if one == ("assistant", words)]
    return messages[again[-1] :] if again else messages


def _answered_in_vain(messages: Sequence[Message], asks_for_worry: str) -> str:
    """Return the question that was answered and then apologised for, or nothing.

    What the dialogue made of that answer, nobody was shown: for the DSL the question is still the open one.
    """
    spoken = [place for place, one in enumerate(messages) if one.utterance.speaker == "assistant"]
    last = spoken[-1] if spoken else 0
    since = [one.utterance.speaker for one in messages[last + 1 :]]
    if "dsl" not in since or "duty_worker" in since or "service" not in since[since.index("dsl") :]:
        return ""
    if messages[last].utterance.text == asks_for_worry:
        return "worry"
    return next(reversed([*asked_in(messages[: last + 1])]), "")


def asked_in(messages: Sequence[Message]) -> Iterator[str]:
    """Yield the questions that were asked with buttons, in order. The last one is open."""
    for message in messages:
        payloads = [button.payload for button in message.utterance.buttons]
        answering = next((payload for payload in payloads if payload.startswith(_ANSWER)), None)
        if answering:
            yield next(iter(json.loads(answering.removeprefix("/answer"))))


def _answered(counsel: Counsel, answers: AnswerReader, facts: Facts, asked: Sequence[str]) -> dict[str, Any]:
    """Return the answers that were given, or may stand without the question being asked."""
    slots = {q: list(value) if isinstance(value, tuple) else value for q, value in facts.answers.items()}
    was_asked = set(asked) - set(asked[-1:])
    for text in texts_of(slots):
        for question, value in counsel.gathering.read(RedactedText(text)).answers.items():
            only_read = facts.answers.get(question) == value and question not in was_asked
            if only_read and not answers.may_pass(question, value, text):
                slots.pop(question, None)
    return slots


def _additions(counsel: Counsel, facts: Facts, slots: Mapping[str, Any], messages: Sequence[Message]) -> list[str]:
    """Return what was typed beside the answers and speaks of what is known."""
    pressed = {button.title for message in messages for button in message.utterance.buttons}
    held = {value.strip() for value in slots.values() if isinstance(value, str)}
    aside = _set_aside(messages)
    found: list[str] = []
    for message in messages:
        text = no_command(message.utterance.text)
        if message.utterance.speaker != "dsl" or message.number in aside:
            continue
        if text in held or pressed.issuperset(text.split("; ")):
            continue
        concerns = counsel.gathering.read(RedactedText(text)).concerns
        if any(concern.indicator in facts.indicators for concern in concerns):
            found.append(text)
    return found


def _set_aside(messages: Sequence[Message]) -> set[int]:
    """Return the numbers of the messages that seemed to be about somebody else, unless the DSL said they were not."""
    aside: set[int] = set()
    titles: set[str] = set()
    last = 0
    for message in messages:
        said = message.utterance
        if said.speaker == "dsl" and said.text in titles:
            aside.discard(last)
        elif said.speaker == "dsl":
            last = message.number
        elif keeps := [button.title for button in said.buttons if button.payload.startswith(_KEEP_SET_ASIDE)]:
            aside.add(last)
            titles.update(keeps)
    return aside


def _struck(counsel: Counsel, facts: Facts, slots: Mapping[str, Any]) -> list[str]:
    """Return what was taken back: what the texts say and the facts do not, as taking it back would leave it."""
    read = counsel.facts({**slots, "struck": None}).indicators
    return sorted(
        indicator
        for indicator, status in facts.indicators.items()
        if read.get(indicator) is not status
        and status is (Status.UNSURE if counsel.gathering.is_flagging(indicator) else Status.ABSENT)
    )


def _confirmed(asked: Sequence[str]) -> dict[str, Any]:
    """Return what was confirmed along the way, by what was asked after it."""
    open_now = asked[-1] if asked else ""
    slots: dict[str, Any] = {}
    if "understood" in asked[:-1] and open_now != "understood":
        slots["understood"] = "yes"
    if open_now in _AFTER_THE_QUESTIONS:
        slots["answers_checked"] = "yes"
    if open_now in _AT_THE_END:
        slots["view"] = "agree"
    if open_now == "anything_else":
        slots["reference_kept"] = "yes"
    return slots


def _of_a_case(case: Case | None) -> dict[str, Any]:
    """Return the slots of a talk that waits: whoever comes back to it has the reference."""
    view = {"view": case.dsl_view or None, "view_reason": case.dsl_reason or None} if case else {}
    return {"reference_kept": "yes", **view}
