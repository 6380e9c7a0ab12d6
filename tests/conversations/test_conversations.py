"""Conversations by phenomenon, held with the trained model through the real door. One YAML file each."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from own_question import asked_by_kent
from talking import Talk

HERE = Path(__file__).parent


def _cases() -> list[Any]:
    found = []
    for file in sorted(HERE.glob("*.yml")):
        for case in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            found.append(pytest.param(case, id=f"{file.stem}: {case['name']}"))
    return found


@pytest.mark.trained
@pytest.mark.parametrize("case", _cases())
def test_a_conversation_goes_as_it_should(house: Any, case: dict[str, Any]) -> None:
    asked = asked_by_kent(house) if case.get("kent_asks") else nullcontext()
    with asked:
        _hold(house, case)


def _hold(house: Any, case: dict[str, Any]) -> None:
    talk = Talk(house, case.get("area"), case.get("practice"))
    known = _references(house, talk, case.get("earlier"))
    try:
        for number, written in enumerate(case["talk"], start=1):
            step = _filled(written, known)
            _do(talk, step)
            for what, expected in step.items():
                check = CHECKS.get(what)
                if check:
                    wrong = check(talk, expected)
                    assert not wrong, f"step {number}, {what}: {wrong}; heard {talk.heard()}"
    finally:
        talk.close()


def _references(house: Any, talk: Talk, earlier: Any) -> dict[str, str]:
    """Return what a case may call by a name in braces: its own reference, and that of an earlier consultation."""
    reference_of = house.built.records.consultation
    known = {"{own}": reference_of(talk.id).reference}
    if earlier:
        before = Talk(house)
        before.open(school=1 if earlier == "other_school" else 0)
        before.close()
        reference = reference_of(before.id).reference
        spaced = reference.lower().replace("-", " ")
        known |= {"{earlier}": reference, "{earlier_spaced}": spaced, "{earlier_id}": before.id}
    return known


def _filled(written: Any, known: dict[str, str]) -> Any:
    if isinstance(written, dict):
        return {name: _filled(value, known) for name, value in written.items()}
    if isinstance(written, list):
        return [_filled(value, known) for value in written]
    if isinstance(written, str):
        for name, value in known.items():
            written = written.replace(name, value)
    return written


def _do(talk: Talk, step: dict[str, Any]) -> None:
    unknown = set(step) - set(CHECKS) - {"open", "say", "choose", "change", "finish", "but", "until", "silent_minutes"}
    assert not unknown, f"the case has steps nobody knows: {unknown}"
    if "open" in step:
        talk.open(**step["open"])
    if "say" in step:
        talk.say(step["say"])
    if "choose" in step:
        talk.choose(step["choose"])
    if "change" in step:
        talk.change(step["change"])
    if "finish" in step:
        talk.finish(step.get("but"), step.get("until"))
    if "silent_minutes" in step:
        talk.house.built.silence.look(datetime.now(UTC) + timedelta(minutes=step["silent_minutes"]))


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


def _by_service(talk: Talk) -> list[str]:
    return [m["text"] for m in talk.messages() if m["speaker"] == "service"]


def _last_said(talk: Talk, expected: list[str]) -> str:
    said = talk.messages()[-1]["text"]
    return "; ".join(f"{words} is not in it" for words in expected if words not in said)


CHECKS = {
    "service_said": lambda talk, expected: _same(len(_by_service(talk)), expected),
    "last_said": _last_said,
    "asked": lambda talk, expected: _same(talk.asked(), expected),
    "form": lambda talk, expected: _same(talk.form(), expected),
    "heard": lambda talk, expected: str(sorted(set(expected) - set(talk.heard())) or ""),
    "not_heard": lambda talk, expected: str(sorted(set(expected) & set(talk.heard())) or ""),
    "slots": _slots,
    "shown": _shown,
    "not_kept": _kept,
    "refused": lambda talk, expected: _same((talk.last["refusal"] or {}).get("id"), expected),
    "outcome": lambda talk, expected: _same(_assessment(talk).get("outcome"), expected),
    "level": lambda talk, expected: _same(_assessment(talk).get("local_code"), expected),
    "exit": lambda talk, expected: _same(_assessment(talk).get("exit"), expected),
    "handed_over": lambda talk, expected: _same(talk.house.built.records.case_of(talk.id) is not None, expected),
    "stage": lambda talk, expected: _same(talk.house.built.records.consultation(talk.id).stage, expected),
}
