"""Keys for a test: in a file of their own, under masters that nobody else has."""

import secrets
from pathlib import Path

from bot.storage import Keys, make_engine

MASTERS = {"1": "a master that is long enough"}


def make_keys(folder: Path, masters: dict[str, str] | None = None) -> Keys:
    """Return the keys of a folder. `masters` may be changed later, as a rotation does."""
    return keys_at(f"sqlite:///{folder / 'keys.db'}", dict(MASTERS) if masters is None else masters)


def keys_at(url: str, masters: dict[str, str]) -> Keys:
    """Return the keys in a database."""
    return Keys(make_engine(url), lambda: dict(masters), secrets.token_bytes)
