"""`act`: which dialogue act is heard in a text."""

import argparse
import http.client
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from bot import sentence_model
from bot.commands import CannotRun
from bot.commands.json_lines import BadLine, answer_lines, text_of
from bot.consultation import RawText
from bot.desk.hearing import Acts, heard
from bot.desk.payloads import no_command
from bot.dialogue.ears import hears_for_rasa
from bot.dialogue.rasa_process import RasaProcess, ask, run_arguments
from bot.launch.ports import first_free
from bot.launch.progress import Progress
from bot.launch.training import ensure_model, is_trained
from bot.redactor import load_redactor
from bot.settings import ROOT, Settings, load_settings

LONGEST_START_SECONDS = 180.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: lines in, lines out."""


def run(options: argparse.Namespace) -> None:
    """Add `act` to every line."""
    with serving_acts() as act:
        answer_lines(lambda record: {"act": act(text_of(record))})


@contextmanager
def serving_acts() -> Iterator[Callable[[str], dict[str, Any]]]:
    """Yield what names the act of a typed text: our own ears, or a Rasa that runs for as long as the block lasts."""
    settings = load_settings()
    if hears_for_rasa(settings.root, settings.translation):
        acts, redactor = sentence_model.load().acts, load_redactor(ROOT / "knowledge_base")
        yield lambda typed: _heard(acts, _words(redactor, typed))
        return
    settings = replace(settings, rasa_port=first_free("127.0.0.1", range(5105, 5205)))
    redactor = load_redactor(ROOT / "knowledge_base")
    rasa = _start(settings)
    try:
        yield lambda typed: _heard_by_rasa(settings, _words(redactor, typed))
    finally:
        rasa.stop()


def _start(settings: Settings) -> RasaProcess:
    progress = Progress(sys.stderr, total=1 if is_trained(settings) else 2)
    if not is_trained(settings):
        with progress.step("train", "Training the dialogue (a minute or two)"):
            ensure_model(settings)
    with progress.step("start", "Starting the dialogue (about 15 s)"):
        log = settings.logs / "rasa-act.log"
        # Conversations are not kept: only single texts are asked about.
        forgetful = replace(settings, tracker_url="sqlite://")
        rasa = RasaProcess(forgetful, run_arguments(forgetful, ensure_model(settings)), log)
        rasa.start()
        deadline = time.monotonic() + LONGEST_START_SECONDS
        while not rasa.is_healthy():
            if not rasa.is_alive() or time.monotonic() > deadline:
                rasa.stop()
                raise CannotRun(f"the dialogue does not start; {log} says why.")
            time.sleep(0.2)
    return rasa


def _words(redactor: Any, typed: str) -> str:
    text = no_command(redactor.redact(RawText(typed)).text)
    if not text:
        raise BadLine("text is empty")
    return text


def _heard(acts: Acts, text: str) -> dict[str, Any]:
    said = heard(text, acts)
    return {"name": said.act, "confidence": round(said.sure, 4)}


def _heard_by_rasa(settings: Settings, text: str) -> dict[str, Any]:
    try:
        intent = ask(settings, "POST", "/model/parse", {"text": text})["intent"]
    except (OSError, http.client.HTTPException, ValueError) as silent:
        raise BadLine("the dialogue did not answer") from silent
    return {"name": intent["name"], "confidence": round(float(intent["confidence"]), 4)}
