"""Rasa stops in the middle of a talk and comes back: nothing is lost, nobody waits without a number."""

import time
from pathlib import Path

import pytest
from running_house import rasa, running_house
from talking import Talk

from bot.launch.training import ensure_model
from bot.settings import load_settings

pytestmark = pytest.mark.trained


def test_a_talk_outlives_rasa(tmp_path: Path) -> None:
    model = ensure_model(load_settings())
    with running_house(tmp_path / "house") as house:
        talk = Talk(house, "kent")
        talk.say("no")
        assert talk.asked() == "goes_home"

        house.rasa.stop()
        begun = time.monotonic()
        said = talk.say("today at half 3")["replies"]
        assert time.monotonic() - begun < 25, "nobody waits long for somebody who is not there"
        words = " ".join(reply["text"] for reply in said)
        assert "999" in words, "a dead end names 999"
        assert "03000 411111" in words, "and the number to ring"
        assert talk.messages()[-2]["text"] == "today at half 3", "what was typed is kept"

        with rasa(house.settings, model):
            assert talk.asked() == "goes_home", "the question that was open is still open"
            talk.say("today at half 3")
            assert talk.tracker()["slots"]["goes_home"] == "today"

        flagged = talk.say("he says his stepdad choked him last night")["replies"]
        assert "give the child's name" in " ".join(reply["text"] for reply in flagged), "a red flag needs no Rasa"
        with rasa(house.settings, model):
            talk.say("ok")
            assert talk.form() == "exit_form", "and is not forgotten when Rasa is back"
        numbers = [message["number"] for message in talk.messages()]
        assert numbers == list(range(1, len(numbers) + 1)), "nothing is lost, doubled or out of order"
        talk.close()
