"""The cases of tests/cases/findability: what a DSL writes, and whether the child could be found from it."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.consultation import Facts
from bot.findability import Grade, weigh
from bot.knowledge import load_national

HOUSE = Path(__file__).resolve().parents[3]
CASES = HOUSE / "tests" / "cases" / "findability"
RULES = load_national(HOUSE / "knowledge_base", date(2026, 11, 22)).findability
GRADES = list(Grade)


def _cases(name):
    rows = yaml.load((CASES / f"{name}.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return [pytest.param(row, id=str(row["text"] if isinstance(row, dict) else row)[:60]) for row in rows]


@pytest.mark.parametrize("case", _cases("found"))
def test_what_points_to_a_child_is_found(case):
    found = weigh([case["text"]], Facts(), RULES)

    reasons = [reason.rule.id for reason in found.reasons]
    assert case["reason"] in reasons, f"{found.grade}: {reasons}"
    assert GRADES.index(found.grade) >= GRADES.index(Grade(case["grade"]))


@pytest.mark.parametrize("text", _cases("left_alone"))
def test_what_singles_nobody_out_is_left_alone(text):
    found = weigh([text], Facts(), RULES)

    assert (found.grade, found.reasons) == (Grade.LOW, ()), [
        (reason.rule.id, [place.words for place in reason.places]) for reason in found.reasons
    ]


@pytest.mark.parametrize("case", _cases("found"))
def test_it_is_found_however_it_is_typed(case):
    for text in (case["text"].upper(), case["text"].lower(), case["text"].replace("'", "’")):
        assert case["reason"] in [reason.rule.id for reason in weigh([text], Facts(), RULES).reasons], text


def test_there_are_enough_cases_of_both_kinds():
    assert len(_cases("found")) >= 60
    assert len(_cases("left_alone")) >= 40


def test_every_rule_that_speaks_for_itself_has_a_case():
    reasons = {case.values[0]["reason"] for case in _cases("found")}
    alone = {rule.id for rule in RULES.rules if rule.points >= RULES.some}
    assert alone <= reasons, sorted(alone - reasons)
