"""The cases of tests/cases/reading: what staff write, and what a professional would read in it."""

from pathlib import Path

import pytest
import yaml

from bot.consultation import RedactedText, Status
from bot.knowledge.vocabulary import STRENGTHS
from bot.reading.red_flags import present_indicators

CASES = Path(__file__).resolve().parents[2] / "cases" / "reading"
KEYS = {"text", "present", "unsure", "absent", "not_present", "not_absent", "nothing_of", "red_flag"}
KEYS |= {"strengths", "unread"}


def _cases(*, concerns: bool):
    for file in sorted(CASES.glob("*.yml")):
        rows = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        if (file.stem != "no_concern") is concerns:
            yield from (pytest.param(row, id=row["text"][:60] if concerns else row) for row in rows)


@pytest.mark.parametrize("case", list(_cases(concerns=True)))
def test_a_text_is_read_as_a_professional_would(case, reader, national):
    assert set(case) <= KEYS, "a case with a misspelt key would check nothing"
    reading = reader.read(RedactedText(case["text"]))
    status = {concern.indicator: concern.status for concern in reading.concerns}
    present = present_indicators(reading.concerns, national.indicators)
    unsure = {i for id, held in status.items() if held is Status.UNSURE for i in (id, *national.indicators[id].implies)}

    assert not set(case.get("present", ())) - present, f"read only as {status}"
    assert set(case.get("unsure", ())) <= unsure - present, f"read as {status}"
    assert all(status.get(id) is Status.ABSENT for id in case.get("absent", ())), f"read as {status}"
    assert not set(case.get("not_present", ())) & present, f"read as {status}"
    assert all(status.get(id) is not Status.ABSENT for id in case.get("not_absent", ())), f"read as {status}"
    assert not {c.category for c in reading.concerns} & set(case.get("nothing_of", ())), f"read as {status}"
    assert not [concern for concern in reading.concerns if concern.category == STRENGTHS]
    if "strengths" in case:
        assert {strength.indicator for strength in reading.strengths} == set(case["strengths"])
    assert reading.unread is case.get("unread", reading.unread), "not understood, or not to the last word"
    if "red_flag" in case:
        assert bool(reading.red_flags) is case["red_flag"], f"raised {reading.red_flags}"


@pytest.mark.parametrize("text", list(_cases(concerns=False)))
def test_a_text_that_describes_no_concern_is_left_alone(text, reader):
    reading = reader.read(RedactedText(text))
    assert reading.concerns == (), "a question or a greeting was taken for a concern about a child"
    assert reading.red_flags == ()


def test_every_strength_has_a_case_that_is_found(national):
    rows = yaml.load((CASES / "strengths.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    found = {id for row in rows for id in row["strengths"]}
    assert found == {id for id, held in national.indicators.items() if held.category == STRENGTHS}


def test_every_category_has_a_case_that_is_found(reader):
    found = {
        concern.category
        for file in CASES.glob("*.yml")
        for row in yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        if isinstance(row, dict)
        for concern in reader.read(RedactedText(row["text"])).concerns
        if concern.status is Status.PRESENT
    }
    assert len(found) == 17, f"only {sorted(found)}"
