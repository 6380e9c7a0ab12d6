"""`doctor`: what is in order here and what is not, each with what to do about it."""

import argparse
import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.commands import doctor_running as running
from bot.commands.doctor_several import several
from bot.dialogue.ears import hears_for_rasa
from bot.launch import notes
from bot.launch.browser import find_browser
from bot.launch.front_end import is_made
from bot.launch.ports import PortInUse, take
from bot.launch.training import is_trained
from bot.settings import Settings, load_settings
from bot.settings_of_others import TelegramSettings

TELEGRAM_SECONDS = 8.0
LEAST_FREE_BYTES = 1_000_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Return 0 if `up` would work now and nothing stands open, 1 if something needs doing first."""
    settings = load_settings()
    verdicts = [(name, needed, *look(settings)) for name, needed, look in LOOKS]
    for name, _needed, is_well, words in verdicts:
        print(f"{'ok  ' if is_well else 'LOOK'}  {name}: {words}")
    return 0 if all(is_well for _, needed, is_well, _ in verdicts if needed) else 1


def _rasa_room(settings: Settings) -> tuple[bool, str]:
    there = (settings.root / ".venv" / "rasa" / "bin" / "rasa").exists()
    return there, "made" if there else "missing; `./noname up` makes it"


def _pages(settings: Settings) -> tuple[bool, str]:
    made = is_made(settings.root)
    return made, "their styles are made" if made else "not made yet; `./noname up` makes what they are drawn with"


def _model(settings: Settings) -> tuple[bool, str]:
    trained = is_trained(settings)
    return trained, "trained from these files" if trained else "not trained yet; `./noname up` trains it"


def _ears(settings: Settings) -> tuple[bool, str]:
    if hears_for_rasa(settings.root, settings.translation):
        return True, "acts are heard by the sentence model"
    if settings.translation:
        return True, f"acts are heard by Rasa, which learnt them in {settings.language}"
    return False, "acts are heard by Rasa, because their examples were changed; `./noname teach --on` teaches them"


def _telegram(settings: Settings) -> tuple[bool, str]:
    if settings.telegram is None:
        return True, "not used; README says how a school's staff can write from there"
    from bot.telegram.line import NotOurs

    name = settings.telegram.name
    try:
        found = asyncio.run(asyncio.wait_for(_name_there(settings.telegram), TELEGRAM_SECONDS))
    except NotOurs:
        return False, "does not take the token; ask @BotFather for the token again"
    except Exception as failed:
        return False, f"cannot be reached from here ({type(failed).__name__}); the web works without it"
    if name.lower() != found.lower():
        return False, f"knows this token as @{found}; set NONAME_TELEGRAM_NAME to that"
    return True, f"answers, as @{found}"


async def _name_there(said: TelegramSettings) -> str:
    from bot.telegram.line import API, Line

    line = Line(said.token, said.api or API)
    try:
        return await line.name()
    finally:
        await line.close()


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
    from bot.storage import NotReached, is_migrated, make_engine

    # Opening an SQLite file makes it, and looking should leave nothing behind.
    file = settings.database_url.removeprefix("sqlite:///")
    there = file == settings.database_url or Path(file).exists()
    try:
        migrated = there and _looked_at(make_engine(settings.database_url), is_migrated)
    except NotReached as said:
        return False, f"does not answer ({said}); docs/POSTGRESQL.md says what it needs"
    return migrated, "up to date" if migrated else "not there yet; `./noname up` makes it"


def _looked_at(engine: Any, is_so: Callable[[Any], bool]) -> bool:
    try:
        return is_so(engine)
    finally:
        engine.dispose()


def _browser(settings: Settings) -> tuple[bool, str]:
    try:
        found = find_browser()
    except ImportError:
        found = None
    return found is not None, found or "no Chromium; `./noname test` installs one"


# What to do about it, by the kind of what went wrong. Whatever else it is, the list or file is damaged.
_MODEL = ("NameModelUnusable", "ImportError", "ModuleNotFoundError")
_INSTALL_AGAIN = "delete .venv/service and run `./noname up`, which installs the name model again"
_FETCH_AGAIN = "a word list or the knowledge base is missing or damaged; check out its files again"


def _anonymiser(settings: Settings) -> tuple[bool, str]:
    from bot.anonymiser import AnonymiserFailed, Shut
    from bot.consultation import RawText
    from bot.redactor import load_redactor

    opened = load_redactor(settings.root / "knowledge_base")
    if isinstance(opened, Shut):
        what_to_do = _INSTALL_AGAIN if opened.why in _MODEL else _FETCH_AGAIN
        return False, f"shut, no typed text is taken in ({opened.why}); {what_to_do}"
    try:
        found = opened.redact(RawText("Mum, Oliver Smith, rang from 07700 900123.")).findings
    except AnonymiserFailed as failed:
        return False, f"fails, no typed text is taken in ({type(failed).__name__}); {_INSTALL_AGAIN}"
    if not {finding.kind for finding in found} >= {"NAME", "PHONE"}:
        return False, f"leaves an invented name or number in; {_FETCH_AGAIN}"
    return True, "takes out an invented name and number"


# name, whether `up` cannot do without or make it itself, look
LOOKS: list[tuple[str, bool, Callable[[Settings], tuple[bool, str]]]] = [
    ("versions", False, running.versions),
    ("Rasa's room", False, _rasa_room),
    ("pages", False, _pages),
    ("dialogue", False, _model),
    ("ears", False, _ears),
    ("anonymiser", False, _anonymiser),
    ("database", False, _database),
    ("engine", True, running.engine),
    ("several processes", True, several),
    ("keys", True, running.keys),
    ("models", False, running.models),
    ("packs", True, running.packs),
    ("Rasa's ports", True, running.rasa_ports),
    ("permissions", True, running.permissions),
    ("backup", False, running.backup),
    ("Telegram", False, _telegram),
    ("port", True, _port),
    ("disk", True, _disk),
    ("browser for the tests", False, _browser),
]
