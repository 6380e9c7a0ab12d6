"""Every sentence that a person can read: responses, pages and the words of the knowledge base."""

import re
from typing import Any

import pytest
import yaml

from tests.said import KNOWLEDGE, ROOT, everything, plain, responses, sentences

RULES = yaml.load((ROOT / "tests/cases/wording/never.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)


def says(phrase: dict[str, Any], text: str) -> re.Match[str] | None:
    """Return where a text says what is never said."""
    return re.search(phrase["never"], plain(text), re.IGNORECASE)


PHRASES = pytest.mark.parametrize("phrase", RULES["phrases"], ids=lambda p: p["found"][0])


# what is read at all


def test_all_three_places_are_read() -> None:
    said = everything()
    assert len(responses()) > 250, "a folder that is not found would make every check below pass"
    assert ("utter_ask_view", "I would like a person") in said, "titles of buttons are read too"
    assert any(where == "talk.html" and "You never need a level to refer." in text for where, text in said)
    assert any(where == "strangled" and text == "choking or strangling" for where, text in said)
    assert any(where == "kent_district_conversation" for where, _ in said)
    assert any(text.startswith("Ring the front door, then send") for _, text in said), "routes of levels"


# never


@PHRASES
def test_what_is_never_said_is_found(phrase: dict[str, Any]) -> None:
    for sentence in phrase["found"]:
        assert says(phrase, sentence), f"{sentence!r} should be found: {phrase['why']}"


@PHRASES
def test_what_may_be_said_is_left_alone(phrase: dict[str, Any]) -> None:
    for sentence in phrase["left_alone"]:
        assert not says(phrase, sentence), f"{sentence!r} is a right thing to say"


@PHRASES
def test_it_is_never_said(phrase: dict[str, Any]) -> None:
    said = [f"{where}: {text}" for where, text in everything() if says(phrase, text)]
    wrong = [line for line in said if line.split(":")[0] not in phrase.get("allowed", {})]
    assert not wrong, f"{phrase['why']}: {wrong}"


@PHRASES
def test_every_exception_is_still_one(phrase: dict[str, Any]) -> None:
    said = {where for where, text in everything() if says(phrase, text)}
    assert set(phrase.get("allowed", {})) <= said, "an exception that nothing needs hides the next mistake"


# plain


def test_no_sentence_is_too_long_to_take_in_at_once() -> None:
    cap = RULES["longest_sentence"]
    long = [f"{where}, {len(s.split())}: {s}" for where, text in everything() for s in sentences(text)
            if len(s.split()) > cap]  # fmt: skip
    assert not long, f"no more than {cap} words a sentence: {long}"


def test_one_question_at_a_time() -> None:
    for name, texts in responses().items():
        assert all(text.count("?") <= 1 for text in texts), f"{name} asks more than one thing"


# a number in every dead end


@pytest.mark.parametrize("file", ["exits", "handing_over", "refusals"])
def test_every_dead_end_names_999(file: str) -> None:
    without = {name for name, texts in responses(file).items() if "999" not in " ".join(texts)}
    excused = {name for name in RULES["without_999"] if name in responses(file)}
    assert without == excused, "who cannot go on here must know whom to ring"


def test_every_refusal_of_a_door_names_999() -> None:
    parts = ("removed", "and", "kind_", "goes_home_", "dsl_thinks_")
    refusals = {n: " ".join(t) for n, t in responses("doors").items()
                if not n.removeprefix("utter_door_").startswith(parts)}  # fmt: skip
    without = {name for name, text in refusals.items() if "{in_danger}" not in text}
    assert without == set(RULES["doors_without_999"])


def test_every_exit_names_the_councils_numbers() -> None:
    exits = {name: texts[0] for name, texts in responses("exits").items() if re.match("utter_exit_(?!because)", name)}
    assert len(exits) == 6
    for name, text in exits.items():
        assert "{front_door}" in text, name
        assert "{out_of_hours}" in text, name


# the family is not warned


def test_an_exit_says_that_the_family_is_not_to_be_told_unasked() -> None:
    """The line with the reason of a flag may be missing, when Rasa is down or when others come before it."""
    for name in ("utter_exit_999", "utter_exit_front_door_now", "utter_exit_police_101"):
        assert "the family" in responses("exits")[name][0], name


def test_no_advice_on_consent_forgets_whom_it_could_put_in_danger() -> None:
    """It is shown after a disputed danger sign too, when FGM, marriage, honour or illness are in doubt."""
    advice = {n: t[0] for n, t in responses("assessment").items() if n.startswith("utter_consent_")}
    already_no = {"utter_consent_would_raise_risk", "utter_consent_local", "utter_consent_silence"}
    assert already_no < set(advice)
    assert "do not tell them" in advice["utter_consent_would_raise_risk"]
    assert advice["utter_consent_silence"].startswith("Do not tell the family")
    for name in set(advice) - already_no:
        for word in ("(FGM)", "forced marriage", "honour", "made up", "say nothing to the family"):
            assert word in advice[name], f"{name} must speak of {word}"


def test_help_that_parents_would_hear_of_says_when_they_must_not() -> None:
    options = yaml.safe_load((KNOWLEDGE / "national/england/early_help.yml").read_text("utf-8"))["options"]
    heard = {name: option["what"] for name, option in options.items() if option.get("parents_hear")}
    assert "talk_with_parents" in heard
    for name, what in heard.items():
        assert re.search(r"never .*FGM, forced marriage, honour or illness", what, re.IGNORECASE), name
