"""The commands that start one process of several: what they hold, what they tell it, and how they end."""

import argparse
import inspect
import socket
from pathlib import Path
from typing import Any

import pytest

from bot.commands import CannotRun, dialogue, prepare, web
from bot.dialogue.rasa_client import RasaClient
from bot.dialogue.rasa_process import environment, run_arguments
from bot.launch import notes
from bot.settings import load_settings
from tests.unit.launch.test_settings_of_several import said


@pytest.fixture
def several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a house of several."""
    for name, value in said(tmp_path).items():
        monkeypatch.setenv(name, value)
    return tmp_path


def options(module: Any, *given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    return parser.parse_args(given)


def free_port() -> str:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return str(found.getsockname()[1])


class FakeServer:
    """A server that looks who else may start while it serves."""

    def __init__(self, run: Path) -> None:
        self.folder, self.told, self.seen = run, {}, []

    def __call__(self, app: Any, host: str, port: int, log_level: str, **how: Any) -> "FakeServer":
        self.told = {"app": app, "port": port, **how}
        return self

    def run(self, sockets: list[socket.socket]) -> None:
        self.seen.append(sockets[0].getsockname()[1])
        notes.hold(self.folder, is_one_of_several=True).close()
        with pytest.raises(notes.AlreadyRunning):
            notes.hold(self.folder)


def test_a_web_process_lets_others_in_beside_it_and_none_that_is_alone(
    several: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, port = FakeServer(several / "run"), free_port()
    monkeypatch.setattr("bot.web.serve.server", server)
    monkeypatch.setattr("bot.wiring.build", lambda settings: argparse.Namespace(app="the app"))
    monkeypatch.setattr(web, "refuse_unprepared", lambda settings: None)
    monkeypatch.setattr(web.signal, "signal", lambda *_: None)
    web.run(options(web, "--port", port))
    assert server.told == {"app": "the app", "port": int(port), "lets_go_first": True}
    assert server.seen == [int(port)]
    notes.hold(several / "run").close()


class FakeRasa:
    """A Rasa that ends as it is told to."""

    def __init__(self, ends: list[int | type[BaseException] | None]) -> None:
        self.ends, self.stopped = ends, 0.0

    def start(self) -> None:
        pass

    def wait(self, seconds: float) -> int | None:
        how = self.ends.pop(0)
        if isinstance(how, type):
            raise how
        return how

    def stop(self, patience: float) -> None:
        self.stopped = patience


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(("ends", "code"), [([None, None, 1], 1), ([None, 0], 1), ([None, KeyboardInterrupt], 0)])
def test_a_dialogue_that_ends_by_itself_is_a_failure_and_one_that_is_told_to_is_none(
    ends: list, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rasa = FakeRasa(ends)
    monkeypatch.setattr(dialogue, "made", lambda settings: rasa)
    monkeypatch.setattr(dialogue, "is_trained", lambda settings: True)
    monkeypatch.setattr(dialogue.signal, "signal", lambda *_: None)
    assert dialogue.run(options(dialogue)) == code
    assert rasa.stopped > 20, "a turn that is under way may take as long"


def test_two_dialogues_write_to_logs_and_files_of_their_own(several: Path) -> None:
    logs = [dialogue.made(load_settings(said(several, RASA_PORT=port)))._log for port in ("5005", "5006")]
    assert len(set(logs)) == 2
    assert {file.name for file in several.glob("endpoints*.yml")} == {"endpoints-5005.yml", "endpoints-5006.yml"}


def test_a_dialogue_without_a_model_says_what_makes_one(several: Path) -> None:
    with pytest.raises(CannotRun, match=r"\./noname prepare"):
        dialogue.run(options(dialogue))


def test_what_an_image_needs_is_made_without_a_secret(several: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []
    monkeypatch.setattr(prepare, "ensure_front_end", made.append)
    prepare.run(options(prepare, "--pages"))
    assert len(made) == 1
    assert list(several.iterdir()) == []


def test_of_several_rasas_a_lock_that_is_left_holds_no_longer_than_a_turn_is_waited_for(tmp_path: Path) -> None:
    settings = load_settings(said(tmp_path))
    patience = inspect.signature(RasaClient).parameters["patience"].default
    arguments = run_arguments(settings, tmp_path)
    assert float(arguments[arguments.index("--response-timeout") + 1]) == patience
    assert float(environment(settings, {})["TICKET_LOCK_LIFETIME"]) == patience
