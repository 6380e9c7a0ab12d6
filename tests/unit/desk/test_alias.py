"""The alias at the door: heard only where it is asked for, let go as a mark, and never in the way of a worry."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.anonymiser import Memory
from bot.consultation import RawText
from bot.desk import alias
from bot.desk.incoming import Refusal
from bot.desk.ports import UncleanWrite
from tests.at_the_desk import Desk, asks, reader, redactor, wording
from tests.duty_moves import claim
from tests.factories import NOW, create_consultation, create_dsl, create_worker, make_case
from tests.fakes import FakeRecords

CASES = yaml.load(Path("tests/cases/aliases.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
QUESTION = asks("Your school's alias?", ("Not now", '/answer{"school_alias":"none"}'), ("What is this?", "/ask_why"))
WORRY = asks("What worries you?")
SAID = wording().say("utter_alias_given")


@pytest.fixture
def desk() -> Desk:
    """A desk whose assistant has just asked for the alias."""
    records = FakeRecords()
    dsl = create_dsl(records)
    made = Desk(records, dsl, create_consultation(records, dsl))
    made.dialogue.replies = (QUESTION,)
    asyncio.run(made.open())
    made.dialogue.heard.clear()
    made.dialogue.replies = (WORRY,)
    return made


def say(desk: Desk, text: str) -> Any:
    return asyncio.run(desk.say(text))


def marked(desk: Desk) -> bool:
    """Whether a second consultation of the same alias finds this one."""
    create_consultation(desk.records, desk.dsl, id="c2")
    desk.records.mark_child("c2", "kestrel12", NOW)
    return desk.records.of_the_same_child("c2", NOW) == ("c1",)


# how a text is heard


def heard_as(text: str) -> str:
    redaction = redactor().redact(RawText(text), Memory(b"k" * 32))
    if not alias.may_be_one(len(text)):
        return "something_else"
    try:
        heard = alias.given(redaction, reader(), wording())
    except Refusal:
        return "refused"
    if heard is None:
        return "something_else"
    return "alias" if heard.alias else "none"


@pytest.mark.parametrize(("text", "expected"), [(text, kind) for kind, texts in CASES.items() for text in texts])
def test_a_text_is_heard_as_a_professional_would(text: str, expected: str) -> None:
    assert heard_as(text) == expected


def test_however_it_is_written_it_is_one_alias() -> None:
    written = ("Kestrel 12", "kestrel-12", "KESTREL12", " kestrel  12 ", "ｋｅｓｔｒｅｌ 12")
    assert {alias.plainly(one) for one in written} == {"kestrel12"}


# at the door


def test_an_alias_is_let_go_as_a_mark_and_stands_nowhere_else(desk: Desk) -> None:
    received = say(desk, "Kestrel 12")
    assert received.message.utterance.text == SAID
    assert desk.dialogue.heard == ['/answer{"school_alias": "given"}']
    assert "kestrel" not in repr((desk.records.messages("c1"), received, desk.records.audit)).casefold()
    assert marked(desk)


def test_the_same_message_twice_is_one_alias_and_not_a_worry(desk: Desk) -> None:
    asyncio.run(desk.say("Kestrel 12", "same"))
    asyncio.run(desk.say("Kestrel 12", "same"))
    assert desk.said("dsl") == [SAID]
    assert len(desk.dialogue.heard) == 1


def test_what_may_be_a_name_is_refused_and_nothing_of_it_is_kept(desk: Desk) -> None:
    received = say(desk, "Olly 7")
    assert received.refusal == alias.NOT_AN_ALIAS
    assert desk.said("dsl") == []
    assert desk.dialogue.heard == []
    assert say(desk, "kestrel 12").refusal is None, "the next one is heard"


@pytest.mark.parametrize("text", ["Zebedee 7", "kestrel 12"])
def test_neither_an_alias_nor_a_refused_name_is_remembered(desk: Desk, text: str) -> None:
    say(desk, text)
    assert len(desk.reception.memory_of("c1")) == 0


def test_having_none_is_an_answer_whatever_the_dialogue_would_make_of_the_words(desk: Desk) -> None:
    say(desk, "not now")
    assert desk.said("dsl") == ["not now"]
    assert desk.dialogue.heard == ['/answer{"school_alias": "none"}']


def test_a_red_flag_typed_in_place_of_an_alias_is_answered_as_one(desk: Desk) -> None:
    say(desk, "strangled")
    assert desk.dialogue.heard[0].startswith("/raise_red_flag")
    assert not marked(desk)


def test_a_worry_typed_in_place_of_an_alias_is_taken_in_whole(desk: Desk) -> None:
    say(desk, "always hungry, hides food in his bag")
    assert desk.said("dsl") == ["always hungry, hides food in his bag"]
    assert desk.dialogue.heard == ["always hungry, hides food in his bag"]


def test_once_something_else_is_asked_an_alias_is_a_text_like_any_other(desk: Desk) -> None:
    say(desk, "always hungry, hides food in his bag")
    say(desk, "kestrel 12")
    assert desk.said("dsl")[-1] == "kestrel 12"
    assert not marked(desk)


def test_the_alias_of_the_child_typed_once_more_is_kept_no_more_than_the_first_time(desk: Desk) -> None:
    say(desk, "Kestrel 12")
    say(desk, "kestrel 12")
    assert desk.said("dsl") == [SAID, SAID]
    assert desk.dialogue.heard[-1] == "/say_again"
    assert "kestrel" not in repr((desk.records.messages("c1"), desk.records.audit, desk.dialogue.heard)).casefold()
    say(desk, "osprey 3")
    assert desk.said("dsl")[-1] == "osprey 3", "that of no child here"


def test_no_alias_is_heard_where_a_person_has_the_consultation(desk: Desk) -> None:
    worker = create_worker(desk.records)
    desk.records.hand_over(make_case())
    claim(desk.records, "case-1", worker, NOW)
    say(desk, "kestrel 12")
    assert desk.said("dsl") == ["kestrel 12"], "what is said to a person is said"


def test_a_sorry_of_the_service_does_not_make_an_alias_a_message(desk: Desk) -> None:
    desk.dialogue.is_down = True
    say(desk, "hello there")
    desk.dialogue.is_down = False
    assert say(desk, "kestrel 12").message.utterance.text == SAID


def test_saying_that_it_is_not_this_child_takes_the_mark_away(desk: Desk) -> None:
    row = {"label": "Before", "value": "1", "words": [], "change": '/change_answer{"question": "school_alias"}'}
    desk.dialogue.replies = (asks("known", card={"kind": "table", "title": "", "rows": [row]}),)
    say(desk, "kestrel 12")
    number = len(desk.records.messages("c1"))
    asyncio.run(desk.choose(f"{number}.r0"))
    assert not marked(desk)


def test_not_now_takes_an_earlier_mark_away(desk: Desk) -> None:
    desk.dialogue.replies = (QUESTION,)
    say(desk, "kestrel 12")
    asyncio.run(desk.choose(f"{len(desk.records.messages('c1'))}.0"))
    assert not marked(desk)


def test_a_practice_consultation_is_linked_to_nobody() -> None:
    records = FakeRecords()
    dsl = create_dsl(records)
    desk = Desk(records, dsl, create_consultation(records, dsl, practice="neglect-1"))
    desk.dialogue.replies = (QUESTION,)
    asyncio.run(desk.open())
    say(desk, "kestrel 12")
    assert not marked(desk)


def test_a_store_that_fails_tells_no_alias(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise UncleanWrite

    monkeypatch.setattr(desk.records, "mark_child", fails)
    with pytest.raises(UncleanWrite) as told:
        say(desk, "kestrel 12")
    assert "kestrel" not in f"{told.value!r}"
