"""Hearing: payloads say their act themselves, words are heard, and what is uncertain is said to be so."""

import asyncio

import pytest

from bot.desk.hearing import AHEAD, SURE, UNSURE, heard, hearing


def _never(text: str) -> dict[str, float]:
    raise AssertionError("the model was asked")


def _says(**acts: float):
    return lambda text: acts


@pytest.mark.parametrize(
    ("message", "act", "carries"),
    [
        ("/open_consultation", "open_consultation", ()),
        ('/answer{"in_danger": "no"}', "answer", (("in_danger", "no"),)),
        ('/answer{"signs": ["a", "b"], "age": "5_9"}', "answer", (("signs", "a"), ("signs", "b"), ("age", "5_9"))),
        ('  /answer{"note": "with {braces} and\\nlines"}', "answer", (("note", "with {braces} and\nlines"),)),
        ("/answer{no json}", "answer", ()),
    ],
)  # fmt: skip
def test_a_payload_says_its_act_itself(message, act, carries):
    told = heard(message, _never)

    assert (told.act, told.sure, told.carries) == (act, 1.0, carries)


def test_words_are_heard_with_their_rivals():
    told = heard("ta", _says(greet=0.2, thank=0.7, goodbye=0.1))

    assert (told.act, told.sure) == ("thank", 0.7)
    assert told.rivals == (("thank", 0.7), ("greet", 0.2), ("goodbye", 0.1))


@pytest.mark.parametrize(
    "acts",
    [{"thank": SURE - 0.01, "greet": 0.1}, {"thank": 0.45, "greet": 0.45 - AHEAD + 0.01}],
    ids=["likely in nothing", "as likely in two things"],
)
def test_what_is_heard_uncertainly_is_said_to_be_so(acts):
    told = heard("hm", _says(**acts))

    assert told.act == UNSURE
    assert told.rivals[0][0] == UNSURE


@pytest.mark.parametrize(("odds", "act"), [(0.3, "another_child"), (0.1, "describe_concern")])
def test_what_may_be_told_of_another_child_is_asked_about(odds, act):
    assert heard("new child, she is hungry", _says(describe_concern=0.6, another_child=odds)).act == act


@pytest.mark.parametrize("message", ["", "  ", "\n"])
def test_nothing_is_no_act(message):
    assert heard(message, _never).act == UNSURE


@pytest.mark.parametrize("message", ['answer{"in_danger":"no"}', "raise_red_flag", 'answer {"a": "b"}'])
def test_what_was_copied_from_a_machine_is_no_act(message):
    assert heard(message, _never).act == UNSURE


@pytest.mark.parametrize("message", ["and/or", "/ he hit her", "yes /no", "/Answer{}"])
def test_words_with_a_stroke_in_them_are_words(message):
    assert heard(message, _says(affirm=0.9, deny=0.1)).act == "affirm"


def test_it_is_heard_beside_everything_else():
    assert asyncio.run(hearing(_says(thank=0.9, greet=0.1))("ta")).act == "thank"
