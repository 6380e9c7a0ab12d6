"""A danger sign that the DSL says was misunderstood: the questions go on, whatever the words say again."""

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.after_exit import ActionAfterExit
from bot.desk import own_questions
from bot.desk.at_hand import AtHand
from bot.desk.own_answers import ANSWERS
from bot.knowledge import load_area
from bot.knowledge.model import Pack
from tests.at_the_desk import make_at_hand
from tests.factories import NOW, create_consultation, create_dsl
from tests.fakes import FakeRecords
from tests.own_question import WRITTEN
from tests.testshire import FILES, HERE, SLUG, make_knowledge

OWN = f"{SLUG}-lives-afloat"
# A question of an area's own, the answer to which is a danger sign.
DANGEROUS = (
    WRITTEN.replace("kent-guidance", "testshire-doc")
    .replace("kent-lives-afloat", OWN)
    .replace("housing_unsettled", "strangled")
)

# Each answers a question by itself, so that emptying the question alone would change nothing.
SAID = [
    ("dad shouts at mum and hits her, she is pregnant", {}),
    ("im 14 and my dad shouts at me all the time", {"baby_at_home": "yes", "parental_factors": ["domestic_abuse"]}),
    ("im 14 and my dad shouts at me all the time", {"baby_at_home": "yes"}),
    # What is ticked implies what the flag rests on.
    ("she has gone very quiet", {"sexual": "disclosure"}),
    ("8 month old baby, a bruise on her leg, the explanation fits", {"age_band": "under_1", "injury": "explained"}),
    ("he is terrified and does not want to go home", {"effect": "frightened_to_go_home"}),
    ("he is on a child protection plan and hungry every day", {"open_case": "cp"}),
    ("she is 12 and pregnant", {"age_band": "10_12", "sexual": "pregnant_or_active"}),
]


@pytest.fixture
def at_hand() -> AtHand:
    records = FakeRecords()
    create_consultation(records, create_dsl(records))
    return make_at_hand(records)


def _disputed(at_hand: AtHand, slots: dict[str, Any]) -> dict[str, Any]:
    """Return the slots as they stand when the questions go on."""
    held = {**slots, "disputes_exit": True, "leaves_now": True}
    tracker = Tracker("c1", held, {}, [], False, None, {}, "action_listen")
    events = asyncio.run(ActionAfterExit(at_hand).run(CollectingDispatcher(), tracker, {}))
    return {**held, **{event["name"]: event["value"] for event in events if event["event"] == "slot"}}


@pytest.mark.parametrize(("text", "answered"), SAID)
def test_no_flag_is_left_that_would_leave_the_questions_again(
    at_hand: AtHand, text: str, answered: dict[str, Any]
) -> None:
    counsel, slots = at_hand.counsel, {"worry": text, **answered}
    assert counsel.flags(counsel.facts(slots)), "the case must have something to dispute"
    assert counsel.flags(counsel.facts(_disputed(at_hand, slots))) == ()


def test_what_the_words_would_answer_again_is_not_known_and_never_a_no(at_hand: AtHand) -> None:
    text = "im 14 and my dad shouts at me all the time"
    slots = {"worry": text, "baby_at_home": "yes", "parental_factors": ["domestic_abuse"]}
    assert _disputed(at_hand, slots)["parental_factors"] == ["unknown"]


def test_every_answer_by_itself_that_raises_a_flag_can_be_disputed(at_hand: AtHand) -> None:
    counsel = at_hand.counsel
    raising = 0
    for question in counsel.national.questions.values():
        for value in question.options:
            slots: dict[str, Any] = {"worry": "hungry", question.id: [value] if question.kind == "many" else value}
            if counsel.flags(counsel.facts(slots)):
                raising += 1
                assert counsel.flags(counsel.facts(_disputed(at_hand, slots))) == (), (question.id, value)
    assert raising > 15


@pytest.fixture
def testshire(at_hand: AtHand, tmp_path: Path) -> AtHand:
    """The desk where the child lives in an area with a question of its own."""
    root = make_knowledge(tmp_path)
    (root / "areas" / HERE / "area.yml").write_text(FILES["area.yml"] + DANGEROUS, "utf-8")
    pack = load_area(root, SLUG, NOW.date())

    def packs(area: str, on: date) -> Pack:
        return pack

    return replace(at_hand, counsel=replace(at_hand.counsel, pack_of=packs))


def test_an_answer_to_the_areas_own_question_is_disputed_like_any_other(testshire: AtHand) -> None:
    counsel = testshire.counsel
    slots = {"child_area": SLUG, "worry": "hungry", ANSWERS: {OWN: "yes", "another-question": "no"}}
    assert counsel.flags(counsel.facts(slots)), "the case must have something to dispute"
    after = _disputed(testshire, slots)
    assert counsel.flags(counsel.facts(after)) == ()
    assert after[ANSWERS] == {"another-question": "no"}, "other answers stand"
    asked = own_questions.open_question(counsel, after)
    assert asked is not None
    assert asked.id == OWN, "it is asked again"
    assert "strangled" in counsel.facts(after).unsure(), "and what it told stays a doubt"
