"""A talk that the dialogue forgot is put together from the record: nothing lost, nothing made of a doubt."""

from typing import Any

import pytest

from bot.consultation import Facts, Stage, Status
from bot.desk.ports import Button, Utterance
from bot.desk.reopening import Reopened, reopened
from tests.at_the_desk import make_at_hand, wording
from tests.factories import NOW, create_consultation, create_dsl, make_case
from tests.fakes import FakeRecords

WORRY = "he is always hungry and dirty"


class Talk:
    """What was said and kept of one consultation."""

    def __init__(self, records: FakeRecords) -> None:
        self.records = records
        self.at_hand = make_at_hand(records)
        create_consultation(records, create_dsl(records), area="kent")
        self._said = 0

    def asks(self, question: str, *titles: str) -> None:
        buttons = tuple(Button(title, f'/answer{{"{question}":"{title}"}}') for title in titles or ("x",))
        self.records.add_outgoing("c1", [Utterance("assistant", question, buttons)], NOW, unless_held=True)

    def says(self, text: str) -> None:
        self._said += 1
        self.records.add_incoming("c1", f"client-{self._said}", Utterance("dsl", text), NOW)

    def apologises(self) -> None:
        self.records.add_outgoing("c1", [Utterance("service", "It does not answer. 999")], NOW, unless_held=True)

    def keeps(self, **slots: Any) -> Facts:
        return self.at_hand.counsel.keep("c1", {"child_area": "kent", **slots})

    def opened_again(self) -> Reopened:
        found = reopened(self.at_hand.counsel, self.at_hand.answers, "c1")
        assert found is not None
        return found

    def facts_again(self) -> Facts:
        return self.at_hand.counsel.gathering.facts(self.opened_again().slots)


@pytest.fixture
def talk(records: FakeRecords) -> Talk:
    return Talk(records)


def test_a_talk_in_which_nothing_was_said_to_the_dsl_has_not_begun(talk: Talk) -> None:
    talk.says(WORRY)
    assert reopened(talk.at_hand.counsel, talk.at_hand.answers, "c1") is None


def test_answers_and_the_area_are_known_again(talk: Talk) -> None:
    talk.asks("in_danger")
    facts = talk.keeps(in_danger="no", goes_home="today", goes_home_time="15:30", tried=["none"], worry=WORRY)
    slots = talk.opened_again().slots
    assert slots["child_area"] == "kent"
    assert (slots["goes_home"], slots["goes_home_time"], slots["tried"]) == ("today", "15:30", ["none"])
    assert talk.facts_again() == facts


def test_a_question_whose_answer_was_apologised_for_is_open_still(talk: Talk) -> None:
    """The dialogue took the answer in, but nobody was shown what came of it: the next message answers it anew."""
    talk.asks("in_danger")
    talk.says("no")
    talk.asks("about_staff")
    talk.says("no")
    talk.keeps(in_danger="no", about_staff="no")
    assert talk.opened_again().slots["about_staff"] == "no", "until something fell it was answered"
    talk.apologises()
    talk.says("yes, about a teacher")
    slots = talk.opened_again().slots
    assert "about_staff" not in slots
    assert slots["in_danger"] == "no", "what was answered before stays answered"


def test_a_worry_that_was_apologised_for_is_asked_for_again_and_what_was_said_of_it_counts(talk: Talk) -> None:
    talk.asks("in_danger")
    asks = Utterance("assistant", wording().say("utter_ask_worry"))
    talk.records.add_outgoing("c1", [asks], NOW, unless_held=True)
    talk.says(WORRY)
    talk.keeps(in_danger="no", worry=WORRY)
    talk.apologises()
    slots = talk.opened_again().slots
    assert "worry" not in slots
    assert slots["in_danger"] == "no"
    assert WORRY in slots["additions"]


def test_an_answer_of_danger_stays_though_it_was_apologised_for(talk: Talk) -> None:
    talk.asks("red_flag_list")
    talk.says("strangled")
    facts = talk.keeps(in_danger="no", red_flag_list=["strangled_or_weapon"])
    talk.apologises()
    assert talk.opened_again().slots["red_flag_list"] == ["strangled_or_weapon"]
    assert talk.at_hand.counsel.flags(facts)


def test_while_a_person_is_waited_for_no_answer_is_taken_back(talk: Talk) -> None:
    talk.asks("in_danger")
    talk.asks("about_staff")
    talk.says("no")
    talk.keeps(in_danger="no", about_staff="no")
    talk.apologises()
    talk.records.hand_over(make_case())
    assert talk.opened_again().slots["about_staff"] == "no", "it is not asked again, and the desk reads it"


def test_what_the_service_says_by_itself_opens_no_question_again(talk: Talk) -> None:
    talk.asks("about_staff")
    talk.keeps(about_staff="no")
    talk.apologises()
    talk.says("hello?")
    assert talk.opened_again().slots["about_staff"] == "no"


def test_what_was_said_beside_the_answers_counts_again(talk: Talk) -> None:
    talk.asks("injury", "none")
    talk.says(WORRY)
    talk.says("his mum drinks every evening")
    talk.says("I have a meeting at four")
    facts = talk.keeps(worry=WORRY, additions=["his mum drinks every evening"])
    assert talk.opened_again().slots["additions"] == ["his mum drinks every evening"]
    assert talk.facts_again().indicators == facts.indicators


def test_a_pressed_button_is_no_addition(talk: Talk) -> None:
    talk.asks("worry_kind", "always hungry", "dirty")
    talk.says("always hungry; dirty")
    talk.keeps(worry=WORRY)
    assert "additions" not in talk.opened_again().slots


@pytest.mark.parametrize("told", [WORRY, "he has a bruise on his face"])
def test_what_was_taken_back_stays_so_and_a_danger_sign_stays_a_doubt(talk: Talk, told: str) -> None:
    talk.asks("understood")
    talk.says(told)
    before = talk.keeps(worry=told)
    indicator = next(i for i, status in before.indicators.items() if status is Status.PRESENT)
    facts = talk.keeps(worry=told, struck=[indicator])
    assert talk.facts_again().indicators == facts.indicators


def test_a_doubt_outlasts_the_words_it_came_from(talk: Talk) -> None:
    flagging = next(
        i for i in talk.at_hand.counsel.national.indicators if talk.at_hand.counsel.gathering.is_flagging(i)
    )
    talk.asks("worry")
    facts = talk.keeps(worry=WORRY, struck=[flagging])
    assert facts.indicators[flagging] is Status.UNSURE
    assert talk.facts_again().indicators == facts.indicators


def test_a_danger_ruled_out_in_passing_is_still_asked(talk: Talk) -> None:
    worry = "no bruises in september, he is always hungry"
    read = talk.at_hand.counsel.gathering.read
    talk.asks("in_danger")
    talk.says(worry)
    facts = talk.keeps(worry=worry)
    ruled_out = {q: v for q, v in read(worry).answers.items() if not talk.at_hand.answers.may_pass(q, v, worry)}
    assert ruled_out, "or nothing is tried"
    assert set(ruled_out) <= set(facts.answers)
    assert not set(ruled_out) & set(talk.opened_again().slots)
    talk.asks(next(iter(ruled_out)))
    talk.asks("how_often")
    assert set(ruled_out) & set(talk.opened_again().slots), "asked and answered, it is known"


def test_what_was_said_before_starting_again_is_not_brought_back(talk: Talk) -> None:
    talk.asks("how_often")
    talk.says("his mum drinks every evening")
    said = Utterance("assistant", wording().say("utter_started_again"))
    talk.records.add_outgoing("c1", [said], NOW, unless_held=True)
    talk.asks("in_danger")
    talk.keeps(in_danger="no", worry="his dad drinks every evening")
    assert "additions" not in talk.opened_again().slots


@pytest.mark.parametrize(
    ("asked", "confirmed"),
    [
        (["understood"], {}),
        (["understood", "open_case"], {"understood"}),
        (["understood", "open_case", "understood"], set()),
        (["understood", "answers_checked"], {"understood"}),
        (["understood", "answers_checked", "view"], {"understood", "answers_checked"}),
        (["understood", "answers_checked", "view", "reference_kept"], {"understood", "answers_checked", "view"}),
        (
            ["understood", "answers_checked", "view", "reference_kept", "anything_else"],
            {"understood", "answers_checked", "view", "reference_kept"},
        ),
    ],
)
def test_what_was_confirmed_is_known_by_what_was_asked_after_it(talk: Talk, asked: list[str], confirmed: set) -> None:
    for question in asked:
        talk.asks(question)
    talk.keeps(worry=WORRY)
    once = {"understood", "answers_checked", "view", "reference_kept"}
    assert once & set(talk.opened_again().slots) == set(confirmed)


def test_a_talk_that_waits_goes_on_waiting_with_the_view_that_was_given(talk: Talk) -> None:
    talk.asks("view")
    talk.records.hand_over(make_case(dsl_view="higher", dsl_reason="it is worse"))
    found = talk.opened_again()
    assert found.waits
    assert found.slots["view"] == "higher"
    assert found.slots["view_reason"] == "it is worse"
    assert found.slots["reference_kept"] == "yes"
    assert talk.records.consultation("c1").stage is Stage.WAITING


def _sets_aside(talk: Talk) -> None:
    talk.asks("injury")
    talk.says("another child too, she is hungry and has bruises")
    keep = Button("It is about this child", '/add_something{"set_aside":"keep"}')
    talk.records.add_outgoing("c1", [Utterance("assistant", "told", (keep,))], NOW, unless_held=True)


def test_what_was_set_aside_as_another_childs_stays_aside(talk: Talk) -> None:
    _sets_aside(talk)
    talk.keeps(worry=WORRY)
    assert "additions" not in talk.opened_again().slots


def test_what_was_said_to_be_about_this_child_after_all_is_known_again(talk: Talk) -> None:
    _sets_aside(talk)
    talk.says("It is about this child")
    talk.keeps(worry=WORRY, additions=["another child too, she is hungry and has bruises"])
    assert talk.opened_again().slots["additions"] == ["another child too, she is hungry and has bruises"]
