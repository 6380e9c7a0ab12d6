"""The starter: the assistant that `rasa init` makes, by the Rasa of our own room, trained and served as it says.

It is made and trained once for what it is made of, and kept under `var/bench/`.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.launch.ports import first_free
from bot.settings import ROOT

RASA = ROOT / ".venv" / "rasa" / "bin" / "rasa"
LONGEST_TRAINING_SECONDS = 1800.0
LONGEST_START_SECONDS = 300.0


class StarterFailed(Exception):
    """Tried to make, train or start the starter; the message names the log."""


@dataclass(frozen=True, slots=True)
class Starter:
    """A starter that answers: its address, its process, and the seconds until it was ready."""

    url: str
    pid: int
    seconds: float


def made(bench: Path) -> Path:
    """Return the folder of the trained starter, made and trained now if it is not there. Raises StarterFailed."""
    place = bench / f"starter-{_digest()}"
    if (place / "models").is_dir():
        return place
    draft = bench / ".starter"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    _run(["init", "--no-prompt", "--init-dir", str(draft)], draft, bench)
    if not any((draft / "models").glob("*.tar.gz")):
        _run(["train"], draft, bench)
    draft.replace(place)
    return place


@contextlib.contextmanager
def served(folder: Path, bench: Path) -> Iterator[Starter]:
    """Serve a starter on a free port of loopback until the block ends. Raises StarterFailed."""
    port, begun = first_free("127.0.0.1", range(8300, 8400)), time.monotonic()
    command = [str(RASA), "run", "--interface", "127.0.0.1", "--port", str(port), "--credentials", "credentials.yml"]
    with (bench / "starter.log").open("ab") as log:
        child = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=_environment(bench))
    try:
        yield Starter(f"http://127.0.0.1:{port}", child.pid, _when_ready(child, port, begun))
    finally:
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _when_ready(child: subprocess.Popen, port: int, begun: float) -> float:
    """Return after how many seconds it answered a first message."""
    while child.poll() is None and time.monotonic() - begun < LONGEST_START_SECONDS:
        with contextlib.suppress(OSError, urllib.error.URLError):
            body = b'{"sender": "first", "message": "hello"}'
            asked = urllib.request.Request(
                f"http://127.0.0.1:{port}/webhooks/rest/webhook", body, {"Content-Type": "application/json"}
            )
            with urllib.request.urlopen(asked, timeout=30) as answer:
                if len(answer.read()) > len("[]"):
                    return time.monotonic() - begun
        time.sleep(0.1)
    raise StarterFailed("var/bench/starter.log")


def _run(arguments: list[str], folder: Path, bench: Path) -> None:
    with (bench / "starter.log").open("ab") as log:
        done = subprocess.run(
            [str(RASA), *arguments],
            cwd=folder, stdout=log, stderr=log, env=_environment(bench), timeout=LONGEST_TRAINING_SECONDS,
        )  # fmt: skip
    if done.returncode:
        raise StarterFailed("var/bench/starter.log")


def _environment(bench: Path) -> dict[str, str]:
    """Return the environment in which a newcomer would run it, without telling anybody and without our settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NONAME_", "RASA_", "SANIC_"))}
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "PYTHONWARNINGS": "ignore"}
    return {**kept, **quiet, "HOME": str(bench / "starter-home"), "CUDA_VISIBLE_DEVICES": "-1"}


def _digest() -> str:
    """Return what tells the Rasa that makes it from others."""
    return hashlib.sha256((ROOT / "requirements" / "rasa.txt").read_bytes()).hexdigest()[:16]
