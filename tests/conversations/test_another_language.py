"""The whole house in a language nobody speaks, brought by files alone: no word of it can be in the code."""

from collections.abc import Iterator
from dataclasses import replace

import invented_language
import pytest
from running_house import RunningHouse, house_settings, running_house
from talking import Talk

from bot.settings import ROOT

LINKED = (".venv", "bot", "config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "knowledge_base", "nlu_data")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHouse]:
    root = tmp_path_factory.mktemp("checkout")
    for name in (*LINKED, "actions", "requirements"):
        if (ROOT / name).exists():
            (root / name).symlink_to(ROOT / name)
    invented_language.write(ROOT / "nlu_data" / "responses", root / "languages" / "zz")
    settings = replace(house_settings(root / "var"), root=root, language="zz")
    with running_house(root / "var", settings=settings) as running:
        yield running


@pytest.mark.soak
@pytest.mark.trained
@pytest.mark.timeout(900)
def test_a_consultation_is_held_in_the_language(house: RunningHouse) -> None:
    talk = Talk(house)
    try:
        said = [message["text"] for message in talk.messages()]
        assert any(text.startswith("zz This is a **no-name consultation**") for text in said)
        talk.choose("Kent")
        assert talk.messages()[-1]["text"].startswith("zz Is any child in immediate danger")
        talk.say("purple kettle")
        assert "utter_thanks" in talk.heard(), "an act is heard by the language's own examples"
        assert talk.asked() == "in_danger"
        talk.choose("zz No")
        assert talk.asked() == "goes_home"
    finally:
        talk.close()
