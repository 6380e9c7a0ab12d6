"""What holds for every text, whatever is in it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.anonymiser import Anonymiser, AnonymiserFailed, Memory, load
from bot.consultation import RawText, Redaction
from bot.name_model import load as load_name_model
from tests.any_text import MESSAGES, TEXTS


def redacted(text: str, memory: Memory | None = None) -> Redaction | None:
    """Return the redaction, or None where the text is refused as it should be."""
    try:
        return load().redact(RawText(text), memory)
    except AnonymiserFailed:
        return None


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redacted(text)
    if once is not None:
        twice = redacted(once.text)
        assert twice is not None
        assert twice.text == once.text
        assert twice.findings == ()


@settings(max_examples=80, deadline=None)
@given(st.lists(MESSAGES, min_size=2, max_size=4))
def test_redacting_twice_changes_nothing_with_a_memory_either(texts: list[str]) -> None:
    memory = Memory(b"one consultation")
    for text in texts:
        once = redacted(text, memory)
        if once is not None:
            again = redacted(once.text, memory)
            assert again is not None
            assert again.text == once.text


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_findings_lie_in_order_inside_the_raw_text_and_never_overlap(text: str) -> None:
    redaction = redacted(text)
    if redaction is not None:
        last = 0
        for finding in redaction.findings:
            assert last <= finding.start < finding.end <= len(text)
            assert finding.shown in redaction.text
            last = finding.end


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_the_raw_text_with_its_findings_replaced_is_the_redacted_text(text: str) -> None:
    redaction = redacted(text)
    if redaction is not None:
        rebuilt = text
        for finding in reversed(redaction.findings):
            rebuilt = rebuilt[: finding.start] + finding.shown + rebuilt[finding.end :]
        assert visible_only(rebuilt) == visible_only(redaction.text)


def test_two_findings_that_share_one_typed_character_become_one(anonymiser: Anonymiser) -> None:
    redaction = anonymiser.redact(RawText("07700½07700"))
    assert redaction.text == "[case number]"
    assert [(f.start, f.end) for f in redaction.findings] == [(0, 11)]


def visible_only(text: str) -> str:
    return "".join(c for c in text if c.isalnum() or c in "[]")


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_no_control_or_direction_character_comes_through(text: str) -> None:
    redaction = redacted(text)
    if redaction is not None:
        assert not set(redaction.text) & set("\x00\x07\x1b\r\u200b\u200d\u200e\u202e\u2066\ufeff\ud800")


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_the_storage_door_finds_nothing_in_any_redacted_text(text: str) -> None:
    redaction = redacted(text)
    if redaction is not None:
        assert load().second_scan(redaction.text) == ()


@pytest.mark.parametrize("written", ["Sha\u200bron", "Ｓｈａｒｏｎ", "\u202eSharon", "Sh\u00adaron", "𝐒𝐡𝐚𝐫𝐨𝐧"])
def test_a_name_cannot_hide_behind_characters_nobody_sees(anonymiser: Anonymiser, written: str) -> None:
    text = f"mum {written} said so"
    redaction = anonymiser.redact(RawText(text))
    assert redaction.text.replace("\u202e", "") == "mum [parent 1] said so"
    (finding,) = redaction.findings
    assert text[finding.start : finding.end].endswith(written[-1])
    assert len(text[finding.start : finding.end]) >= 6, "the whole name is marked in the raw text"


USUAL = "mum Sharon says he fell off his bike, bruises on both arms, hes 7"


def test_nobody_waits_for_a_usual_message() -> None:
    anonymiser = load(load_name_model().odds)
    raw = RawText(USUAL)
    took = []
    for _ in range(30):
        began = time.process_time()
        anonymiser.redact(raw)
        took.append(time.process_time() - began)
    # About 10 ms where it was written (see RESULTS.md); a machine that is busy or slow takes longer.
    assert min(took) < 0.05, f"{min(took) * 1000:.1f} ms of processor time at best"


HOSTILE = [
    "a." * 5000,
    "a" * 10_000,
    "é" * 10_000,
    "1 " * 5000,
    "a@" * 5000,
    "ref 12a " * 1250,
    "mum lily, " * 1000,
]
HOSTILE += ["[" * 10_000, "0" * 10_000, "_" * 10_000, "12 mill " * 1250, "a" + "\u0301" * 9999, "st " * 3333]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:8])
def test_no_text_makes_it_think_for_long(anonymiser: Anonymiser, text: str) -> None:
    began = time.process_time()
    anonymiser.redact(RawText(text))
    assert time.process_time() - began < 5, "a hostile text must not stop the desk"
