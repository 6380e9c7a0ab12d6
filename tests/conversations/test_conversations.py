"""Conversations by phenomenon, held with the trained model through the real door. One YAML file each."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from talking import Talk

HERE = Path(__file__).parent


def _cases() -> list[Any]:
    found = []
    for file in sorted(HERE.glob("*.yml")):
        for case in yaml.safe_load(file.read_text(encoding="utf-8")):
            found.append(pytest.param(case, id=f"{file.stem}: {case['name']}"))
    return found


@pytest.mark.trained
@pytest.mark.parametrize("case", _cases())
def test_a_conversation_goes_as_it_should(house: Any, case: dict[str, Any]) -> None:
    talk = Talk(house, case.get("area"))
    try:
        for number, step in enumerate(case["talk"], start=1):
            _do(talk, step)
            for what, expected in step.items():
                check = CHECKS.get(what)
                if check:
                    wrong = check(talk, expected)
                    assert not wrong, f"step {number}, {what}: {wrong}; heard {talk.heard()}"
    finally:
        talk.close()


def _do(talk: Talk, step: dict[str, Any]) -> None:
    unknown = set(step) - set(CHECKS) - {"say", "choose", "change", "finish", "but", "until"}
    assert not unknown, f"the case has steps nobody knows: {unknown}"
    if "say" in step:
        talk.say(step["say"])
    if "choose" in step:
        talk.choose(step["choose"])
    if "change" in step:
        talk.change(step["change"])
    if "finish" in step:
        talk.finish(step.get("but"), step.get("until"))


def _same(found: Any, expected: Any) -> str:
    return "" if found == expected else f"is {found!r} and not {expected!r}"


def _assessment(talk: Talk) -> dict[str, Any]:
    return talk.house.built.records.latest_assessment(talk.id) or {}


def _slots(talk: Talk, expected: dict[str, Any]) -> str:
    slots = talk.tracker()["slots"]
    wrong = {name: slots.get(name) for name, value in expected.items() if slots.get(name) != value}
    return f"slots are {wrong}" if wrong else ""


def _shown(talk: Talk, expected: list[str]) -> str:
    text = str(talk.last["replies"])
    missing = [words for words in expected if words not in text]
    return f"not shown: {missing}" if missing else ""


def _kept(talk: Talk, expected: list[str]) -> str:
    records = talk.house.built.records
    kept = repr((records.messages(talk.id), records.consultation(talk.id), records.latest_assessment(talk.id)))
    still = [words for words in expected if words in kept]
    return f"still kept: {still}" if still else ""


CHECKS = {
    "asked": lambda talk, expected: _same(talk.asked(), expected),
    "form": lambda talk, expected: _same(talk.form(), expected),
    "heard": lambda talk, expected: str(sorted(set(expected) - set(talk.heard())) or ""),
    "not_heard": lambda talk, expected: str(sorted(set(expected) & set(talk.heard())) or ""),
    "slots": _slots,
    "shown": _shown,
    "not_kept": _kept,
    "outcome": lambda talk, expected: _same(_assessment(talk).get("outcome"), expected),
    "level": lambda talk, expected: _same(_assessment(talk).get("local_code"), expected),
    "exit": lambda talk, expected: _same(_assessment(talk).get("exit"), expected),
    "stage": lambda talk, expected: _same(talk.house.built.records.consultation(talk.id).stage, expected),
}
