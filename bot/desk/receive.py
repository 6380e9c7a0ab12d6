"""Receive: the walk of one message from the door to the reply.

Redact, store, look for red flags, ask the dialogue, store what it says unless a person has taken
over meanwhile. Raw text dies in `redacted`.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from functools import partial

from bot.anonymiser import AnonymiserFailed, InTime, Memory, TookTooLong, UnreadableScript
from bot.consultation import OVER, RawText, Redaction, Stage
from bot.desk import alias
from bot.desk.choosing import NoSuchChoice
from bot.desk.coming_back import led_back
from bot.desk.consult import Counsel
from bot.desk.danger import flagged, mark_urgent
from bot.desk.incoming import (
    CLOSED,
    LONGEST,
    NO_SUCH_CHOICE,
    NOT_READ,
    NOT_SAFE,
    PUT_BACK,
    TOO_LONG,
    Incoming,
    Received,
    Refusal,
    incoming_of,
)
from bot.desk.named_area import as_pressed
from bot.desk.payloads import payload
from bot.desk.ports import Consultation, Dialogue, DialogueUnavailable, Records, Utterance
from bot.desk.talking.changing import chosen_in
from bot.desk.turnstile import TurnsHere, Turnstile
from bot.desk.untold import Untold, UntoldHere
from bot.desk.without_dialogue import broken_off, untold, without_dialogue
from bot.desk.working_time import ENGLAND
from bot.reading import Reader

MEMORIES_HELD = 5000


class Reception:
    """Takes in messages, one at a time a consultation and in order."""

    def __init__(
        self,
        records: Records,
        anonymiser: InTime,
        reader: Reader,
        dialogue: Dialogue,
        counsel: Counsel,
        new_memory: Callable[[], Memory],
        beforehand: InTime | None = None,
        turns: Turnstile | None = None,
        untold: Untold | None = None,
    ) -> None:
        self.new_memory = new_memory
        self._records = records
        self._anonymiser = anonymiser
        # What is only looked at before it is sent must not keep waiting what has been sent.
        self._beforehand = beforehand or anonymiser
        self._reader = reader
        self._dialogue = dialogue
        self._counsel, self._memories = counsel, dict[str, Memory]()
        self._turns, self._untold = turns or TurnsHere(), untold or UntoldHere()

    async def open(self, consultation: Consultation, now: datetime) -> None:
        """Store a new consultation and let the assistant say the opening."""
        self._records.open_consultation(consultation)
        try:
            await self._open(consultation, now)
        except DialogueUnavailable:
            self._records.add_outgoing(consultation.id, self._without_dialogue(consultation, ()), now, unless_held=True)

    async def receive(
        self,
        consultation: Consultation,
        client_id: str,
        typed: RawText | None,
        choice: str | None,
        now: datetime,
        not_names: Sequence[str] = (),
    ) -> Received:
        """Take in one message. The same client id again gets the first answer again.

        `not_names` are the words that the DSL has said are no names.
        """
        async with self.turn_of(consultation.id):
            if self.stage_of(consultation) in OVER and not self._records.has_said(consultation.id, client_id):
                return Received(None, (), (), self.stage_of(consultation), CLOSED)
            try:
                incoming = await self._incoming(consultation, typed or RawText(""), choice, now, not_names)
            except Refusal as refusal:
                return Received(None, (), (), self.stage_of(consultation), str(refusal))
            is_ours = choice is not None or bool(incoming.alias)
            said = Utterance("dsl", incoming.text, put_back=tuple(not_names), pressed=is_ours)
            message, is_new = self._records.add_incoming(consultation.id, client_id, said, now)
            if is_new and incoming.says_again(not_names):
                self._records.note(PUT_BACK, consultation.person_id, consultation.id, now)
            if is_new:
                alias.settle(self._records, consultation, incoming, now)
                self._make_good(consultation, message.number, now)
                await self.answer(consultation, incoming, now)
            else:
                await self._answer_late(consultation, incoming, message.number, now)
            replies = self._records.replies_to(consultation.id, message.number)
            return Received(message, replies, incoming.removed, self.stage_of(consultation))

    def stage_of(self, consultation: Consultation) -> Stage:
        """Return who has the consultation now."""
        held = self._records.consultation(consultation.id)
        return held.stage if held else consultation.stage

    def turn_of(self, consultation_id: str) -> AbstractAsyncContextManager[object]:
        """Return what is held while something of a consultation is taken in, so that one follows another."""
        return self._turns.of(consultation_id)

    async def _incoming(
        self,
        consultation: Consultation,
        said: RawText,
        choice: str | None,
        now: datetime,
        not_names: Sequence[str],
    ) -> Incoming:
        if choice is not None:
            return self._chosen(consultation, choice)
        if alias.may_be_one(len(said)) and alias.is_asked(self._records, consultation):
            # A memory of its own: nothing of an alias is remembered, of one that is turned away neither.
            looked_at = await self.redacted(said, self.new_memory(), now)
            if instead := alias.given(looked_at, self._reader, self._counsel.wording):
                return instead
        incoming = incoming_of(await self.redacted(said, self.memory_of(consultation.id), now, not_names))
        incoming = alias.put_away(self._records, consultation, incoming, self._counsel.wording)
        return led_back(self._records, consultation, incoming, said, now)

    async def looked_at(self, typed: RawText, memory: Memory, now: datetime, not_names: Sequence[str]) -> Redaction:
        """Return what would be left of a text that has not been sent, or raise Refusal, or TookTooLong when busy."""
        if len(typed) > LONGEST:
            raise Refusal(TOO_LONG)
        return await self._redacted(self._beforehand, typed, memory, now, not_names)

    async def redacted(self, typed: RawText, memory: Memory, now: datetime, not_names: Sequence[str] = ()) -> Redaction:
        """Return what is left of a text typed at `now`, or raise Refusal. `memory` learns the names in it."""
        if len(typed) > LONGEST:
            raise Refusal(TOO_LONG)
        try:
            return await self._redacted(self._anonymiser, typed, memory, now, not_names)
        except TookTooLong:
            raise Refusal(NOT_SAFE) from None

    async def _redacted(
        self, by: InTime, typed: RawText, memory: Memory, now: datetime, not_names: Sequence[str]
    ) -> Redaction:
        try:
            return await by.redact(typed, memory, on=now.astimezone(ENGLAND).date(), not_names=not_names)
        except TookTooLong:
            raise
        except UnreadableScript:
            raise Refusal(NOT_READ) from None
        except AnonymiserFailed:
            raise Refusal(NOT_SAFE) from None

    def memory_of(self, consultation_id: str) -> Memory:
        """Return the memory of removed names, started if need be; the oldest goes when there are too many to hold."""
        if consultation_id not in self._memories and len(self._memories) >= MEMORIES_HELD:
            del self._memories[next(iter(self._memories))]
        return self._memories.setdefault(consultation_id, self.new_memory())

    def _chosen(self, consultation: Consultation, choice: str) -> Incoming:
        try:
            return Incoming(*chosen_in(self._counsel, consultation.id, choice))
        except NoSuchChoice:
            raise Refusal(NO_SUCH_CHOICE) from None

    async def answer(self, consultation: Consultation, incoming: Incoming, now: datetime) -> None:
        """Let what was said be answered: a red flag first, by a person where one has it, else by the dialogue."""
        routes = self._flagged(consultation.id, incoming)
        held = self._records.consultation(consultation.id) or consultation
        if held.held:
            mark_urgent(self._records, consultation.id, routes)
            if routes and held.stage is not Stage.CLAIMED:  # nobody may be reading: danger is answered all the same
                said = self._without_dialogue(consultation, routes)
                self._records.add_outgoing(consultation.id, said, now, unless_held=False)
            return
        flag = payload("raise_red_flag", {"words": incoming.text}) if routes else None
        offered = partial(self._records.offered_buttons, consultation.id)
        sent = flag or as_pressed(str(incoming.text), offered, self._counsel.places) or incoming.for_dialogue
        try:
            if not any(m.utterance.speaker == "assistant" for m in self._records.messages(consultation.id)):
                await self._open(consultation, now)
            replies = await self._catch_up(consultation.id, now)
            if not replies or routes:  # what answered the outage is no answer to "have you been able to ring?"
                replies = (*replies, *await self._dialogue.say(consultation.id, sent))
        except DialogueUnavailable:
            if routes:
                self._untold.add(consultation.id, incoming.text, now)
            replies = self._without_dialogue(consultation, routes)
        if not self._records.add_outgoing(consultation.id, replies, now, unless_held=True):
            mark_urgent(self._records, consultation.id, routes)

    def _make_good(self, consultation: Consultation, number: int, now: datetime) -> None:
        """Note what nothing has answered, as its turn was broken off, and what nobody will send again now."""
        dead = broken_off(self._records, consultation, number)
        for text in dead:
            if self._flagged(consultation.id, Incoming(text, "", text)):
                self._untold.add(consultation.id, text, now)
        if dead:
            self._dialogue.forget(consultation.id, in_doubt=True)

    async def _answer_late(self, consultation: Consultation, incoming: Incoming, number: int, now: datetime) -> None:
        """Answer a message that was stored when something fell: what the dialogue made of it is not known."""
        is_held = (self._records.consultation(consultation.id) or consultation).held
        is_followed = bool(self._records.messages(consultation.id, number))
        if is_held and not is_followed:
            await self.answer(consultation, incoming, now)
        elif is_held:  # a person spoke meanwhile, and what makes the case red may have been cut off
            mark_urgent(self._records, consultation.id, self._flagged(consultation.id, incoming))
        elif not is_followed:
            routes = self._flagged(consultation.id, incoming)
            if routes:
                self._untold.add(consultation.id, incoming.text, now)
            self._dialogue.forget(consultation.id, in_doubt=True)  # a question ahead, it may be, of what was shown
            sorry = self._without_dialogue(consultation, routes)
            self._records.add_outgoing(consultation.id, sorry, now, unless_held=True)

    async def _catch_up(self, consultation_id: str, now: datetime) -> tuple[Utterance, ...]:
        """Raise the red flags that were typed while the dialogue did not answer."""
        words = " ".join(self._untold.of(consultation_id)) or untold(self._records, self._counsel, consultation_id)
        if not words:
            return ()
        replies = await self._dialogue.say(consultation_id, payload("raise_red_flag", {"words": words}))
        self._untold.told(consultation_id, now)
        return replies

    async def _open(self, consultation: Consultation, now: datetime) -> None:
        area = {"child_area": consultation.area} if consultation.area else {}
        opening = await self._dialogue.say(consultation.id, payload("open_consultation", area))
        self._records.add_outgoing(consultation.id, opening, now, unless_held=True)

    def _flagged(self, consultation_id: str, incoming: Incoming) -> tuple[str, ...]:
        return flagged(self._records, self._counsel, self._reader, consultation_id, incoming)

    def _without_dialogue(self, consultation: Consultation, exits: tuple[str, ...]) -> tuple[Utterance, ...]:
        return without_dialogue(self._records, self._counsel, consultation, exits)
