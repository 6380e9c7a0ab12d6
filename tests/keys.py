"""Keys for a test: in a file of their own, under masters that nobody else has."""

import secrets
from pathlib import Path

from bot.storage import Keys, make_engine

MASTERS = {"1": "a master that is long enough"}


def make_keys(folder: Path, masters: dict[str, str] | None = None) -> Keys:
    """Return the keys of a folder. `masters` may be changed later, as a rotation does."""
    held = dict(MASTERS) if masters is None else masters
    return Keys(make_engine(f"sqlite:///{folder / 'keys.db'}"), lambda: dict(held), secrets.token_bytes)
