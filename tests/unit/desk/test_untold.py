"""A red flag that the dialogue was not told of is told by whichever process takes the next message."""

import asyncio
import json

import pytest

from bot.desk.receive import Reception
from bot.desk.untold import UntoldInRecords
from tests.at_the_desk import Desk
from tests.factories import NOW, create_consultation, create_dsl
from tests.fakes import FakeRecords

FLAG = "his dad hit him with a belt and he is bleeding"


def another_process(desk: Desk) -> None:
    """Let what comes next be taken in by a reception that remembers nothing."""
    old = desk.reception
    parts = (old._anonymiser, old._reader, desk.dialogue, desk.counsel, old.new_memory)
    desk.reception = Reception(desk.records, *parts, untold=UntoldInRecords(desk.records))


@pytest.fixture
def desk() -> Desk:
    records = FakeRecords()
    dsl = create_dsl(records)
    made = Desk(records, dsl, create_consultation(records, dsl))
    another_process(made)
    asyncio.run(made.open())
    made.dialogue.heard.clear()
    return made


def raised(heard: str) -> str | None:
    head = "/raise_red_flag"
    return json.loads(heard.removeprefix(head))["words"] if heard.startswith(head) else None


def test_another_process_raises_it_once(desk: Desk) -> None:
    desk.dialogue.is_down = True
    asyncio.run(desk.say(FLAG))
    another_process(desk)
    desk.dialogue.is_down = False
    asyncio.run(desk.say("ok"))
    assert [raised(heard) for heard in desk.dialogue.heard] == [FLAG]
    another_process(desk)
    asyncio.run(desk.say("and now"))
    assert desk.dialogue.heard[1:] == ["and now"]


def test_two_that_were_said_meanwhile_are_told_together(desk: Desk) -> None:
    desk.dialogue.is_down = True
    asyncio.run(desk.say(FLAG))
    asyncio.run(desk.say("she has taken an overdose"))
    another_process(desk)
    desk.dialogue.is_down = False
    asyncio.run(desk.say("ok"))
    assert [raised(heard) for heard in desk.dialogue.heard] == [f"{FLAG} she has taken an overdose"]
    asyncio.run(desk.say("and now"))
    assert desk.dialogue.heard[1:] == ["and now"]


def test_what_is_noted_of_it_holds_no_word_of_it(desk: Desk) -> None:
    desk.dialogue.is_down = True
    asyncio.run(desk.say(FLAG))
    assert ("flag.untold", "service", "c1", NOW) in desk.records.audit
    assert "belt" not in str(desk.records.audit)
