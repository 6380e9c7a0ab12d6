"""The judges of conversations: each finds what it is there for, and a talk in order gives none of them anything."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from evaluation.conversations.judges import JUDGES, judge
from evaluation.conversations.rules import Rules, load
from evaluation.conversations.scene import Behind, Move, Turn, Walked

RULED_OUT = {"injury": frozenset({"none"}), "in_danger": frozenset({"no"}), "effect": frozenset({"none_seen"})}
KEPT = {"injury": "none", "in_danger": "no", "effect": "none_seen"}
LEVEL = {"outcome": "level", "local_code": "3", "exit": None}
RULES: Rules = load(RULED_OUT)


def reply(text: str = "How old is the child?", **more: Any) -> dict[str, Any]:
    return {"text": text, "buttons": [], "card": None, **more}


def turn(number: int = 1, **changed: Any) -> Turn:
    """A turn with nothing wrong in it: an answer by button, and the next question."""
    whole = Turn(
        number=number,
        asked="injury",
        move=Move("answer", {"choice": "1.0"}, {"injury": "none"}, "button"),
        replies=[reply()],
        heard=[frozenset({"utter_ask_age_band"})],
        asks="age_band",
        stage="with_assistant",
        refusal=None,
        seconds=0.2,
        behind=Behind(KEPT, LEVEL, False, questions=frozenset(KEPT)),
    )
    return replace(whole, **changed)


def walked(*turns: Turn, ended: str = "finished", kept: str = "") -> Walked:
    return Walked(7, "c1", [reply("Hello.")], list(turns), ended, kept)


def behind(answers: Mapping[str, Any] = KEPT, made: Mapping[str, Any] | None = LEVEL, **more: Any) -> Behind:
    return Behind(answers, made, False, questions=frozenset(KEPT), **more)


def said(name: str, text: str = "How old is the child?", **changed: Any) -> Turn:
    return turn(replies=[reply(text)], heard=[frozenset({name})], **changed)


AGAIN = [turn(n, asks="injury") for n in range(1, 6)]
SHOWN_TOO_SOON = said("utter_assessment_title", "Most consistent. 999", behind=behind({"injury": "none"}))
TOLD_UNEXPLAINED = Move("answer", {"text": "x"}, {"injury": "no_explanation"}, "words")
PLANTED = Move("addition", {"text": "Zuzanna"}, gone=("Zuzanna",))

WRONG = [
    ("message without a reply", walked(turn(replies=[], heard=[], asks=None))),
    ("dead end", walked(turn(replies=[reply("Thank you.")], heard=[frozenset({"utter_thanks"})], asks=None))),
    ("dead end", walked(turn(), ended="cut_off")),
    ("dead end", walked(turn(behind=behind(made=None)))),
    ("loop", walked(*AGAIN)),
    ("level before every red flag was answered", walked(SHOWN_TOO_SOON)),
    ("danger sign in passing without an exit", walked(turn(move=Move("danger", {"text": "he was strangled"})))),
    ("danger told and kept as ruled out", walked(turn(move=TOLD_UNEXPLAINED))),
    ("button pressed and answer lost", walked(turn(behind=behind({})))),
    ("end, exit or person without 999", walked(said("utter_handed_over", "I have asked them. Is that right?"))),
    ("more than one question at once", walked(said("utter_ask_age_band", "How old is the child? And the baby?"))),
    ("words never to be said", walked(said("utter_ask_age_band", "It is safe to wait. How old?"))),
    ("blank not filled", walked(said("utter_ask_age_band", "Ring {front_door}. How old?"))),
    ("identifier kept", walked(turn(move=PLANTED), kept="... zuzanna ...")),
    ("reply that took longer than 45 s", walked(turn(seconds=46.0))),
    ("dialogue that fell silent", walked(said("utter_no_dialogue", "Something does not answer. 999"))),
]


def test_a_talk_in_order_gives_no_judge_anything() -> None:
    in_order = walked(turn(), said("utter_handed_over", "They know. In danger: 999."), kept="a child, always hungry")
    assert judge(in_order, RULES) == []


@pytest.mark.parametrize(("what", "wrong"), WRONG, ids=[f"{what} {n}" for n, (what, _) in enumerate(WRONG)])
def test_a_judge_finds_what_it_is_there_for_and_no_other_does(what: str, wrong: Walked) -> None:
    assert {found.what for found in judge(wrong, RULES)} == {what}


def test_a_level_that_the_facts_do_not_come_to_is_found() -> None:
    rules = load(RULED_OUT, lambda turn: {**LEVEL, "local_code": "4"})
    assert [found.what for found in judge(walked(turn()), rules)] == ["level that the facts do not come to"]


def test_every_judge_is_shown_to_find_something() -> None:
    assert {what for what, _ in WRONG} | {"level that the facts do not come to"} == set(JUDGES)


def test_a_question_that_comes_back_after_a_digression_is_no_loop() -> None:
    aside = [turn(n, asks="injury", move=Move("aside", {"text": "thanks"})) for n in range(1, 9)]
    assert judge(walked(*aside), RULES) == []


def test_a_child_not_yet_born_needs_no_injury_question() -> None:
    answers = {"in_danger": "no", "age_band": "unborn"}
    shown = said("utter_assessment_title", "Most consistent. 999", behind=behind(answers), move=Move("aside"))
    assert judge(walked(shown), RULES) == []


def test_silence_needs_no_reply_and_a_refusal_is_one() -> None:
    silent = turn(move=Move("silence"), replies=[], heard=[], asks=None)
    refused = turn(move=Move("aside"), replies=[], heard=[], asks=None, refusal="utter_refused_empty")
    assert judge(walked(silent, refused), RULES) == []


def test_not_known_that_is_kept_as_no_is_a_danger_ruled_out() -> None:
    unsure = Move("answer", {"text": "not sure"}, {"in_danger": "unknown"}, "words")
    assert [found.what for found in judge(walked(turn(move=unsure)), RULES)] == ["danger told and kept as ruled out"]


@pytest.mark.parametrize(
    ("kept", "is_lost"),
    [(["referred_before"], False), (["consulted_twice", "early_help_plan"], False), ([], True), (["talked"], True)],
)
def test_nothing_yet_is_not_lost_where_earlier_consultations_show_otherwise(kept: list[str], is_lost: bool) -> None:
    pressed = Move("answer", {"choice": "1.0"}, {"tried": "nothing_yet"}, "button")
    there = Behind(KEPT | {"tried": tuple(kept)}, LEVEL, False, questions=frozenset({*KEPT, "tried"}))
    found = [one.what for one in judge(walked(turn(move=pressed, behind=there)), RULES)]
    assert ("button pressed and answer lost" in found) is is_lost
