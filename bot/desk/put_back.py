"""Putting back: the DSL says that a word was no name, and their message is written anew with it in.

The service has not kept what was taken out, so the DSL's own browser brings the text along. It is taken for
what was typed only if it leaves what was stored: nothing else that was said can be changed here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.anonymiser.placeholders import is_person, spans
from bot.anonymiser.wordlists import fold
from bot.consultation import OVER, RawText, Reading, Redaction, Status
from bot.desk.gathering import Gathering
from bot.desk.incoming import CLOSED, PUT_BACK, Received, Refusal, incoming_of
from bot.desk.ports import Consultation, Message, Records
from bot.desk.receive import Reception

EVENT = PUT_BACK
NOT_AS_TYPED = "utter_refused_put_back"


@dataclass(frozen=True, slots=True)
class NoNames:
    """Words that a DSL says are no names: those to put back, and those the message was stored with."""

    words: tuple[str, ...]
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PuttingBack:
    """Writes messages anew."""

    records: Records
    reception: Reception
    gathering: Gathering

    async def put_back(
        self, consultation: Consultation, number: int, typed: RawText, said: NoNames, now: datetime
    ) -> Received:
        """Write a message anew. What it says more than before is answered as if it had just been said.

        Raises UncleanWrite, with nothing changed.
        """
        async with self.reception.turn_of(consultation.id):
            try:
                message = self._message(consultation, number)
                before = await self._as_typed(consultation, message, typed, said.before)
                memory = self.reception.memory_of(consultation.id)
                after = await self.reception.redacted(typed, memory.copy(), message.at, (*said.before, *said.words))
                incoming = incoming_of(after)
            except Refusal as refusal:
                return Received(None, (), (), self.reception.stage_of(consultation), str(refusal))
            if incoming.text != message.utterance.text:
                put_back = (*said.before, *said.words)
                message = self.records.rewrite_message(
                    consultation.id, number, incoming.text, now, EVENT, put_back=put_back
                )
            for word in said.words:
                memory.forget(fold(word))
            last = self.records.messages(consultation.id)[-1].number
            if self._says_more(before, after):
                await self.reception.answer(consultation, incoming, now)
            replies = self.records.messages(consultation.id, last)
            return Received(message, replies, incoming.removed, self.reception.stage_of(consultation))

    def _message(self, consultation: Consultation, number: int) -> Message:
        if self.reception.stage_of(consultation) in OVER:
            raise Refusal(CLOSED)
        for message in self.records.messages(consultation.id, number - 1):
            if message.number == number and message.utterance.speaker == "dsl":
                return message
        raise Refusal(NOT_AS_TYPED)

    async def _as_typed(
        self, consultation: Consultation, message: Message, typed: RawText, before: Sequence[str]
    ) -> Redaction:
        """Return what the text left when it was stored, or raise Refusal if it is another text.

        Names met since may have changed what is found in it, so it is also read as if it were the first.
        """
        for memory in (self.reception.memory_of(consultation.id).copy(), self.reception.new_memory()):
            redaction = await self.reception.redacted(typed, memory, message.at, before)
            if _uncounted(redaction.record) == _uncounted(message.utterance.text):
                return redaction
        raise Refusal(NOT_AS_TYPED)

    def _says_more(self, before: Redaction, after: Redaction) -> bool:
        return not _concerns(self.gathering.read(after.text)) <= _concerns(self.gathering.read(before.text))


def _concerns(reading: Reading) -> set[tuple[str, Status]]:
    return {(c.indicator, c.status) for c in reading.concerns if c.status is not Status.ABSENT}


def _uncounted(text: str) -> str:
    """Return the text without who is who among its persons and schools: that is counted afresh each time."""
    for start, end in reversed(spans(text)):
        shown = text[start:end]
        bare = "[person]" if is_person(shown) else re.sub(r" \d+\]$", "]", shown)
        text = text[:start] + bare + text[end:]
    return text
