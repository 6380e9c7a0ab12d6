"""A talk of which nobody knows how far it went on alone is let go of by whichever process takes the next message."""

import asyncio

import pytest

from bot.desk.in_doubt import DOUBTED, LET_GO, InDoubtInRecords
from bot.dialogue.rasa_client import DialogueLate
from bot.dialogue.short_memory import ShortMemory
from tests.factories import NOW
from tests.fakes import FakeRecords
from tests.unit.dialogue.test_short_memory import FakeRasa, FakeTracker


@pytest.fixture
def records() -> FakeRecords:
    return FakeRecords()


def doubts(records: FakeRecords) -> InDoubtInRecords:
    return InDoubtInRecords(records, lambda: NOW)


def noted(records: FakeRecords) -> list[str]:
    return [what for what, *_ in records.audit if what in (DOUBTED, LET_GO)]


def test_another_process_knows_it_until_it_was_let_go_of(records: FakeRecords) -> None:
    here, there = doubts(records), doubts(records)
    assert "c1" not in here
    here.add("c1")
    assert ("c1" in there, "c2" in there) == (True, False)
    there.discard("c1")
    assert "c1" not in here
    here.add("c1")
    assert "c1" in there, "and it may be in doubt again"


def test_what_is_known_is_not_noted_again(records: FakeRecords) -> None:
    here = doubts(records)
    here.discard("c1")
    here.add("c1")
    here.add("c1")
    here.discard("c1")
    here.discard("c1")
    assert noted(records) == [DOUBTED, LET_GO]


def test_an_answer_that_came_too_late_for_one_process_is_let_go_of_by_another(records: FakeRecords) -> None:
    rasa = FakeRasa()
    tracker = FakeTracker(rasa, "c1")
    here, there = (ShortMemory(rasa, tracker, in_doubt=doubts(records)) for _ in range(2))
    rasa.is_late = True
    with pytest.raises(DialogueLate):
        asyncio.run(here.say("c1", "hungry"))
    rasa.is_late = False
    asyncio.run(there.say("c1", "hungry"))
    assert rasa.rested == ["c1"]
    assert rasa.heard == ["hungry", "/open_consultation", "hungry"]


def test_a_talk_that_is_forgotten_in_doubt_is_let_go_of_again_before_it_goes_on(records: FakeRecords) -> None:
    rasa = FakeRasa()
    tracker = FakeTracker(rasa, "c1")
    here, there = (ShortMemory(rasa, tracker, in_doubt=doubts(records)) for _ in range(2))

    async def cut_off() -> None:
        here.forget("c1", in_doubt=True)
        await here.close()

    asyncio.run(cut_off())
    assert tracker.held == set()
    tracker.held.add("c1")  # the turn of the process that is gone ended in Rasa only now
    asyncio.run(there.say("c1", "hungry"))
    assert (rasa.rested, tracker.held) == (["c1"], set())
    assert rasa.heard == ["/open_consultation", "hungry"]
