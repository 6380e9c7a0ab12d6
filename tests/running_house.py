"""A whole house on loopback for tests: our process in a thread, Rasa as a child, a database of its own.

The trained model is taken from the checkout's `var/models`, so that a test run trains at most once.
"""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bot import demo, sentence_model, wiring
from bot.dialogue.rasa_process import RasaProcess, ask, run_arguments
from bot.launch.training import ensure_model
from bot.masters import keys_of
from bot.settings import ROOT, Settings, load_settings
from bot.storage import migrate
from bot.web.serve import server
from bot.wiring import Built, build
from tests.once import Once

PATIENCE = 120.0


def opens_once() -> None:
    """Let every house of this test run share what is only read, however often one is built: it takes 3 s and 180 MB."""
    if not isinstance(wiring._reader, Once):
        wiring._reader = Once(wiring._reader, lambda root, over, national, model: (root, over, national.version))
        wiring.sentence_model = SimpleNamespace(**vars(sentence_model) | {"load": cache(sentence_model.load)})


@dataclass(frozen=True)
class RunningHouse:
    """A house that answers, with what a test needs to look behind its doors."""

    settings: Settings
    built: Built
    rasa: RasaProcess
    demo: dict[str, Any]

    @property
    def url(self) -> str:
        """Where it answers."""
        return self.settings.url

    def tracker(self, consultation_id: str) -> dict[str, Any]:
        """Return what Rasa keeps of a consultation."""
        return ask(self.settings, "GET", f"/conversations/{consultation_id}/tracker")


@contextmanager
def running_house(var: Path, log_level: str = "warning", settings: Settings | None = None) -> Iterator[RunningHouse]:
    """Start a house with everything it writes below `var`, and stop it again.

    `settings` are given for a house that differs otherwise; it has a model of its own.
    """
    opens_once()
    model = ensure_model(settings or load_settings())
    settings = settings or replace(house_settings(var), log_level=log_level)
    if not settings.models.exists():  # a house that is ready has one
        settings.models.symlink_to(model.parent, target_is_directory=True)
    keys = keys_of(settings)
    migrate(settings.database_url, pepper=settings.pepper, keys=keys)
    keys.let_go()
    demo.seed(settings)
    built = build(settings)
    made = json.loads(settings.demo_file.read_text(encoding="utf-8"))
    try:
        with serving(settings, built), rasa(settings, model) as process:
            yield RunningHouse(settings, built, process, made)
    finally:
        built.records.let_go()


def house_settings(var: Path) -> Settings:
    """Return settings on free ports with secrets of their own."""
    settings = load_settings({"NONAME_VAR": str(var)}, root=ROOT)
    port, rasa_port = free_port(), free_port()
    return replace(settings, port=port, rasa_port=rasa_port, public_url=f"http://127.0.0.1:{port}")


def free_port() -> int:
    """Return a port that the system has just found free: two test runs at once get different ones."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def serving(settings: Settings, built: Built) -> Iterator[None]:
    """Serve the doors from a thread."""
    ours = server(built.app, settings.host, settings.port, settings.log_level)
    thread = threading.Thread(target=lambda: asyncio.run(ours.serve()), daemon=True)
    thread.start()
    try:
        _wait(lambda: ours.started, "our process")
        yield
    finally:
        ours.should_exit = True
        thread.join(20)


@contextmanager
def rasa(settings: Settings, model: Path) -> Iterator[RasaProcess]:
    """Run Rasa until the block ends."""
    process = RasaProcess(settings, run_arguments(settings, model), settings.logs / "rasa.log")
    process.start()
    try:
        _wait(process.is_healthy, "Rasa", lambda: not process.is_alive())
        yield process
    finally:
        process.stop()


def _wait(holds: Any, what: str, hopeless: Any = lambda: False) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        if hopeless() or time.monotonic() > until:
            raise RuntimeError(f"{what} did not start")
        time.sleep(0.1)
