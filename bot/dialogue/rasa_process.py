"""The Rasa process: its command line, its environment, its life and death.

Rasa runs under its own Python, listens on loopback only and is told nothing but its own secrets. It
dies with the process that started it, however that one ends: it watches a pipe that only its parent holds.
"""

import http.client
import json
import os
import signal
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from bot.dialogue import lightening
from bot.dialogue.ears import endpoints
from bot.settings import Settings

# Given to Rasa's Python with `-c`. The arguments come through the pipe and not the command line, where every
# account of the machine could read the token. When the pipe closes, whoever started Rasa is gone. Below a
# warning Rasa logs what was said; its channels and what asks our ears (bot/dialogue/ears.py) do so in errors too. So
# only those parts of Rasa that start it may use words. Of every other line, whatever its level, the place in the code
# and the kind of what was raised are kept.
_BOOT = """
import json, os, runpy, sys, threading
line = b""
while not line.endswith(b"\\n"):
    line += os.read(0, 1) or os._exit(0)
sys.argv, lighter, how = json.loads(line)
threading.Thread(target=lambda: (os.read(0, 1), os._exit(0)), daemon=True).start()
import logging
made = logging.getLogRecordFactory()
starting = ("rasa.__main__", "rasa.cli", "rasa.core.run", "rasa.model", "rasa.utils.endpoints")
def place_alone(*given, **named):
    record = made(*given, **named)
    may_use_words = record.levelno >= logging.WARNING and any(
        record.name == name or record.name.startswith(name + ".") for name in starting
    )
    raised = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
    if not may_use_words:
        record.msg, record.args = record.levelname + " " + record.name + " line " + str(record.lineno), ()
        record.msg += " raised " + raised if raised else ""
        record.exc_info = record.exc_text = record.stack_info = None
    return record
logging.setLogRecordFactory(place_alone)
if how:
    lighter = runpy.run_path(lighter)
    if how == "without-tensorflow":
        lighter["leave_out_tensorflow"]()
    lighter["cut"]()
from rasa.__main__ import main
main()
"""

# What Rasa may inherit. Anything else, our own secrets first, stays here.
_INHERITED = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "LD_LIBRARY_PATH")


class RasaNotInstalled(Exception):
    """Tried to start Rasa where its Python is missing."""


def environment(settings: Settings, inherited: Mapping[str, str]) -> dict[str, str]:
    """Return the whole environment of the Rasa process."""
    return {
        **{name: inherited[name] for name in _INHERITED if name in inherited},
        # Rasa writes an identity file for telemetry to the home folder even when telemetry is off.
        "HOME": str(settings.var / "rasa-home"),
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_CACHE_DIRECTORY": str(settings.var / "rasa-cache"),
        "LOG_LEVEL": settings.log_level.upper(),
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "PYTHONWARNINGS": "ignore",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "SANIC_WORKERS": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_INTRA_OP_PARALLELISM_THREADS": "2",
        "TF_INTER_OP_PARALLELISM_THREADS": "1",
        "OMP_NUM_THREADS": "2",
        "CUDA_VISIBLE_DEVICES": "-1",
        "NONAME_ACTION_URL": settings.action_url,
        "NONAME_EARS_URL": settings.ears_url,
        "NONAME_ACTION_TOKEN": settings.action_token,
        "NONAME_TRACKER_URL": _in_rasas_words(settings.tracker_url),
        **_of_several(settings),
    }


def _of_several(settings: Settings) -> dict[str, str]:
    """Return what one of several Rasas is told. A lock whose holder is gone holds as long as a turn may take."""
    if not settings.several.is_so:
        return {}
    return {"NONAME_REDIS_PASSWORD": settings.several.redis_password, "TICKET_LOCK_LIFETIME": _turn_seconds(settings)}


def _turn_seconds(settings: Settings) -> str:
    """Return how long a turn may take. Of several Rasas as long as we wait for it: what is left of it locks a talk."""
    return "20" if settings.several.is_so else "30"


def _in_rasas_words(tracker_url: str) -> str:
    """Return an address as Rasa's older library reads it: it has another driver for PostgreSQL than we have."""
    scheme, _, rest = tracker_url.partition("://")
    return f"postgresql://{rest}" if scheme.startswith("postgres") else tracker_url


def run_arguments(settings: Settings, model: Path) -> list[str]:
    """Return the arguments of `rasa run`."""
    # The token in one word with its option: drawn at random, it may begin with a hyphen.
    return [
        "rasa", "run", "--enable-api", "--interface", settings.several.rasa_host, "--port", str(settings.rasa_port),
        f"--auth-token={settings.rasa_auth_token}", "--response-timeout", _turn_seconds(settings),
        "--request-timeout", "30",
        "--endpoints", str(endpoints(settings)),
        "--credentials", str(settings.root / "credentials.yml"),
        "--model", str(model), *(["--debug"] if settings.log_level == "debug" else []),
    ]  # fmt: skip


class RasaProcess:
    """One run of Rasa's Python, in its own process group. `lighter` is the file that makes a serving one lighter."""

    def __init__(
        self, settings: Settings, arguments: Iterable[str], log: Path, lighter: Path = lightening.FILE
    ) -> None:
        self._settings, self._lighter = settings, lighter
        self._arguments = list(arguments)
        self._log = log
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it. Raises RasaNotInstalled."""
        python = self._settings.root / ".venv" / "rasa" / "bin" / "python"
        if not python.exists():
            raise RasaNotInstalled(str(python))
        (self._settings.var / "rasa-home").mkdir(parents=True, exist_ok=True)
        with _private_log(self._log) as log:
            self._child = subprocess.Popen(
                [str(python), "-c", _BOOT],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Not the checkout: Rasa imports from the folder it runs in, and none of our Python is for it.
                cwd=self._settings.var / "rasa-home",
                env=environment(self._settings, os.environ),
                start_new_session=True,
                umask=0o077,
            )
        with suppress(BrokenPipeError):
            told = self._arguments, str(self._lighter), lightening.how(self._settings.root, self._arguments)
            self._pipe.write(json.dumps(told).encode() + b"\n")
            self._pipe.flush()

    @property
    def pid(self) -> int | None:
        """Its process id, or None before it was started."""
        return self._child.pid if self._child else None

    @property
    def exit_code(self) -> int | None:
        """How it ended, or None while it runs."""
        return self._child.poll() if self._child else None

    def is_alive(self) -> bool:
        """Whether it was started and has not ended."""
        return self._child is not None and self._child.poll() is None

    def is_healthy(self, patience: float = 10.0) -> bool:
        """Whether it answers with a loaded model within `patience` seconds."""
        try:
            status = ask(self._settings, "GET", "/status", patience=patience)
        except (OSError, http.client.HTTPException, ValueError):
            return False
        return bool(status.get("model_file"))

    def wait(self, seconds: float) -> int | None:
        """Wait that long for its end; return the exit code, or None if it still runs."""
        if self._child is None:
            return None
        with suppress(subprocess.TimeoutExpired):
            return self._child.wait(seconds)
        return None

    def stop(self, patience: float = 5.0) -> None:
        """End it and everything it started; kindly first."""
        if self._child is None:
            return
        for blow in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, blow)
            if self.wait(patience) is not None:
                break
        with suppress(OSError):
            self._pipe.close()

    @property
    def _pipe(self) -> IO[bytes]:
        return self._child.stdin  # type: ignore[return-value, union-attr] # opened as a pipe in start()


def ask(
    settings: Settings, method: str, path: str, body: Any = None, *, patience: float = 30.0
) -> dict[str, Any]:
    """Ask Rasa's HTTP API and return its answer.

    Raises OSError or HTTPException when Rasa does not answer, ValueError when it answers with a refusal.
    """
    connection = http.client.HTTPConnection("127.0.0.1", settings.rasa_port, timeout=patience)
    try:
        sent = None if body is None else json.dumps(body)
        address = f"{path}?token={quote(settings.rasa_auth_token)}"
        connection.request(method, address, sent, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise ValueError(f"Rasa answered {answer.status}")
    return json.loads(content)


def _private_log(file: Path) -> IO[bytes]:
    """Open a log for appending, readable by this account alone; one that has grown large is set aside."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists() and file.stat().st_size > 5_000_000:
        file.replace(file.with_suffix(".old.log"))
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")
