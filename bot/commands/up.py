"""`up`: the main job. Make what is missing, start both processes, serve until stopped."""

import argparse
import contextlib
import http.client
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.commands import CannotRun
from bot.dialogue.rasa_process import RasaProcess, ask, run_arguments
from bot.launch import logs
from bot.launch.front_end import ensure_front_end
from bot.launch.progress import Progress
from bot.launch.training import ensure_model, is_trained
from bot.launch.up import Parts, up
from bot.settings import Settings, load_settings

# The launcher makes the two rooms before this Python runs; they are the first two steps of seven.
SEVERAL = (
    "NONAME_SEVERAL is yes: start `./noname prepare` once, then `./noname web` and `./noname dialogue` as often as "
    "you want (docs/OPERATIONS.md)."
)
STEPS, STEPS_OF_THE_LAUNCHER = 7, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be said on the command line wins over the environment and `.env`."""
    parser.add_argument("--host", help="what to listen on (127.0.0.1)")
    parser.add_argument("--port", help="the port to serve on (8000)")
    parser.add_argument("--var", help="the folder for database, models, logs and secrets (var)")
    parser.add_argument("--no-demo", action="store_true", help="do not seed demo schools and sign-ins")
    parser.add_argument("--quiet", action="store_true", help="show nothing unless something goes wrong")


def run(options: argparse.Namespace) -> None:
    """Serve until interrupted."""
    installing = float(os.environ.get("NONAME_INSTALL_SECONDS") or 0)
    progress = Progress(sys.stdout, total=STEPS, done=STEPS_OF_THE_LAUNCHER, quiet=options.quiet)
    if installing:
        progress.seconds["install"] = installing
    settings = load_settings(environment(options))
    if settings.several.is_so:
        raise CannotRun(SEVERAL)
    logs.set_up(settings.log_level, settings.running.log_format)
    up(settings, PARTS, progress, time.monotonic() - installing)


def environment(options: argparse.Namespace) -> dict[str, str]:
    """Return the environment with the options in it."""
    said = {"NONAME_HOST": options.host, "NONAME_PORT": options.port}
    said["NONAME_VAR"] = str(Path(options.var).resolve()) if options.var else None
    said["NONAME_DEMO"] = "no" if options.no_demo else None
    return {**os.environ, **{name: value for name, value in said.items() if value}}


def _migrate(settings: Settings) -> None:
    from bot.masters import keys_of
    from bot.storage import migrate

    keys = keys_of(settings)
    migrate(settings.database_url, pepper=settings.pepper, keys=keys)
    keys.let_go()


def _seed(settings: Settings) -> Sequence[str]:
    from bot import demo

    return demo.seed(settings)


def _build(settings: Settings) -> Any:
    from bot import wiring

    return wiring.build(settings).app


def _make_rasa(settings: Settings, model: Path) -> RasaProcess:
    return RasaProcess(settings, run_arguments(settings, model), settings.logs / "rasa.log")


def _warm(settings: Settings) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
        ask(settings, "POST", "/model/parse", {"text": "hello"})


def _failing(settings: Settings) -> Sequence[str]:
    at = urlsplit(settings.url)
    asked = http.client.HTTPConnection(at.hostname or "", at.port, timeout=10)
    try:
        asked.request("GET", "/readyz")
        return list(json.loads(asked.getresponse().read())["failing"])
    except (OSError, http.client.HTTPException, ValueError, LookupError):
        return ()  # whoever looks at /readyz finds out
    finally:
        asked.close()


def _front_end(settings: Settings) -> Path:
    return ensure_front_end(settings.root)


PARTS = Parts(_migrate, _seed, is_trained, ensure_model, _build, _make_rasa, _warm, _failing, _front_end)
