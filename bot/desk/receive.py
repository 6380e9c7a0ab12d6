"""Receive: the walk of one message from the door to the reply.

Redact, store, look for red flags, ask the dialogue, store what it says unless a person has taken
over meanwhile. Raw text dies in `_redacted`.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from bot.anonymiser import Anonymiser, AnonymiserFailed, Memory, UnreadableScript
from bot.consultation import Facts, Finding, Outcome, RawText, RedactedText, Redaction, Stage, Status
from bot.desk.consult import Counsel
from bot.desk.payloads import NotTogether, no_command, payload, together
from bot.desk.ports import (
    Button,
    Consultation,
    Dialogue,
    DialogueUnavailable,
    Message,
    Records,
    UncleanWrite,
    Utterance,
)
from bot.reading import Reader

EMPTY, TOO_LONG, NOT_READ, NOT_SAFE, NO_SUCH_CHOICE, CLOSED = (
    f"utter_refused_{why}" for why in ("empty", "too_long", "script", "not_safe", "choice", "closed")
)
LONGEST = 4000
MEMORIES_HELD = 5000


@dataclass(frozen=True, slots=True)
class Received:
    """What came of a message. With a `refusal` (an id of wording) nothing was stored."""

    message: Message | None
    replies: tuple[Message, ...]
    removed: tuple[Finding, ...]
    stage: Stage
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message ready to be stored: what it shows, and what the dialogue gets."""

    text: RedactedText
    for_dialogue: str
    removed: tuple[Finding, ...]
    typed: bool


class Refusal(Exception):
    """Tried to take in a message that cannot be. Holds an id of wording and nothing of the message."""


class Reception:
    """Takes in messages, one at a time a consultation and in order."""

    def __init__(
        self,
        records: Records,
        anonymiser: Anonymiser,
        reader: Reader,
        dialogue: Dialogue,
        counsel: Counsel,
        new_memory: Callable[[], Memory],
    ) -> None:
        self._new_memory = new_memory
        self._records = records
        self._anonymiser = anonymiser
        self._reader = reader
        self._dialogue = dialogue
        self._counsel = counsel
        self._memories: dict[str, Memory] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        # Words of red flags that the dialogue could not be told of: it hears them as soon as it answers.
        self._untold: dict[str, list[str]] = {}

    async def open(self, consultation: Consultation, now: datetime) -> None:
        """Store a new consultation and let the assistant say the opening."""
        self._records.open_consultation(consultation)
        try:
            await self._open(consultation, now)
        except DialogueUnavailable:
            sorry = self._without_dialogue(consultation, ())
            self._records.add_outgoing(consultation.id, sorry, now, unless_held=True)

    async def receive(
        self, consultation: Consultation, client_id: str, typed: RawText | None, choice: str | None, now: datetime
    ) -> Received:
        """Take in one message. The same client id again gets the first answer again."""
        async with self._locks.setdefault(consultation.id, asyncio.Lock()):
            try:
                incoming = self._incoming(consultation, typed, choice)
            except Refusal as refusal:
                return Received(None, (), (), self._stage(consultation), str(refusal))
            said = Utterance("dsl", incoming.text)
            message, is_new = self._records.add_incoming(consultation.id, client_id, said, now)
            if is_new:
                await self._answer(consultation, incoming, now)
            elif not self._records.messages(consultation.id, message.number):
                self._answer_late(consultation, incoming, now)
            replies = self._records.replies_to(consultation.id, message.number)
            return Received(message, replies, incoming.removed, self._stage(consultation))

    def _stage(self, consultation: Consultation) -> Stage:
        held = self._records.consultation(consultation.id)
        return held.stage if held else consultation.stage

    def _incoming(self, consultation: Consultation, typed: RawText | None, choice: str | None) -> Incoming:
        if self._stage(consultation) is Stage.CLOSED:
            raise Refusal(CLOSED)
        if choice is not None:
            return self._chosen(consultation, choice)
        redaction = self._redacted(consultation.id, typed or RawText(""))
        plain = no_command(redaction.text)
        if not plain:
            raise Refusal(EMPTY)
        return Incoming(redaction.text, plain, redaction.findings, typed=True)

    def _redacted(self, consultation_id: str, typed: RawText) -> Redaction:
        if len(typed) > LONGEST:
            raise Refusal(TOO_LONG)
        memory = self._memories.get(consultation_id) or self._remember(consultation_id)
        try:
            return self._anonymiser.redact(typed, memory)
        except UnreadableScript:
            raise Refusal(NOT_READ) from None
        except AnonymiserFailed:
            raise Refusal(NOT_SAFE) from None

    def _remember(self, consultation_id: str) -> Memory:
        """Start a memory of removed names; the oldest goes when there are too many to hold."""
        if len(self._memories) >= MEMORIES_HELD:
            del self._memories[next(iter(self._memories))]
        return self._memories.setdefault(consultation_id, self._new_memory())

    def _chosen(self, consultation: Consultation, choice: str) -> Incoming:
        """Return what the chosen buttons say. Ids are `<message number>.<index>`, several by commas."""
        buttons = [self._button(consultation, one) for one in choice.split(",")]
        text = RedactedText("; ".join(button.title for button in buttons))
        try:
            return Incoming(text, together([button.payload for button in buttons]), (), typed=False)
        except NotTogether:
            raise Refusal(NO_SUCH_CHOICE) from None

    def _button(self, consultation: Consultation, choice: str) -> Button:
        number, _, place = choice.strip().partition(".")
        offered = {str(m.number): m.utterance for m in self._records.messages(consultation.id)}
        utterance = offered.get(number)
        try:
            if place.startswith("r") and utterance and utterance.card:
                row = utterance.card["rows"][int(place[1:])]
                change = self._counsel.wording.say("utter_label_change")
                if row["change"] and int(place[1:]) >= 0:
                    return Button(f"{change}: {row['label']}", row["change"])
            elif utterance and int(place) >= 0:
                return utterance.buttons[int(place)]
        except (ValueError, IndexError, KeyError):
            pass
        raise Refusal(NO_SUCH_CHOICE)

    async def _answer(self, consultation: Consultation, incoming: Incoming, now: datetime) -> None:
        flagged = self._flagged(consultation.id, incoming)
        if self._stage(consultation) is Stage.CLAIMED:
            self._mark_urgent(consultation.id, flagged)
            return
        sent = payload("raise_red_flag", {"words": incoming.text}) if flagged else incoming.for_dialogue
        try:
            if not self._has_begun(consultation.id):
                await self._open(consultation, now)
            replies = await self._catch_up(consultation.id)
            if not replies or flagged:  # what answered the outage is no answer to "have you been able to ring?"
                replies = (*replies, *await self._dialogue.say(consultation.id, sent))
        except DialogueUnavailable:
            if flagged:
                self._untold.setdefault(consultation.id, []).append(incoming.text)
            replies = self._without_dialogue(consultation, flagged)
        if not self._records.add_outgoing(consultation.id, replies, now, unless_held=True):
            self._mark_urgent(consultation.id, flagged)

    def _mark_urgent(self, consultation_id: str, flagged: tuple[str, ...]) -> None:
        """A red flag said to a person who holds the case is that person's to answer; the queue shows it red."""
        if flagged and (case := self._records.case_of(consultation_id)):
            self._records.hand_over(replace(case, urgency="red"))

    def _answer_late(self, consultation: Consultation, incoming: Incoming, now: datetime) -> None:
        """Answer a message that was stored when something fell: what the dialogue made of it is not known."""
        flagged = self._flagged(consultation.id, incoming)
        if flagged:
            self._untold.setdefault(consultation.id, []).append(incoming.text)
        sorry = self._without_dialogue(consultation, flagged)
        self._records.add_outgoing(consultation.id, sorry, now, unless_held=True)

    def _has_begun(self, consultation_id: str) -> bool:
        return any(m.utterance.speaker == "assistant" for m in self._records.messages(consultation_id))

    async def _catch_up(self, consultation_id: str) -> tuple[Utterance, ...]:
        """Raise the red flags that were typed while the dialogue did not answer."""
        untold = self._untold.get(consultation_id)
        if not untold:
            return ()
        replies = await self._dialogue.say(consultation_id, payload("raise_red_flag", {"words": " ".join(untold)}))
        del self._untold[consultation_id]
        return replies

    async def _open(self, consultation: Consultation, now: datetime) -> None:
        area = {"child_area": consultation.area} if consultation.area else {}
        opening = await self._dialogue.say(consultation.id, payload("open_consultation", area))
        self._records.add_outgoing(consultation.id, opening, now, unless_held=True)

    def _flagged(self, consultation_id: str, incoming: Incoming) -> tuple[str, ...]:
        """Return the routes of red flags that this text raises beyond those already known."""
        if not incoming.typed:
            return ()
        held = self._records.consultation(consultation_id)
        before = held.facts if held else Facts()
        reading = self._reader.read(incoming.text)
        present = {c.indicator: c.status for c in reading.concerns if c.status is Status.PRESENT}
        after = Facts({**before.indicators, **present}, {**reading.answers, **before.answers})
        # Only what ended in an exit counts as known: before that something may have fallen on the way.
        assessed = self._records.latest_assessment(consultation_id)
        is_told = assessed is not None and assessed["outcome"] == Outcome.EXIT
        known = {flag.id for flag in self._counsel.flags(before)} if is_told else set()
        raised = [flag for flag in self._counsel.flags(after) if flag.id not in known]
        if not any(flag.indicators & self._implied(present) for flag in raised):
            return ()
        with suppress(UncleanWrite):
            # What cannot be kept does not keep a red flag from being raised.
            self._records.save_facts(consultation_id, after, self._counsel.clock())
        return tuple(dict.fromkeys(flag.exit.value for flag in raised))

    def _implied(self, present: Mapping[str, Status]) -> frozenset[str]:
        vocabulary = self._counsel.national.indicators
        return frozenset(present).union(*(vocabulary[i].implies for i in present if i in vocabulary))

    def _without_dialogue(self, consultation: Consultation, exits: tuple[str, ...]) -> tuple[Utterance, ...]:
        """What is said when Rasa does not answer: a red flag is answered all the same."""
        held = self._records.consultation(consultation.id) or consultation
        blanks = self._counsel.numbers({"child_area": held.area or held.school_area})
        names = [f"utter_exit_{route}" for route in exits[:2]] or ["utter_no_dialogue"]
        return tuple(Utterance("service", self._counsel.wording.say(name, **blanks)) for name in names)
