"""The simulated DSL: the same number gives the same talk, and its walk ends when the consultation does."""

from collections import Counter
from random import Random
from typing import Any

import pytest

from bot.settings import ROOT
from evaluation.conversations import phrases
from evaluation.conversations.dsl import Dsl
from evaluation.conversations.heard import Heard, all_words
from evaluation.conversations.report import figures, report
from evaluation.conversations.scene import Behind, Option, Scene
from evaluation.conversations.walk import MOST_TURNS, Walk

SAID = phrases.load()
OPTIONS = {
    "in_danger": ["yes", "no", "unknown"],
    "injury": ["none", "explained", "no_explanation", "unknown"],
    "trend": ["better", "same", "worse", "unknown"],
    "age_band": ["5_9", "13_15", "unknown"],
}
TREND = Scene("trend", [Option("Worse", "1.0", "worse"), Option("Don't know", "1.1", "unknown")])


@pytest.fixture(scope="module")
def heard() -> Heard:
    return Heard(ROOT / "nlu_data" / "responses", ROOT / "domain.yml")


def dsl(seed: int) -> Dsl:
    return Dsl(seed, SAID, OPTIONS, ["Derby", "Wigan", "Kent"])


def test_the_same_number_gives_the_same_dsl_and_another_gives_another() -> None:
    def talk(seed: int) -> list[Any]:
        one = dsl(seed)
        return [one.case, one.area, one.temper, *(one.next(TREND) for _ in range(8))]

    assert talk(3) == talk(3)
    assert talk(3) != talk(4)


def test_all_that_is_drawn_turns_up_among_many() -> None:
    kinds: Counter[str] = Counter()
    acts: set[str] = set()
    for seed in range(200):
        one = dsl(seed)
        for _ in range(12):
            move = one.next(Scene("trend", TREND.options, rows=[("Age", "2.r0")]))
            kinds[move.kind] += 1
            acts.add(move.act)
    wanted = "answer several aside danger addition correction change stop twice silence start_again person".split()
    assert set(wanted) <= set(kinds)
    assert {act for act in SAID.asides if act.startswith("ask_") and act != "ask_person"} <= acts


def test_a_worry_told_is_never_called_unknown_where_it_is_urgent() -> None:
    for seed in range(300):
        one = dsl(seed)
        if one.case["injury"] == "no_explanation":
            move = one._answer(Scene("injury", [Option("Yes, with no explanation", "1", "no_explanation")]), "injury")
            assert move.told == {"injury": "no_explanation"}


def test_every_way_to_answer_belongs_to_an_option_of_its_question(heard: Heard) -> None:
    free = {"worry", "household", "protective", "child_wants", "view_reason", "child_area", "safe_scale"}
    free.add("school_alias")
    for question, ways in SAID.answers.items():
        assert question in heard.questions
        known = {value for (asked, value) in heard.titles if asked == question}
        assert question in free or set(ways) <= known, question


def test_every_act_said_beside_the_questions_is_one_the_assistant_knows() -> None:
    known = (ROOT / "domain.yml").read_text(encoding="utf-8")
    assert [act for act in SAID.asides if f"- {act}" not in known and act != "nonsense"] == []


def test_a_question_is_told_by_its_words_with_the_blanks_filled(heard: Heard) -> None:
    assert heard.question({"text": "Is it getting better, staying the same or getting worse?", "card": None}) == "trend"
    kept = "Your reference is **AB12-CD34**. Please put it in your own record now: without it you cannot come back to "
    kept += "this consultation. Type or paste it back to show you have it."
    assert heard.question({"text": kept, "card": None}) == "reference_kept"
    assert heard.question({"text": "Thank you for looking out for this child.", "card": None}) is None


def test_the_words_of_a_reply_are_those_of_its_buttons_and_its_card_too() -> None:
    card = {"kind": "sections", "sections": [{"items": [{"text": "never mind"}]}]}
    words = all_words({"text": "Hello", "buttons": [{"title": "Yes"}], "card": card})
    assert all(word in words for word in ("Hello", "Yes", "never mind"))


class House:
    """A house that asks one question, however it is answered, or ends at once."""

    def __init__(self, heard: Heard, ends: bool) -> None:
        self.ends, self.said = ends, 0
        self.last = "That is the end of this consultation. Keep the reference: you can come back with it. "
        self.last += "If anything changes, or your instinct says this is worse than it sounds, refer. In danger: 999. "
        self.last += "Ring 03000 411111."

    def open(self, area: str | None) -> dict[str, Any]:
        return {"id": "c1", "reference": "AB12"}

    def messages(self, consultation: str, after: int) -> list[dict[str, Any]]:
        return [self._asks()]

    def say(self, consultation: str, **said: Any) -> dict[str, Any]:
        self.said += 1
        over = {"text": self.last, "buttons": [], "card": None}
        return {"replies": [over if self.ends else self._asks()], "stage": "with_assistant", "refusal": None}

    def behind(self, consultation: str) -> Behind:
        return Behind({}, {"outcome": "level"}, False)

    def kept(self, consultation: str) -> str:
        return ""

    def forget(self, consultation: str) -> None:
        return None

    def _asks(self) -> dict[str, Any]:
        buttons = [{"id": "1.0", "title": "Worse"}, {"id": "1.1", "title": "Why do you ask?"}]
        return {"text": "Is it getting better, staying the same or getting worse?", "buttons": buttons, "card": None}


def test_a_walk_ends_with_the_last_words_and_one_that_never_ends_is_cut_off(heard: Heard) -> None:
    ending, endless = House(heard, ends=True), House(heard, ends=False)
    assert Walk(ending, heard, ending).hold(1, dsl(1), None).ended == "finished"
    held = Walk(endless, heard, endless).hold(1, dsl(1), None)
    assert (held.ended, len(held.turns)) == ("cut_off", MOST_TURNS)


def test_a_dsl_to_whom_the_opening_could_not_be_said_goes_on_all_the_same(heard: Heard) -> None:
    house = House(heard, ends=True)
    sorry = {"text": "I cannot answer just now.", "buttons": [], "card": None}
    house.messages = lambda consultation, after: [sorry]  # type: ignore[method-assign]
    held = Walk(house, heard, house).hold(1, dsl(1), None)
    assert (held.turns[0].asked, held.ended) == ("worry", "finished")


def test_the_report_counts_what_was_found_and_shows_some_of_it(heard: Heard) -> None:
    house = House(heard, ends=True)
    walks = [Walk(house, heard, house).hold(seed, dsl(seed), None) for seed in (1, 2)]
    written = report(figures(walks, [], scripted=130))
    assert "2 consultations" in written
    assert "| dead end | 0 |" in written
    assert "| scripted conversations, all green in the test suite | 130 |" in written


def test_no_planted_identifier_is_a_word_that_anybody_else_says() -> None:
    others = " ".join([*SAID.worries, *SAID.dangers, *SAID.additions, *(w for a in SAID.asides.values() for w in a)])
    for planted in SAID.planted:
        assert all(gone.casefold() not in others.casefold() for gone in planted["gone"])
        assert any(gone in planted["says"] for gone in planted["gone"])


def test_drawing_a_phrase_that_no_table_has_gives_none() -> None:
    assert SAID.of("trend", "sideways", Random(1)) is None
