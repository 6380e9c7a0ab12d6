"""What holds for every text with the real name model, as the service has it.

A run tries a few hundred texts; with NONAME_LONG=1 it tries 10,000, which takes a quarter of an hour.
"""

import os
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.anonymiser import Anonymiser, Memory, UnreadableScript
from bot.anonymiser.cleaning import is_mostly_unreadable, visible
from bot.consultation import Finding, RawText, Redaction
from bot.redactor import load_redactor
from evaluation.canary.planting import canaries, planted
from evaluation.canary.spelling import SPELLINGS
from tests.any_text import PIECES, TEXTS, messages

CASES = 10_000 if os.environ.get("NONAME_LONG") else 240
SHARES = 4  # tests among which the cases are divided
pytestmark = pytest.mark.timeout(7200 if CASES > 1000 else 300)


@cache
def real() -> Anonymiser:
    opened = load_redactor(Path("knowledge_base"))
    assert isinstance(opened, Anonymiser), "without the model these tests would prove nothing"
    return opened


@cache
def hidden_identifiers() -> list[str]:
    """Return sentences with an identifier each, in every spelling that hides it."""
    chance = random.Random(1)
    chosen = chance.sample(canaries(()), 120)
    return [planted(one, spelling, number).sentence for number, one in enumerate(chosen) for spelling in SPELLINGS]


HIDDEN = st.deferred(lambda: st.sampled_from(hidden_identifiers()))
ALL = st.one_of(TEXTS, messages(st.one_of(HIDDEN, PIECES), most=6))
every_text = settings(
    max_examples=CASES // SHARES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)


def redacted(text: str, memory: Memory | None = None) -> Redaction | None:
    """Return the redaction, or None where the script cannot be read; no other refusal is due to a short text."""
    try:
        return real().redact(RawText(text), memory)
    except UnreadableScript:
        return None


def rebuilt(raw: str, findings: Sequence[Finding]) -> str:
    """Return what a person sees of the raw text once each finding is what is shown for it."""
    parts, last = [], 0
    for finding in findings:
        parts += [visible(raw[last : finding.start]).text, finding.shown]
        last = finding.end
    return "".join([*parts, visible(raw[last:]).text])


def outermost(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings in order of place without those that lie within another."""
    apart: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if not apart or finding.end > apart[-1].end:
            apart.append(finding)
    return apart


@every_text
@given(ALL)
def test_only_a_text_in_another_script_is_refused(text: str) -> None:
    refused = is_mostly_unreadable(visible(text).text)
    assert (redacted(text) is None) == refused


@every_text
@given(ALL)
def test_redacting_twice_changes_neither_the_text_nor_the_record(text: str) -> None:
    once = redacted(text)
    if once is None:
        return
    again = redacted(once.text)
    assert again is not None
    assert (again.text, again.findings) == (once.text, ())
    # A name that shows only once other words are gone is counted afresh by whoever has not met the others.
    assert again.record == once.record
    kept = redacted(once.record)
    assert kept is not None
    assert (kept.text, kept.record) == (once.record, once.record)
    assert (kept.findings, kept.left_out) == ((), ())


@every_text
@given(ALL)
def test_the_findings_and_what_is_outside_them_are_the_redacted_text(text: str) -> None:
    redaction = redacted(text)
    if redaction is None:
        return
    last = 0
    for finding in redaction.findings:
        assert last <= finding.start < finding.end <= len(text)
        last = finding.end
    assert rebuilt(text, redaction.findings) == redaction.text


@every_text
@given(ALL)
def test_the_findings_with_what_is_left_out_are_the_record(text: str) -> None:
    redaction = redacted(text)
    if redaction is None:
        return
    everything = outermost((*redaction.findings, *redaction.left_out))
    last = 0
    for finding in everything:
        assert last <= finding.start < finding.end <= len(text)
        last = finding.end
    assert rebuilt(text, everything) == redaction.record
