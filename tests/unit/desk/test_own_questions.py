"""An area's own question, from a pack that is made here: placed, asked, read, told and shown without any training."""

import asyncio
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from actions.running import runner
from bot.consultation import Facts, Status
from bot.desk import own_questions, showing
from bot.desk.at_hand import AtHand
from bot.desk.needed import form_order
from bot.desk.own_answers import ANSWERS, facts_with_own
from bot.desk.own_reader import OwnReader
from bot.knowledge import load_area
from bot.knowledge.model import Pack
from bot.thresholds import assess
from tests.at_the_desk import make_at_hand, national, pack_of
from tests.factories import NOW, create_consultation, create_dsl
from tests.fakes import FakeRecords
from tests.own_question import WRITTEN
from tests.testshire import FILES, HERE, SLUG, make_knowledge

ID = "testshire-lives-afloat"
ON = NOW.date()
KENT = WRITTEN.replace("kent-guidance", "testshire-doc").replace("kent-lives", "testshire-lives")


@pytest.fixture(scope="module")
def testshire(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    root = make_knowledge(tmp_path_factory.mktemp("knowledge"))
    (Path(root) / "areas" / HERE / "area.yml").write_text(FILES["area.yml"] + KENT, "utf-8")
    return load_area(root, SLUG, ON)


@pytest.fixture
def at_hand(testshire: Pack) -> AtHand:
    """The actions' desk in a house that holds Testshire, which asks a question of its own."""
    records = FakeRecords()
    create_consultation(records, create_dsl(records))
    held = make_at_hand(records)

    @cache
    def packs(area: str, on: date) -> Pack:
        return testshire if area == SLUG else pack_of(area, on)

    return replace(held, counsel=replace(held.counsel, pack_of=packs))


def test_it_comes_in_its_place_and_only_while_it_is_open(at_hand: AtHand) -> None:
    order, here = form_order(national()), {"child_area": SLUG}
    asked = own_questions.with_own(at_hand.counsel, here, order)
    assert asked[asked.index("household") + 1] == "area_question"
    answered = {**here, ANSWERS: {ID: "no"}}
    assert "area_question" not in own_questions.with_own(at_hand.counsel, answered, order)
    assert "area_question" not in own_questions.with_own(at_hand.counsel, {"child_area": "kent"}, order)


def test_nothing_is_asked_once_nothing_is_needed(at_hand: AtHand) -> None:
    assert own_questions.with_own(at_hand.counsel, {"child_area": SLUG}, []) == []


def test_its_answer_is_a_fact_and_tells_its_indicators(at_hand: AtHand) -> None:
    facts = at_hand.counsel.facts({"child_area": SLUG, ANSWERS: {ID: "yes"}})
    assert facts.answers[ID] == "yes"
    assert facts.indicators["housing_unsettled"] is Status.PRESENT


def test_the_answer_says_nothing_once_the_child_lives_elsewhere(at_hand: AtHand) -> None:
    facts = at_hand.counsel.facts({"child_area": "kent", ANSWERS: {ID: "yes"}})
    assert ID not in facts.answers
    assert facts.indicators == {}


def test_present_wins_over_what_was_denied_elsewhere(testshire: Pack) -> None:
    denied = Facts({"housing_unsettled": Status.ABSENT})
    assert facts_with_own(denied, testshire, {ANSWERS: {ID: "yes"}}).present() == {"housing_unsettled"}


def test_a_danger_sign_of_the_areas_own_that_is_not_known_gets_no_level(testshire: Pack) -> None:
    """Unknown never lowers a level, whoever asks."""
    told = Facts({"hungry_often": Status.PRESENT}, {ID: "unknown"})
    assert assess(told, testshire, national(), ON).outcome == "person"
    assert ID in assess(told, testshire, national(), ON).unknown


def test_it_never_lowers_an_assessment(testshire: Pack) -> None:
    without = assess(Facts({"hungry_often": Status.PRESENT}), testshire, national(), ON)
    for value in ("yes", "no"):
        level = assess(Facts({"hungry_often": Status.PRESENT}, {ID: value}), testshire, national(), ON).level
        assert level is not None
        assert without.level is None or level.rank >= without.level.rank


@pytest.mark.parametrize(
    ("text", "intent", "value"),
    [
        ("yes they do", "affirm", "yes"),
        ("a narrowboat on the canal", "give_answer", "yes"),
        ("no", "deny", "no"),
        ("not sure", "unsure", "unknown"),
        ("pass", "skip_question", "unknown"),
        ("mum works nights", "give_answer", None),
        ("no bruises but he has no bed", "give_answer", None),
    ],
)
def test_what_is_typed_is_read_as_carefully_as_elsewhere(
    at_hand: AtHand, testshire: Pack, text: str, intent: str, value: str | None
) -> None:
    reader = OwnReader(at_hand.answers, testshire.questions[0])
    assert reader.read(ID, text, intent, {}) == value


def test_check_your_answers_shows_it_with_a_way_to_change_it(at_hand: AtHand) -> None:
    slots = {"child_area": SLUG, ANSWERS: {ID: "yes"}}
    rows = showing.answers_card(at_hand.counsel, slots, "utter_answers_title")["rows"]
    row = next(row for row in rows if row["label"] == "Home that moves")
    assert row["value"] == "Yes"
    assert row["change"] == f'/change_answer{{"question":"{ID}"}}'


def _drive(at_hand: AtHand, action: str, act: str, entities: dict[str, Any], **slots: Any) -> dict[str, Any]:
    tracker = {
        "sender_id": "c1",
        "slots": {"child_area": SLUG, "leaves_now": False, "wants_person": False, **slots},
        "latest_message": {
            "text": f"/{act}",
            "intent": {"name": act},
            "entities": [{"entity": name, "value": value} for name, value in entities.items()],
        },
        "events": [],
        "active_loop": {"name": "consultation_form"},
        "latest_action_name": "action_listen",
    }
    call = {"next_action": action, "sender_id": "c1", "tracker": tracker, "version": "3.6.21"}
    return asyncio.run(runner(at_hand)(call)).model_dump()


def test_it_is_asked_in_the_packs_words_with_the_packs_buttons(at_hand: AtHand) -> None:
    said = _drive(at_hand, "action_ask_area_question", "answer", {})["responses"][0]
    assert said["words"] == "Does the child live on a boat or in a caravan?"
    assert [button["title"] for button in said["buttons"]] == ["Yes", "No", "Don't know", "Why do you ask?"]


def test_a_button_fills_it_and_a_change_opens_it_again(at_hand: AtHand) -> None:
    pressed = {"area_question": f"{ID}=yes"}
    filled = _drive(at_hand, "validate_consultation_form", "answer", pressed, requested_slot="area_question")
    assert {"name": ANSWERS, "value": {ID: "yes"}}.items() <= filled["events"][0].items()
    changed = _drive(at_hand, "action_change_answer", "change_answer", {"question": ID}, area_answers={ID: "yes"})
    assert {e["name"]: e["value"] for e in changed["events"]}[ANSWERS] == {}


def test_a_button_of_another_area_fills_nothing(at_hand: AtHand) -> None:
    assert own_questions.carried_answer(at_hand.counsel, {"child_area": "kent"}, f"{ID}=yes") == {}
    assert own_questions.carried_answer(at_hand.counsel, {"child_area": SLUG}, f"{ID}=amelia") == {}
