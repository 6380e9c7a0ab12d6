"""Rasa is told again what it has forgotten, and forgets only between two turns."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.desk.ports import Button, DialogueUnavailable, Utterance
from bot.desk.turnstile import NotFree
from bot.dialogue.rasa_client import DialogueLate, DialogueSilent
from bot.dialogue.short_memory import ShortMemory

BACK, ANSWER = Utterance("assistant", "We carry on."), Utterance("assistant", "And then?")
OPEN_QUESTION = Utterance("assistant", "How old is the child?", (Button("5", "/answer"),))


class FakeRasa:
    """Notes what it was sent; `slow` seconds to answer."""

    slow = 0.0
    open_question = OPEN_QUESTION

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.is_answering = False
        self.is_lost, self.is_well = False, True
        self.is_late, self.is_down = False, False
        self.rested: list[str] = []

    async def say(self, consultation_id: str, message: str) -> tuple[Utterance, ...]:
        self.is_answering = True
        await asyncio.sleep(self.slow)
        self.heard.append(message)
        self.is_answering = False
        if self.is_late:
            raise DialogueLate("ReadTimeout")
        if self.is_lost:
            raise DialogueSilent("silence")
        return (BACK, self.open_question) if message == "/open_consultation" else (ANSWER,)

    async def at_rest(self, consultation_id: str) -> None:
        if self.is_down:
            raise DialogueUnavailable("ConnectError")
        self.rested.append(consultation_id)

    async def is_healthy(self) -> bool:
        return self.is_well

    async def close(self) -> None:
        """Let go of nothing."""


class FakeTracker:
    def __init__(self, rasa: FakeRasa, *held: str) -> None:
        self.rasa, self.held, self.tidied, self.fault = rasa, set(held), 0, False

    def knows(self, consultation_id: str) -> bool:
        self._break()
        return consultation_id in self.held

    def forget(self, consultation_ids: Any) -> int:
        self._break()
        assert not self.rasa.is_answering, "in the middle of a turn"
        self.held -= set(consultation_ids)
        return 1

    def tidy(self) -> None:
        self.tidied += 1

    def _break(self) -> None:
        if self.fault:
            raise RuntimeError("canary")


@pytest.fixture
def rasa() -> FakeRasa:
    return FakeRasa()


def test_a_talk_that_is_known_goes_on(rasa: FakeRasa) -> None:
    memory = ShortMemory(rasa, FakeTracker(rasa, "c1"))
    assert asyncio.run(memory.say("c1", "hungry")) == (ANSWER,)
    assert rasa.heard == ["hungry"]


@pytest.mark.parametrize("question", [OPEN_QUESTION, Utterance("assistant", "Tell me what worries you.")])
def test_a_forgotten_talk_is_opened_first_and_the_open_question_is_not_asked_twice(rasa: FakeRasa, question) -> None:
    rasa.open_question = question
    memory = ShortMemory(rasa, FakeTracker(rasa))
    assert asyncio.run(memory.say("c1", "hungry")) == (BACK, ANSWER)
    assert rasa.heard == ["/open_consultation", "hungry"]


def test_opening_itself_is_not_opened_before(rasa: FakeRasa) -> None:
    asyncio.run(ShortMemory(rasa, FakeTracker(rasa)).say("c1", '/open_consultation{"child_area": "kent"}'))
    assert rasa.heard == ['/open_consultation{"child_area": "kent"}']


def test_a_red_flag_is_said_at_once(rasa: FakeRasa) -> None:
    memory = ShortMemory(rasa, FakeTracker(rasa))
    assert asyncio.run(memory.say("c1", '/raise_red_flag{"words": "choked"}')) == (ANSWER,)
    assert rasa.heard[0] == "/open_consultation", "but Rasa knows what was said before"


def test_a_talk_is_forgotten_after_the_turn_that_is_under_way(rasa: FakeRasa) -> None:
    rasa.slow = 0.1
    tracker = FakeTracker(rasa, "c1")
    memory = ShortMemory(rasa, tracker)

    async def both() -> None:
        turn = asyncio.ensure_future(memory.say("c1", "hungry"))
        await asyncio.sleep(0.02)
        memory.forget("c1")
        assert await turn == (ANSWER,)
        await memory.close()

    asyncio.run(both())
    assert (tracker.held, tracker.tidied) == (set(), 1)


def test_a_talk_in_which_rasa_is_lost_is_forgotten_and_opened_again_with_the_next_message(rasa: FakeRasa) -> None:
    tracker = FakeTracker(rasa, "c1", "c2")
    memory = ShortMemory(rasa, tracker)
    rasa.is_lost = True
    with pytest.raises(DialogueSilent):
        asyncio.run(memory.say("c1", "hungry"))
    assert tracker.held == {"c2"}, "and no other talk"
    rasa.is_lost = False
    assert asyncio.run(memory.say("c1", "hungry")) == (BACK, ANSWER)
    assert rasa.heard == ["hungry", "/open_consultation", "hungry"]


def test_a_talk_with_an_answer_that_came_too_late_begins_again_once_rasa_is_done_with_it(rasa: FakeRasa) -> None:
    tracker = FakeTracker(rasa, "c1", "c2")
    memory = ShortMemory(rasa, tracker)
    rasa.is_late = True
    with pytest.raises(DialogueLate):
        asyncio.run(memory.say("c1", "hungry"))
    assert tracker.held == {"c1", "c2"}, "Rasa may be at it still"
    rasa.is_late, rasa.is_down = False, True
    with pytest.raises(DialogueUnavailable):
        asyncio.run(memory.say("c1", "hungry"))
    rasa.is_down = False
    assert asyncio.run(memory.say("c1", "hungry")) == (BACK, ANSWER)
    assert (rasa.rested, tracker.held) == (["c1"], {"c2"})
    assert rasa.heard == ["hungry", "/open_consultation", "hungry"]
    tracker.held.add("c1")
    assert asyncio.run(memory.say("c1", "cold")) == (ANSWER,), "and once is enough"


def test_a_talk_in_doubt_that_cannot_be_forgotten_stays_in_doubt(rasa: FakeRasa) -> None:
    tracker = FakeTracker(rasa, "c1")
    memory = ShortMemory(rasa, tracker, in_doubt={"c1"})
    tracker.fault = True
    with pytest.raises(DialogueUnavailable):
        asyncio.run(memory.say("c1", "hungry"))
    assert rasa.heard == [], "an empty talk would overwrite what is known"
    tracker.fault = False
    assert asyncio.run(memory.say("c1", "hungry")) == (BACK, ANSWER)


def test_a_turn_that_is_not_free_is_no_answer_of_the_dialogue(rasa: FakeRasa) -> None:
    class Taken:
        @asynccontextmanager
        async def of(self, key: str) -> AsyncIterator[None]:
            raise NotFree
            yield

    memory = ShortMemory(rasa, FakeTracker(rasa, "c1"), turns=Taken())
    with pytest.raises(DialogueUnavailable):
        asyncio.run(memory.say("c1", "his stepdad strangled him"))
    asyncio.run(memory.forget_all(["c1"]))


def test_a_talk_is_not_forgotten_because_rasa_is_unwell(rasa: FakeRasa) -> None:
    tracker = FakeTracker(rasa, "c1")
    rasa.is_lost, rasa.is_well = True, False
    with pytest.raises(DialogueSilent):
        asyncio.run(ShortMemory(rasa, tracker).say("c1", "hungry"))
    assert tracker.held == {"c1"}


def test_a_lost_talk_that_cannot_be_forgotten_is_still_no_answer(
    rasa: FakeRasa, caplog: pytest.LogCaptureFixture
) -> None:
    tracker = FakeTracker(rasa, "c1")
    rasa.is_lost = tracker.fault = True
    with pytest.raises(DialogueSilent):
        asyncio.run(ShortMemory(rasa, tracker).say("c1", "hungry"))
    assert "dialogue_not_forgotten kind=RuntimeError" in caplog.text


def test_a_store_that_cannot_be_read_keeps_nobody_from_talking(
    rasa: FakeRasa, caplog: pytest.LogCaptureFixture
) -> None:
    tracker = FakeTracker(rasa, "c1")
    tracker.fault = True
    memory = ShortMemory(rasa, tracker)

    async def both() -> tuple[Utterance, ...]:
        memory.forget("c1")
        said = await memory.say("c1", "hungry")
        await memory.close()
        return said

    assert asyncio.run(both()) == (ANSWER,)
    assert "tracker_not_read kind=RuntimeError" in caplog.text
    assert "dialogue_not_forgotten kind=RuntimeError" in caplog.text
    assert "canary" not in caplog.text
