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

        flagged = talk.say("he says his stepdad choked him last night")["replies"]
        assert "give the child's name" in " ".join(reply["text"] for reply in flagged), "a red flag needs no Rasa"

        with rasa(house.settings, ensure_model(load_settings())):
            assert talk.asked() == "goes_home", "the question that was open is still open"
            talk.say("today at half 3")
            assert talk.tracker()["slots"]["goes_home"] == "today"
        numbers = [message["number"] for message in talk.messages()]
        assert numbers == sorted(set(numbers)), "nothing is doubled or out of order"
        talk.close()
