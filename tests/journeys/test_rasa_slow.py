"""Rasa answers after its time: what it says then is shown to nobody, and the talk goes on where its DSL stands."""

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import pytest
from running_house import RunningHouse, running_house
from talking import Talk

from bot import several_wiring
from bot.desk.ports import Utterance
from bot.dialogue.rasa_client import DialogueLate, RasaClient

pytestmark = pytest.mark.trained

PATIENCE, SLOW = 2.0, 4.0


class Line(RasaClient):
    """Rasa's channel with less patience, on which an answer can be lost after Rasa has given it."""

    loses = False

    def __init__(self, url: str, token: str) -> None:
        super().__init__(url, token, patience=PATIENCE)

    async def say(self, consultation_id: str, message: str) -> tuple[Utterance, ...]:
        said = await super().say(consultation_id, message)
        if Line.loses:
            Line.loses = False
            raise DialogueLate("ReadTimeout")
        return said


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHouse]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(several_wiring, "RasaClient", Line)
        with running_house(tmp_path_factory.mktemp("impatient") / "house") as house:
            yield house


@pytest.fixture
def talk(impatient: RunningHouse) -> Iterator[Talk]:
    talk = Talk(impatient, "kent")
    yield talk
    talk.close()


def slows_down(house: RunningHouse) -> None:
    """Let the next action that Rasa asks for take longer than anybody waits."""
    run = house.built.house.run_action

    async def run_slowly(call: dict[str, Any]) -> Any:
        object.__setattr__(house.built.house, "run_action", run)
        await asyncio.sleep(SLOW)
        return await run(call)

    object.__setattr__(house.built.house, "run_action", run_slowly)


def test_an_answer_that_comes_too_late_is_shown_to_nobody(impatient: RunningHouse, talk: Talk) -> None:
    assert talk.asked() == "in_danger"
    slows_down(impatient)
    begun = time.monotonic()
    apologised(talk, "no")
    assert time.monotonic() - begun < SLOW, "nobody waits longer than the limit"
    shown = len(talk.messages())
    time.sleep(SLOW)  # meanwhile Rasa comes to its end
    assert len(talk.messages()) == shown
    goes_on(talk)


def test_what_is_said_next_answers_what_was_shown_and_not_what_rasa_went_on_to_ask(talk: Talk) -> None:
    talk.finish(until="about_staff")
    Line.loses = True
    apologised(talk, "no")
    assert talk.asked() == "school_alias", "Rasa has gone on by itself"
    said = " ".join(reply["text"] for reply in talk.say("yes, it is about a teaching assistant")["replies"])
    assert talk.tracker()["slots"]["about_staff"] == "yes"
    assert "LADO" in said
    assert [m["number"] for m in talk.messages()] == list(range(1, len(talk.messages()) + 1))


def test_a_worry_whose_answer_was_lost_is_asked_for_again_and_kept(talk: Talk) -> None:
    talk.finish(until="worry")
    Line.loses = True
    apologised(talk, "he is always hungry and hides food")
    assert talk.asked() == "understood", "Rasa has gone on by itself"
    talk.say("he falls asleep in lessons")
    assert talk.asked() == "understood"
    facts = talk.house.built.records.consultation(talk.id).facts
    assert "hungry_often" in facts.indicators, "what was typed first is kept too"


def test_what_was_said_while_rasa_was_away_is_not_lost_when_it_comes_back(talk: Talk) -> None:
    Line.loses = True
    apologised(talk, "no, but he is always hungry and hides food")
    goes_on(talk)
    texts = [message["text"] for message in talk.messages() if message["speaker"] == "dsl"]
    assert texts[0] == "no, but he is always hungry and hides food"
    assert "hungry_often" in talk.house.built.records.consultation(talk.id).facts.indicators


def apologised(talk: Talk, said: str) -> None:
    """Say something that is answered by an apology with numbers."""
    (sorry,) = talk.say(said)["replies"]
    assert sorry["speaker"] == "service"
    assert "999" in sorry["text"]
    assert "03000" in sorry["text"]


def goes_on(talk: Talk) -> None:
    """See that the question which was shown is the one that is answered, and that no other was shown twice."""
    talk.say("no")
    assert talk.asked() == "goes_home"
    talk.say("today at half 3")
    assert talk.tracker()["slots"]["in_danger"] == "no"
    assert talk.tracker()["slots"]["goes_home"] == "today"
    messages = talk.messages()
    assert [one["number"] for one in messages] == list(range(1, len(messages) + 1))
    asked = [one["text"] for one in messages if one["speaker"] == "assistant" and one["buttons"]]
    assert len(asked) == len(set(asked)), "no question stands there twice"
