"""Referrals that are told of in passing count as history, with their number."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.consultation import RedactedText
from bot.desk import referrals
from tests.at_the_desk import make_counsel, reader
from tests.fakes import FakeRecords

CASES = yaml.load(Path("tests/cases/referrals/told.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_how_many_referrals_a_text_tells_of(case: dict[str, Any]) -> None:
    assert referrals.told_in(reader().read(RedactedText(case["text"])), case["text"]) == case["told"]


@pytest.mark.parametrize(
    ("before", "told", "held"),
    [(None, "3", "3"), ("3", "2", "3"), ("2", "4", "4"), ("several", "1", "several"), ("several", "2", "2")],
)
def test_the_larger_number_stays(before: str | None, told: str, held: str) -> None:
    assert referrals.most(before, told) == held


def test_they_stand_in_the_facts_beside_what_was_ticked() -> None:
    facts = make_counsel(FakeRecords()).facts({"tried": ["nothing_yet"], "referrals": "3"})
    assert facts.answers["tried"] == ("referred_before",)
    assert facts.answers["referrals"] == "3"


def test_without_any_the_facts_are_as_they_were() -> None:
    assert make_counsel(FakeRecords()).facts({"tried": ["nothing_yet"]}).answers == {"tried": ("nothing_yet",)}
