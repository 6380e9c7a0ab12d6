"""Masters: the secrets that seal the keys of consultations. They stand beside the other secrets, one in a file.

A file is named by its number; the highest seals what is new. The others are needed for what they sealed.
"""

import secrets
from collections.abc import Callable
from pathlib import Path

from bot.settings import Settings, kept_secret
from bot.storage import Keys, make_engine

FIRST = "1"


def keys_of(settings: Settings) -> Keys:
    """Return the keys of a house, in a database that is made if it is not there."""
    return Keys(make_engine(settings.keys_url), lambda: masters_of(settings.masters), secrets.token_bytes)


def masters_of(folder: Path, draw: Callable[[], str] = lambda: secrets.token_urlsafe(32)) -> dict[str, str]:
    """Return the master secrets by number; the first is drawn where there is none."""
    numbers = _numbers(folder) or [FIRST]
    return {number: kept_secret(folder, number, draw) for number in numbers}


def masters_there(folder: Path) -> dict[str, str]:
    """Return the master secrets that are there, by number. None is drawn: this only looks."""
    return {number: (folder / number).read_text(encoding="ascii") for number in _numbers(folder)}


def add_master(folder: Path, draw: Callable[[], str] = lambda: secrets.token_urlsafe(32)) -> str:
    """Draw another master secret, and return its number."""
    number = str(max((int(one) for one in _numbers(folder)), default=0) + 1)
    kept_secret(folder, number, draw)
    return number


def drop_masters(folder: Path, but: str) -> tuple[str, ...]:
    """Delete every master but one, and return the numbers of those that went."""
    gone = tuple(number for number in _numbers(folder) if number != but)
    for number in gone:
        (folder / number).unlink()
    return gone


def _numbers(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    return sorted((file.name for file in folder.iterdir() if file.name.isdecimal()), key=int)
