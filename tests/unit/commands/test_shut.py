"""When the anonymiser is shut the commands say so, line by line, and repeat nothing of a text."""

import argparse
import io
import json
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from bot import name_model, redactor
from bot.anonymiser import AnonymiserFailed, Shut
from bot.commands import assess, doctor, read, redact
from bot.settings import load_settings

LINES = [{"text": "Zebedina was hungry", "n": 1}, {"text": "hungry", "area": "kent", "n": 2}]


def answers(module: Any, monkeypatch: pytest.MonkeyPatch, **options: Any) -> list[dict[str, Any]]:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=[json.dumps(line).encode() for line in LINES]))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=written))
    module.run(argparse.Namespace(**options))
    return [json.loads(line) for line in written.getvalue().splitlines()]


@pytest.mark.parametrize(("module", "options"), [(redact, {"record": False}), (read, {}), (assess, {})])
def test_every_line_is_answered_with_an_error_that_repeats_nothing(
    module: Any, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_model, "load", lambda: (_ for _ in ()).throw(name_model.NameModelUnusable("gone")))
    assess._reader.cache_clear()
    answered = answers(module, monkeypatch, **options)
    assess._reader.cache_clear()
    assert [line["n"] for line in answered] == [1, 2]
    for line in answered:
        assert line["error"]
        assert "text" not in line or module is assess
        assert "Zebedina" not in json.dumps({**line, "text": ""})


def test_a_text_that_cannot_be_read_is_assessed_as_a_persons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assess, "_reader", lambda on: SimpleNamespace(read=_breaks))
    answered = answers(assess, monkeypatch)[1]
    assert answered["assessment"]["outcome"] == "person"
    assert "AnonymiserFailed" in answered["error"]


def _breaks(text: str) -> None:
    raise AnonymiserFailed


# doctor


def look() -> tuple[bool, str]:
    return doctor._anonymiser(load_settings())


def test_the_doctor_tries_the_anonymiser() -> None:
    assert look() == (True, "takes out an invented name and number")


@pytest.mark.parametrize(
    ("fault", "kind", "what_to_do"),
    [
        (name_model.NameModelUnusable("canary"), "NameModelUnusable", "installs the name model again"),
        (ImportError("canary"), "ImportError", "installs the name model again"),
        (FileNotFoundError("canary"), "FileNotFoundError", "check out its files again"),
    ],
)
def test_the_doctor_says_why_it_is_shut_by_kind_and_what_to_do(
    fault: Exception, kind: str, what_to_do: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks() -> None:
        raise fault

    monkeypatch.setattr(name_model, "load", breaks)
    is_well, words = look()
    assert not is_well
    assert kind in words
    assert what_to_do in words
    assert "canary" not in words + caplog.text


# opening again


def test_a_shut_redactor_is_tried_again_but_not_at_every_turn() -> None:
    clock, opened = [0.0], []

    def opens() -> Any:
        opened.append(clock[0])
        return Shut("NameModelUnusable") if len(opened) < 3 else SimpleNamespace(record_of=lambda text, _: text)

    held = redactor.Redactor(opens, lambda: clock[0])
    for second in (1.0, 2.0, redactor.TRY_AGAIN_SECONDS, redactor.TRY_AGAIN_SECONDS + 1):
        clock[0] = second
        with pytest.raises(AnonymiserFailed):
            held.record_of("hello")
    assert opened == [0.0, redactor.TRY_AGAIN_SECONDS]
    clock[0] = 2 * redactor.TRY_AGAIN_SECONDS
    assert held.record_of("hello") == "hello"
    clock[0] = 9 * redactor.TRY_AGAIN_SECONDS
    assert held.record_of("hello") == "hello"
    assert len(opened) == 3, "once it stands, it stands"
