"""A whole house in processes of its own, as `./noname up` runs it, and somebody who starts it again when it has ended.

Every process of it can be found and killed: the service, Rasa, and the press while it sets a paper.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

from bot.launch.training import ensure_model
from bot.settings import ROOT, Settings, load_settings
from tests.running_house import free_port

SERVICE, RASA, PRESS = "service", "rasa", "press"
PATIENCE = 120.0
AGAIN_SECONDS = 0.5  # its unit waits five; whoever runs it by hand may be quicker


class Supervised:
    """The service under a supervisor that starts it again whenever it has ended."""

    def __init__(self, var: Path) -> None:
        self.var = var
        ports = {"NONAME_PORT": str(free_port()), "NONAME_RASA_PORT": str(free_port())}
        told = {**ports, "NONAME_VAR": str(var), "NONAME_LOG_LEVEL": "info", "PYTHONPATH": str(ROOT)}
        self._env = {name: value for name, value in os.environ.items() if not name.startswith("NONAME_")} | told
        self.settings: Settings = load_settings({**told, "NONAME_PUBLIC_URL": ""}, root=ROOT)
        self.settings.models.symlink_to(ensure_model(load_settings()).parent, target_is_directory=True)
        self.starts = 0
        self._over = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._supervise, daemon=True)

    def start(self) -> None:
        """Start it, and the watch over it."""
        self._thread.start()

    def stop(self) -> int | None:
        """End it kindly, and return how it ended."""
        self._over.set()
        if self._child and self._child.poll() is None:
            self._child.send_signal(signal.SIGTERM)
        self._thread.join(PATIENCE)
        return self._child.poll() if self._child else None

    def pids(self, process: str) -> list[int]:
        """Return which processes of that kind there are now."""
        child = self._child
        if child is None or child.poll() is not None:
            return []
        if process == SERVICE:
            return [child.pid]
        sign = b"bot/paper/press.py" if process == PRESS else b".venv/rasa/bin/python"
        return [pid for pid in _children(child.pid) if sign in _command(pid)]

    def kill(self, process: str) -> bool:
        """Kill one process of that kind, whatever it is doing. False where there is none."""
        for pid in self.pids(process):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                return True
        return False

    def answers(self, path: str = "/livez") -> bool:
        """Whether it answers; with `/readyz`, whether all of it works."""
        try:
            return httpx.get(self.settings.url + path, timeout=10).status_code == 200
        except httpx.TransportError:
            return False

    def wait(self, path: str, seconds: float = PATIENCE) -> bool:
        """Wait until it answers."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.answers(path):
                return True
            time.sleep(0.1)
        return False

    def _supervise(self) -> None:
        command: list[Any] = [sys.executable, "-P", "-m", "bot.cli", "up"]
        self.settings.logs.mkdir(parents=True, exist_ok=True)
        while not self._over.is_set():
            with (self.settings.logs / "service.log").open("ab") as log:
                self._child = subprocess.Popen(command, env=self._env, cwd=ROOT, stdout=log, stderr=log)
            self.starts += 1
            self._child.wait()
            self._over.wait(AGAIN_SECONDS)


@contextmanager
def supervised(var: Path) -> Iterator[Supervised]:
    """Have a house that works, and end it afterwards."""
    house = Supervised(var)
    house.start()
    try:
        assert house.wait("/readyz"), (house.settings.logs / "service.log").read_text("utf-8")[-2000:]
        yield house
    finally:
        house.stop()


def _children(parent: int) -> Iterator[int]:
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        with suppress(OSError):
            yield from map(int, task.read_text().split())


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
