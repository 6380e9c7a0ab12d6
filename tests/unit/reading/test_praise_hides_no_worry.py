"""A worry stands whatever is said beside it: praise, a hedge or another meaning reaches its own words alone."""

from pathlib import Path

import pytest
import yaml

from bot.consultation import RedactedText, Status
from bot.reading.red_flags import present_indicators

ROOT = Path(__file__).resolve().parents[3]
CASES = ROOT / "tests" / "cases" / "reading"
SETS = ROOT / "evaluation" / "reading"

# fmt: off
BESIDE = [
    "Good attendance at school and a close bond with mum. {}",
    "She is vulnerable to sexual abuse. {}",
    "He has clear boundaries at home, he is clean and tidy and well fed, but {}",
    "At risk of social exclusion. {}",
    "Mum is protective of him. {}",
    "{} Attendance and punctuality are good, and he has good teeth.",
    "{} There are minor concerns about hygiene and clothing.",
]
TAKEN_BACK = [
    ("the child lacks a {}", "secure attachment"),
    ("{} is not happening", "secure attachment"),
    ("until recently {}", "good attendance at school"),
    ("hardly any {}", "good attendance at school"),
    ("rarely {}", "good attendance at school"),
    ("we are concerned about {}", "good attendance at school"),
    ("mum says {}", "good attendance at school"),
    ("{} is far from what we see", "clear boundaries"),
    ("{} except when dad is there", "clear boundaries"),
    ("{}? no", "clear boundaries"),
    ("he wants {}", "clear boundaries"),
    ("{} has dropped", "regular attendance"),
]
# fmt: on


def _told() -> list[str]:
    """Return every text of the cases and of the evaluation sets that tells of a worry."""
    texts = [
        row["text"]
        for file in sorted(CASES.glob("*.yml"))
        if file.stem not in ("no_concern", "strengths")
        for row in yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        if row.get("present")
    ]
    for file in sorted(SETS.glob("*.yml")):
        texts += [row["text"] for row in yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)["concerns"]]
    return texts


def _worries(reader, text: str) -> dict[str, Status]:
    concerns = reader.read(RedactedText(text)).concerns
    return {concern.indicator: concern.status for concern in concerns if concern.status is not Status.ABSENT}


@pytest.fixture(scope="module")
def alone(reader):
    """Return every text that tells of a worry, with what is read of it alone."""
    texts = _told()
    assert len(texts) > 200, "the cases were not found"
    return {text: reader.read(RedactedText(text)) for text in texts}


@pytest.mark.parametrize("beside", BESIDE)
def test_no_worry_is_lost_beside_praise(beside, alone, reader, national):
    lost = {}
    # A baby's injury is one danger, whether the baby is the child or, after a sentence about "him", a brother.
    one_of = {"baby_injury": "non_mobile_injury"}
    for text, before in alone.items():
        with_it = reader.read(RedactedText(beside.format(text if text.endswith((".", "?", "!")) else f"{text}.")))
        still = present_indicators(with_it.concerns, national.indicators)
        still |= {c.indicator for c in with_it.concerns if c.status is Status.UNSURE}
        was = {c.indicator for c in before.concerns if c.status is not Status.ABSENT}
        flags, flags_still = ({one_of.get(flag, flag) for flag in one.red_flags} for one in (before, with_it))
        if was - still or flags - flags_still:
            lost[text] = (was - still, flags - flags_still)
    assert not lost


@pytest.mark.parametrize(("around", "praise"), TAKEN_BACK)
def test_praise_that_is_taken_back_denies_nothing(around, praise, reader):
    plain = reader.read(RedactedText(praise))
    denied = {c.indicator for c in plain.concerns if c.status is Status.ABSENT}
    assert denied, "the praise alone denies a worry"
    assert denied <= set(_worries(reader, around.format(praise)))
