"""Words that the DSL says are no names: they come back, and nothing else does."""

import pytest

from bot.anonymiser import Anonymiser, Memory
from bot.consultation import RawText


def record(anonymiser: Anonymiser, text: str, *not_names: str, memory: Memory | None = None) -> str:
    return anonymiser.redact(RawText(text), memory, not_names=not_names).record


def test_a_word_that_is_no_name_comes_back(anonymiser: Anonymiser) -> None:
    text = "she told her mum that Hope is what she needs"
    assert "Hope" not in record(anonymiser, "a girl called Hope")
    assert record(anonymiser, "a girl called Hope", "hope") == "a girl called Hope"
    assert record(anonymiser, text, "HOPE") == text


def test_it_comes_back_where_it_was_remembered_too(anonymiser: Anonymiser) -> None:
    memory = Memory(b"one consultation")
    record(anonymiser, "a girl called Misty", memory=memory)
    assert record(anonymiser, "then Misty ran", memory=memory) == "then [child] ran"
    assert record(anonymiser, "then Misty ran", "misty", memory=memory) == "then Misty ran"


def test_the_rest_of_a_name_stays_out(anonymiser: Anonymiser) -> None:
    assert record(anonymiser, "Hope Okafor told me", "hope") == "Hope [child] told me"


@pytest.mark.parametrize(
    "text",
    [
        "write to oliver dot smith at gmail dot com",
        "ring oh seven seven double oh nine hundred four one two",
        "she lives at 14 Mill Lane",
        "moved from Oakfield Academy",
        "born third of March twenty twelve",
        "on snap she is oliver_smith",
    ],
)
def test_no_number_address_or_contact_can_be_put_back_word_by_word(anonymiser: Anonymiser, text: str) -> None:
    without = record(anonymiser, text)
    assert without != text
    assert [f.kind for f in anonymiser.redact(RawText(text)).findings if f.kind not in ("NAME", "OTHER")]
    put_back = record(anonymiser, text, *text.split())
    assert put_back != text
