"""What the line commands know: the knowledge base on a day, and texts read in its vocabulary."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bot import sentence_model
from bot.consultation import Concern, Facts, RawText, Reading, Redaction, Status
from bot.knowledge import load_area, load_national, reading_patterns
from bot.knowledge.answer_words import answers_in_passing
from bot.knowledge.model import National, Pack
from bot.knowledge.spelling import reading_spelling
from bot.reading import Reader
from bot.redactor import load_redactor
from bot.settings import ROOT

KNOWLEDGE_BASE = ROOT / "knowledge_base"
_WEIGHT = {Status.ABSENT: 0, Status.UNSURE: 1, Status.PRESENT: 2}


@dataclass(frozen=True, slots=True)
class Read:
    """A text after redaction, what was taken out of it, and what was read in the rest."""

    redaction: Redaction
    reading: Reading


@cache
def national(on: date) -> National:
    """Return the national part of the knowledge base."""
    return load_national(KNOWLEDGE_BASE, on)


@cache
def pack(area: str, on: date) -> Pack:
    """Return an area's pack, or raise UnknownArea or NotInForce."""
    return load_area(KNOWLEDGE_BASE, area, on)


class TextReader:
    """Redacts and reads texts with the vocabulary of one day."""

    def __init__(self, on: date) -> None:
        known = national(on)
        self._redactor = load_redactor(KNOWLEDGE_BASE)
        patterns, spelling = reading_patterns(KNOWLEDGE_BASE), reading_spelling(KNOWLEDGE_BASE)
        said = answers_in_passing(KNOWLEDGE_BASE)
        likely = sentence_model.load().likely
        self.reader = Reader(known.indicators, patterns, known.red_flags, spelling, said, likely)

    def read(self, typed: str) -> Read:
        """Redact, then read what is left. Nothing raw goes further than this."""
        redaction = self._redactor.redact(RawText(typed))
        return Read(redaction, self.reader.read(redaction.text))


def place_in_text(concern: Concern, redaction: Redaction) -> tuple[int, int]:
    """Return where the words of a concern stand in the text as it was typed, before redaction."""
    return _typed_place(concern.start, redaction, end=False), _typed_place(concern.end, redaction, end=True)


def _typed_place(place: int, redaction: Redaction, *, end: bool) -> int:
    """Map a place in the redacted text to the typed one; inside a placeholder, to the end asked for."""
    shift = 0  # how far the typed text is ahead of the redacted one
    for finding in redaction.findings:
        shown_from = finding.start - shift
        shown_to = shown_from + len(finding.shown)
        if place <= shown_from and (end or place < shown_from):
            break
        if place < shown_to:
            return finding.end if end else finding.start
        shift += (finding.end - finding.start) - len(finding.shown)
    return place + shift


def told_and_read(told: Facts, reading: Reading | None) -> Facts:
    """Return both as one: the weightier status of an indicator, and what was told before what was read.

    An answer told as unknown gives way to one that the text gives. Strengths count as indicators. A text that
    sounds grave leaves the list of dangers open until it has been asked, as the conversation would.
    """
    if reading is None:
        return told
    indicators = dict(told.indicators)
    for concern in (*reading.concerns, *reading.strengths):
        held = indicators.get(concern.indicator)
        if held is None or _WEIGHT[concern.status] > _WEIGHT[held]:
            indicators[concern.indicator] = concern.status
    known = {question: value for question, value in told.answers.items() if value != "unknown"}
    asked = {"red_flag_list": "unknown"} if reading.sounds_grave else {}
    answers = {**asked, **told.answers, **reading.answers, **known}
    return Facts(indicators, answers, unread=told.unread or reading.unread)


def plain(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers as JSON has them."""
    return {question: list(v) if isinstance(v, tuple) else v for question, v in answers.items()}
