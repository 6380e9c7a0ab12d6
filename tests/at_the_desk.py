"""The desk with the real knowledge and wording, records in memory, and a dialogue that does what a test says."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from bot import anonymiser
from bot.consultation import RawText
from bot.desk.answers import AnswerReader
from bot.desk.at_hand import AtHand, PassOn
from bot.desk.consult import Counsel
from bot.desk.gathering import Gathering
from bot.desk.hand_over import DutyDesks
from bot.desk.ports import Button, DialogueUnavailable, Utterance
from bot.desk.receive import Received, Reception
from bot.knowledge import Wording, areas, closed_days, load_area, load_national, reading_patterns
from bot.knowledge.answer_words import answers_in_passing, load_answer_words
from bot.knowledge.model import National, Pack
from bot.knowledge.practice import PracticeCase, load_practice
from bot.knowledge.spelling import reading_spelling
from bot.reading import Reader
from bot.redactor import load_redactor
from tests.factories import NOW
from tests.fakes import FakeRecords
from tests.fakes_staff import make_staff

ROOT = Path("knowledge_base")


@cache
def national() -> National:
    """Return the real national knowledge."""
    return load_national(ROOT, NOW.date())


@cache
def practice() -> dict[str, PracticeCase]:
    """Return the real practice cases."""
    return load_practice(ROOT, national(), NOW.date())


@cache
def reader() -> Reader:
    """Return the real reader."""
    known, said = national(), answers_in_passing(ROOT)
    return Reader(known.indicators, reading_patterns(ROOT), known.red_flags, reading_spelling(ROOT), said)


@cache
def wording() -> Wording:
    """Return the real wording."""
    return Wording(Path("nlu_data/responses"))


@cache
def pack_of(area: str, on: date) -> Pack:
    """Return a real pack."""
    return load_area(ROOT, area, on)


@cache
def redactor() -> anonymiser.Anonymiser | anonymiser.Shut:
    """Return the real anonymiser."""
    return load_redactor(ROOT)


def make_counsel(records: FakeRecords, clock: Callable[[], datetime] = lambda: NOW) -> Counsel:
    """Return counsel on real knowledge."""
    return Counsel(records, Gathering(reader(), national()), national(), pack_of, wording(), clock, held(), practice())


@cache
def held() -> tuple[str, ...]:
    """Return the areas of which there is knowledge."""
    return tuple(area.slug for area in areas(ROOT))


@cache
def answer_reader() -> AnswerReader:
    """Return the real reader of answers."""
    return AnswerReader(load_answer_words(ROOT), national().questions)


def make_at_hand(records: FakeRecords, pass_on: PassOn | None = None) -> AtHand:
    """Return what actions get."""
    counsel, ids = make_counsel(records), count(1)
    desks = DutyDesks(counsel, lambda: frozenset(held()), closed_days(ROOT), lambda: f"case-{next(ids)}")
    return AtHand(counsel, answer_reader(), desks, pass_on or make_staff(records).pass_on)


class FakeDialogue:
    """A dialogue that notes what it was sent and answers with `replies`, after `before_answering`."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.forgotten: list[str] = []
        self.replies: tuple[Utterance, ...] = (Utterance("assistant", "and then?"),)
        self.is_down = False
        self.before_answering: Callable[[], Any] | None = None

    async def say(self, consultation_id: str, message: str) -> tuple[Utterance, ...]:
        """Answer."""
        if self.is_down:
            raise DialogueUnavailable("down")
        self.heard.append(message)
        await asyncio.sleep(0)
        if self.before_answering:
            self.before_answering()
        return self.replies

    def forget(self, consultation_id: str, in_doubt: bool = False) -> None:
        """Note it."""
        self.forgotten.append(consultation_id)

    async def is_healthy(self) -> bool:
        """Whether it answers."""
        return not self.is_down


def asks(text: str, *titles_and_payloads: tuple[str, str], card: dict[str, Any] | None = None) -> Utterance:
    """Return a question with buttons."""
    return Utterance("assistant", text, tuple(Button(t, p) for t, p in titles_and_payloads), card)


class Desk:
    """A reception with everything around it, and one open consultation."""

    def __init__(self, records: FakeRecords, dsl: Any, consultation: Any, redact: Any = None) -> None:
        self.records, self.dsl, self.consultation = records, dsl, consultation
        self.dialogue = FakeDialogue()
        self.counsel = make_counsel(records)
        self.reception = Reception(
            records,
            anonymiser.InTime(redact or redactor()),
            reader(),
            self.dialogue,
            self.counsel,
            lambda: anonymiser.Memory(b"k" * 32),
        )
        self._ids = count(1)

    async def open(self) -> None:
        """Open it, which the records may know already, and let the assistant say its opening."""
        await self.reception.open(self.consultation, NOW)

    async def say(self, text: str, client_id: str = "") -> Received:
        """Type something."""
        given = client_id or f"client-{next(self._ids)}"
        return await self.reception.receive(self.consultation, given, RawText(text), None, NOW)

    async def choose(self, choice: str, client_id: str = "") -> Received:
        """Press something."""
        given = client_id or f"client-{next(self._ids)}"
        return await self.reception.receive(self.consultation, given, None, choice, NOW)

    def said(self, speaker: str = "assistant") -> list[str]:
        """Return what was stored as said by somebody."""
        stored = self.records.messages(self.consultation.id)
        return [m.utterance.text for m in stored if m.utterance.speaker == speaker]
