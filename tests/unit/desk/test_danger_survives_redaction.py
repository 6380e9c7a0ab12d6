"""No danger sign is lost with the words that are taken out of a text."""

import re

import pytest
import yaml
from at_the_desk import make_counsel, reader
from fakes import FakeRecords

from bot.consultation import RawText
from bot.redactor import danger_signs, load_redactor
from bot.settings import ROOT

CASES = ROOT / "tests/cases/reading"


def texts() -> list[str]:
    held = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(CASES.glob("*.yml")))
    return sorted({case["text"] for cases in held for case in _cases(cases)})


def _cases(held: object) -> list[dict]:
    if isinstance(held, dict):
        if "text" in held:
            return [held]
        return [case for value in held.values() for case in _cases(value)]
    return [case for value in held for case in _cases(value)] if isinstance(held, list) else []


@pytest.fixture(scope="module")
def listen():
    return danger_signs(reader(), make_counsel(FakeRecords()).gathering.is_flagging)


@pytest.fixture(scope="module")
def redactor(listen):
    return load_redactor(ROOT / "knowledge_base", listen)


def test_there_are_danger_signs_to_lose(listen) -> None:
    assert sum(bool(listen(text)) for text in texts()) > 50


def test_what_is_written_down_of_every_case_still_tells_of_the_danger(listen, redactor) -> None:
    def told(text: str) -> set[str]:
        return {sign for sign, _, _ in listen(text)}

    lost = {text: told(text) - told(redactor.redact(RawText(text)).record) for text in texts()}
    assert {text: ids for text, ids in lost.items() if ids} == {}


@pytest.mark.parametrize("write", [str, str.lower, str.upper])
@pytest.mark.parametrize(
    "text",
    [
        "there are burns on his arms",
        "cigarette burns on his back",
        "dad bash him with a belt",
        "he says dad headbutts him",
        "dad put his willy in her mouth",
        "she has to marry her cousin in the summer",
        "bruisd all over and strangld him",
    ],
)
def test_a_word_of_danger_is_never_a_name(redactor, text: str, write) -> None:
    assert redactor.redact(RawText(write(text))).record == write(text)


def test_a_danger_sign_whose_words_were_taken_out_is_told_by_its_id(listen, redactor) -> None:
    text = "he was hit by his mum's boyfriend called Belt"
    hidden = load_redactor(
        ROOT / "knowledge_base", lambda read: {(m[0], *m.span()) for m in re.finditer("belt|da", read.lower())}
    )
    assert hidden.redact(RawText("parcels go to DA1 7RZ")).unheard == frozenset(), "a postcode tells of nothing"
    assert hidden.redact(RawText(text)).unheard == {"belt"}
    assert redactor.redact(RawText("nothing of the kind")).unheard == frozenset()
