"""One reader of the real vocabulary for the whole folder: building it takes most of a second."""

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import load_national, reading_patterns
from bot.knowledge.answer_words import answers_in_passing
from bot.knowledge.spelling import reading_spelling
from bot.reading import Reader

KNOWLEDGE_BASE = Path(__file__).resolve().parents[3] / "knowledge_base"


@pytest.fixture(scope="session")
def national():
    return load_national(KNOWLEDGE_BASE, date(2026, 11, 21))


@pytest.fixture(scope="session")
def reader(national):
    return Reader(
        national.indicators,
        reading_patterns(KNOWLEDGE_BASE),
        national.red_flags,
        reading_spelling(KNOWLEDGE_BASE),
        answers_in_passing(KNOWLEDGE_BASE),
    )
