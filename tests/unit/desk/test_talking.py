"""Beside the words of a talk: its step, what is understood and how it is changed, what was not sent, the reference."""

import asyncio
from dataclasses import replace

import pytest

from bot.consultation import Facts, RawText, Stage, Status
from bot.desk.choosing import NoSuchChoice
from bot.desk.needed import form_order
from bot.desk.ports import Button, NotKept, Utterance
from bot.desk.talking.changing import chosen_in
from bot.desk.talking.desk import TalkDesk, talk_desk
from bot.desk.talking.records import ReferenceMark
from bot.desk.talking.reference import Asks, asks, is_last_group
from bot.desk.talking.steps import AFTER_THE_FORM, STEPS, step_at
from bot.desk.watch import Watch
from tests.at_the_desk import Desk, answer_reader, make_counsel, national, wording
from tests.factories import NOW, create_consultation, create_dsl
from tests.fakes import FakeRecords

WORRY = "he is always hungry and dirty"
EVERY = [*form_order(national()), *AFTER_THE_FORM]


class Talk:
    """A talk that has begun, with a real desk and real knowledge."""

    def __init__(self) -> None:
        self.records = FakeRecords()
        self.dsl = create_dsl(self.records)
        self.desk = Desk(self.records, self.dsl, create_consultation(self.records, self.dsl, area="kent"))
        self.counsel = make_counsel(self.records)
        self.talk: TalkDesk = talk_desk(self.counsel, answer_reader(), self.desk.reception, Watch())

    @property
    def consultation(self):
        return self.records.consultation("c1")

    def asks(self, question: str) -> None:
        said = Utterance("assistant", question, (Button("x", f'/answer{{"{question}":"x"}}'),))
        self.records.add_outgoing("c1", [said], NOW, unless_held=True)

    def says(self, text: str) -> None:
        number = len(self.records.messages("c1"))
        self.records.add_incoming("c1", f"client-{number}", Utterance("dsl", text), NOW)

    def keeps(self, **slots) -> Facts:
        return self.counsel.keep("c1", {"child_area": "kent", **slots})

    def stands(self):
        return self.talk.standing(self.dsl, self.consultation)

    def types(self, text: str, after: int = 0) -> bool:
        return asyncio.run(self.talk.keep_unsent(self.dsl, "c1", RawText(text), after, (), NOW))


@pytest.fixture
def talk() -> Talk:
    return Talk()


# where it is


def test_every_question_is_in_a_step_and_no_step_comes_before_an_earlier_one() -> None:
    numbers = [step_at(national(), [question], Facts(), 0).number for question in EVERY if question != "area_question"]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, len(STEPS) + 1))


def test_every_step_has_a_name_in_plain_words() -> None:
    for name in STEPS:
        assert 0 < len(wording().say(f"utter_step_{name}").split()) <= 10


def test_fewer_questions_are_left_with_each_answer_and_none_at_the_end(talk: Talk) -> None:
    left = []
    for question in ("child_area", "in_danger", "goes_home"):
        talk.asks(question)
        left.append(talk.stands().step.left)
    assert left == [left[0], left[0] - 1, left[0] - 2]
    talk.asks("answers_checked")
    assert (talk.stands().step.name, talk.stands().step.left) == ("check", 0)


def test_an_answer_that_was_read_from_words_is_not_counted_as_to_come(talk: Talk) -> None:
    talk.asks("worry")
    before = talk.stands().step.left
    talk.keeps(worry=WORRY, age_band="5_9")
    assert talk.stands().step.left < before


def test_an_areas_own_question_is_in_the_step_of_what_was_asked_before(talk: Talk) -> None:
    talk.asks("injury")
    talk.asks("area_question")
    assert talk.stands().step.name == "child"


def test_an_exit_has_no_step_nor_has_a_talk_that_a_person_has(talk: Talk) -> None:
    talk.asks("in_danger")
    assert talk.stands().step
    talk.asks("ringing")
    assert talk.stands().step is None
    talk.asks("injury")
    talk.records._change("c1", stage=Stage.CLAIMED, held=True)
    assert talk.stands().step is None


def test_starting_again_starts_the_steps_again(talk: Talk) -> None:
    talk.asks("household")
    assert talk.stands().step.name == "home"
    again = Utterance("assistant", wording().say("utter_started_again"))
    talk.records.add_outgoing("c1", [again], NOW, unless_held=True)
    assert talk.stands().step is None
    talk.asks("child_area")
    assert talk.stands().step.number == 1


def test_nobody_else_is_told_how_it_stands(talk: Talk) -> None:
    assert talk.talk.standing(replace(talk.dsl, id="another"), talk.consultation) is None


# what is understood


def test_a_worry_is_shown_with_the_words_it_came_from_and_its_change(talk: Talk) -> None:
    talk.asks("worry")
    talk.says(WORRY)
    talk.keeps(worry=WORRY, in_danger="no", goes_home="unknown")
    talk.asks("injury")
    known = talk.talk.understood(talk.dsl, "c1")
    hungry = next(row for row in known.worries if "hungry" in " ".join(row.words))
    assert hungry.change.startswith("i.")
    assert [row.change for row in known.unsure] == ["q.goes_home"]
    assert {"q.in_danger", "q.worry"} <= {row.change for row in known.answers}
    assert [(row.label, row.value) for row in known.child] == [("Child's council", "Kent"), ("Age", "Not asked yet")]


def test_what_was_taken_out_is_listed_once(talk: Talk) -> None:
    talk.says("[parent 1] and [parent 1] and [phone]")
    assert talk.talk.understood(talk.dsl, "c1").removed == ("[parent 1]", "[phone]")


def test_a_new_number_tells_that_something_else_is_understood(talk: Talk) -> None:
    talk.asks("in_danger")
    before = talk.stands().understood
    assert talk.stands().understood == before
    talk.keeps(in_danger="no")
    after = talk.stands().understood
    assert after != before
    talk.says("[parent 1] shouts")
    assert talk.stands().understood != after


def test_only_its_dsl_sees_what_is_understood(talk: Talk) -> None:
    with pytest.raises(NotKept):
        talk.talk.understood(replace(talk.dsl, id="another"), "c1")


def test_once_a_person_has_it_nothing_of_it_can_be_changed(talk: Talk) -> None:
    talk.asks("in_danger")
    talk.keeps(in_danger="no")
    talk.records._change("c1", stage=Stage.CLAIMED, held=True)
    assert {row.change for row in talk.talk.understood(talk.dsl, "c1").answers} == {""}
    with pytest.raises(NoSuchChoice):
        chosen_in(talk.counsel, "c1", "q.in_danger")


def test_a_change_is_found_by_its_id_and_shown_in_words(talk: Talk) -> None:
    facts = talk.keeps(worry=WORRY, in_danger="no")
    assert chosen_in(talk.counsel, "c1", "q.in_danger") == (
        "Change: In danger now", '/change_answer{"question": "in_danger"}'
    )  # fmt: skip
    indicator = next(i for i, status in facts.indicators.items() if status is Status.PRESENT)
    shown, carried = chosen_in(talk.counsel, "c1", f"i.{indicator}")
    assert carried == f'/not_so{{"indicator": "{indicator}"}}'
    assert shown == f"Change: {national().indicators[indicator].words}"


@pytest.mark.parametrize("choice", ["q.injury", "i.injury", "q.nothing", "i.nothing", "q.", "x.in_danger", "q.a b"])
def test_what_is_not_in_the_facts_cannot_be_changed(talk: Talk, choice: str) -> None:
    talk.keeps(in_danger="no")
    with pytest.raises(NoSuchChoice):
        chosen_in(talk.counsel, "c1", choice)


# what was not sent


def test_what_was_not_sent_is_kept_without_what_points_to_anybody(talk: Talk) -> None:
    assert talk.types("his mum Sharon Blenkinsop rang from 07700 900123")
    kept = talk.talk.unsent(talk.dsl, "c1")
    assert "Sharon" not in kept.text
    assert "07700" not in kept.text
    assert "mum" in kept.text


def test_what_cannot_be_looked_at_leaves_what_was_kept_before(talk: Talk) -> None:
    assert talk.types("hungry every day")
    assert not talk.types("x" * 5000)
    assert talk.talk.unsent(talk.dsl, "c1").text == "hungry every day"


def test_a_name_in_it_is_counted_when_it_is_sent_and_not_before(talk: Talk) -> None:
    talk.types("his dad Peter Oliver shouts")
    said = asyncio.run(talk.desk.say("his dad Paul Oliver shouts"))
    assert "[parent 1]" in said.message.utterance.text


def test_an_empty_box_deletes_it(talk: Talk) -> None:
    talk.types("hungry every day")
    talk.types("")
    assert talk.talk.unsent(talk.dsl, "c1") is None


def test_saying_something_deletes_it_and_what_comes_late_is_not_kept(talk: Talk) -> None:
    talk.types("hungry every day")
    talk.says("hungry every day")
    assert talk.talk.unsent(talk.dsl, "c1") is None
    assert not talk.types("hungry every day", after=0)
    assert talk.types("and cold", after=talk.records.messages("c1")[-1].number)


def test_what_may_be_an_alias_is_not_kept(talk: Talk) -> None:
    carried = '/answer{"school_alias":"none"}'
    said = Utterance("assistant", "An alias?", (Button("No", carried),))
    talk.records.add_outgoing("c1", [said], NOW, unless_held=True)
    assert not talk.types("kestrel 12")
    assert talk.talk.unsent(talk.dsl, "c1") is None


def test_nobody_else_reads_or_writes_it(talk: Talk) -> None:
    other = replace(talk.dsl, id="another")
    with pytest.raises(NotKept):
        talk.talk.unsent(other, "c1")
    with pytest.raises(NotKept):
        asyncio.run(talk.talk.keep_unsent(other, "c1", RawText("hungry"), 0, (), NOW))


# the reference


@pytest.mark.parametrize(
    ("stage", "mark", "question", "what"),
    [
        (Stage.WITH_ASSISTANT, None, "injury", Asks.NOTHING),
        (Stage.WITH_ASSISTANT, None, "view", Asks.ASK),
        (Stage.WITH_ASSISTANT, None, "reference_kept", Asks.NOTHING),
        (Stage.WITH_ASSISTANT, ReferenceMark.LATER, "view", Asks.NOTHING),
        (Stage.WITH_ASSISTANT, ReferenceMark.LATER, "anything_else", Asks.REMIND),
        (Stage.OFFERED, None, "injury", Asks.ASK),
        (Stage.WAITING, None, "reference_kept", Asks.NOTHING),
        (Stage.CLAIMED, None, "", Asks.ASK),
        (Stage.CLOSED, None, "", Asks.REMIND),
        (Stage.ABANDONED, ReferenceMark.LATER, "", Asks.REMIND),
        (Stage.CLOSED, ReferenceMark.KEPT, "", Asks.NOTHING),
    ],
)
def test_the_reference_is_asked_for_once_and_reminded_of_at_the_end(talk: Talk, stage, mark, question, what) -> None:
    assert asks(replace(talk.consultation, stage=stage), mark, question) is what


def test_practice_has_no_reference_to_keep(talk: Talk) -> None:
    assert asks(replace(talk.consultation, stage=Stage.CLOSED, practice="case"), None, "") is Asks.NOTHING


def test_its_last_group_shows_that_it_is_kept_however_it_is_written(talk: Talk) -> None:
    last = talk.consultation.reference.rsplit("-", 1)[-1]
    assert is_last_group(talk.consultation, f" {last.lower()} ")
    assert is_last_group(talk.consultation, talk.consultation.reference.replace("-", " "))
    assert not is_last_group(talk.consultation, "")
    assert not talk.talk.show_reference(talk.dsl, "c1", "0000", NOW)
    assert talk.records.reference_mark("c1") is None
    assert talk.talk.show_reference(talk.dsl, "c1", last, NOW)
    talk.talk.reference_later(talk.dsl, "c1", NOW)
    assert talk.records.reference_mark("c1") is ReferenceMark.KEPT, "that it is kept is never taken back"
