"""`doctor`: what is in order here and what is not, each with what to do about it."""

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path

from bot.launch import notes
from bot.launch.browser import find_browser
from bot.launch.ports import PortInUse, take
from bot.launch.training import is_trained
from bot.settings import Settings, load_settings

LEAST_FREE_BYTES = 1_000_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Return 0 if `up` would work now, 1 if something needs doing first."""
    settings = load_settings()
    verdicts = [(name, needed, *look(settings)) for name, needed, look in LOOKS]
    for name, _needed, is_well, words in verdicts:
        print(f"{'ok  ' if is_well else 'LOOK'}  {name}: {words}")
    return 0 if all(is_well for _, needed, is_well, _ in verdicts if needed) else 1


def _rasa_room(settings: Settings) -> tuple[bool, str]:
    there = (settings.root / ".venv" / "rasa" / "bin" / "rasa").exists()
    return there, "made" if there else "missing; `./noname up` makes it"


def _model(settings: Settings) -> tuple[bool, str]:
    trained = is_trained(settings)
    return trained, "trained from these files" if trained else "not trained yet; `./noname up` trains it"


def _port(settings: Settings) -> tuple[bool, str]:
    there = notes.running(settings.run)
    if there:
        return True, f"noname answers at {there.url}"
    try:
        take(settings.host, settings.port).close()
    except PortInUse:
        return False, f"{settings.port} is in use by another program; choose another with --port"
    return True, f"{settings.port} is free"


def _disk(settings: Settings) -> tuple[bool, str]:
    free = shutil.disk_usage(settings.var).free
    return free > LEAST_FREE_BYTES, f"{free / 1e9:.1f} GB free"


def _database(settings: Settings) -> tuple[bool, str]:
    from bot.storage import is_migrated, make_engine

    # Opening an SQLite file makes it, and looking should leave nothing behind.
    file = settings.database_url.removeprefix("sqlite:///")
    there = file == settings.database_url or Path(file).exists()
    migrated = there and is_migrated(make_engine(settings.database_url))
    return migrated, "up to date" if migrated else "not there yet; `./noname up` makes it"


def _browser(settings: Settings) -> tuple[bool, str]:
    try:
        found = find_browser()
    except ImportError:
        found = None
    return found is not None, found or "no Chromium; `./noname test` installs one"


# name, whether `up` cannot do without or make it itself, look
LOOKS: list[tuple[str, bool, Callable[[Settings], tuple[bool, str]]]] = [
    ("Rasa's room", False, _rasa_room),
    ("dialogue", False, _model),
    ("database", False, _database),
    ("port", True, _port),
    ("disk", True, _disk),
    ("browser for the tests", False, _browser),
]
