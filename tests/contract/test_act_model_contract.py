"""The pipeline that evaluation/act_model.py rebuilds is the one that Rasa hears with where it hears by itself."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from running_house import RunningHouse, house_settings, running_house

from bot.dialogue.ears import TAUGHT, hears_for_rasa
from bot.dialogue.rasa_process import ask
from bot.settings import ROOT
from evaluation.act_scores import held_out
from evaluation.acts_report import in_rasas_python

pytestmark = [pytest.mark.trained, pytest.mark.soak, pytest.mark.timeout(900)]

LINKED = (".venv", "actions", "bot", "config.yml", "credentials.yml", "domain.yml", "endpoints.yml", "knowledge_base")


@pytest.fixture(scope="module")
def by_itself(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHouse]:
    """A house whose examples the sentence model was not taught on."""
    root = tmp_path_factory.mktemp("checkout")
    for name in (*LINKED, "requirements"):
        (root / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "nlu_data", root / "nlu_data")
    (root / TAUGHT).unlink()
    assert not hears_for_rasa(root)
    with running_house(root / "var", settings=replace(house_settings(root / "var"), root=root)) as running:
        yield running


def test_what_is_measured_fast_is_what_is_served(by_itself: RunningHouse, tmp_path: Path) -> None:
    texts = [row["text"] for row in held_out()][::4]
    (tmp_path / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    rebuilt = in_rasas_python("--texts", str(tmp_path / "texts.json"))["texts"]
    served = [ask(by_itself.settings, "POST", "/model/parse", {"text": text})["intent"] for text in texts]
    assert [row["act"] for row in rebuilt] == [intent["name"] for intent in served]
    apart = [
        abs(row["sure"] - intent["confidence"])
        for row, intent in zip(rebuilt, served, strict=True)
        if intent["name"] != "nlu_fallback"
    ]
    assert max(apart) < 0.01
