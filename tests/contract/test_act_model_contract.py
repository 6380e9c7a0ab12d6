"""The pipeline that evaluation/act_model.py rebuilds is the one that is served."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.rasa_process import ask
from evaluation.act_scores import held_out
from evaluation.acts_report import in_rasas_python

pytestmark = [pytest.mark.trained, pytest.mark.soak, pytest.mark.timeout(900)]


def test_what_is_measured_fast_is_what_is_served(house: Any, tmp_path: Path) -> None:
    texts = [row["text"] for row in held_out()][::4]
    (tmp_path / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    rebuilt = in_rasas_python("--texts", str(tmp_path / "texts.json"))["texts"]
    served = [ask(house.settings, "POST", "/model/parse", {"text": text})["intent"] for text in texts]
    assert [row["act"] for row in rebuilt] == [intent["name"] for intent in served]
    apart = [
        abs(row["sure"] - intent["confidence"])
        for row, intent in zip(rebuilt, served, strict=True)
        if intent["name"] != "nlu_fallback"
    ]
    assert max(apart) < 0.01
