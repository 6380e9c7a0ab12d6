"""A house for measuring: started by the real command in a folder of its own, with as many people as are wanted.

It never touches the house that serves: its database, keys, secrets and ports are others, whatever `.env` says.
"""

import contextlib
import os
import secrets
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from bot.anonymiser import Shut
from bot.desk.people import Person
from bot.desk.sign_in import DSL_SESSION, WORKER_IDLE, WORKER_SESSION, new_access_code
from bot.dialogue.model import model_file
from bot.knowledge import load_national
from bot.launch.guest import house
from bot.launch.training import ensure_model
from bot.settings import ROOT, Settings, load_settings
from bot.storage import SqlRecords
from bot.wiring import records_of

AREA = "kent"
_NOT_OURS = ("TELEGRAM_TOKEN_FILE", "TELEGRAM_NAME", "OIDC_ISSUER", "PUBLIC_URL", "KEEP_DAYS", "LANGUAGE")
_NO_HASH = "!"  # nobody signs in with it: sessions are begun from here


@dataclass(frozen=True, slots=True)
class OwnHouse:
    """A house that answers: its settings and address, its two processes, and how long its start took."""

    settings: Settings
    url: str
    service: int
    rasa: int | None
    seconds: float


def own_environment(var: Path) -> dict[str, str]:
    """Return what keeps a house in a folder and to itself."""
    places = {"DATABASE_URL": "noname.db", "KEYS_URL": "keys.db", "TRACKER_URL": "rasa.db"}
    return {
        "NONAME_VAR": str(var),
        "NONAME_DEMO": "yes",
        **{f"NONAME_{name}": f"sqlite:///{var / file}" for name, file in places.items()},
        **{f"NONAME_{name}": "" for name in _NOT_OURS},
    }


def own_settings(var: Path, root: Path = ROOT) -> Settings:
    """Return the settings of a house in a folder; the model that is trained here is put there."""
    settings = load_settings({**os.environ, **own_environment(var)}, root=root)
    settings.models.mkdir(parents=True, exist_ok=True)
    there = model_file(settings)
    if not there.exists():
        shutil.copy2(ensure_model(load_settings()), there)
    return settings


def fresh(folder: Path) -> Path:
    """Return a folder with nothing of an earlier house in it."""
    shutil.rmtree(folder, ignore_errors=True)
    return folder


@contextlib.contextmanager
def own_house(var: Path, root: Path = ROOT) -> Iterator[OwnHouse]:
    """Run a house of a checkout in a folder until the block ends. Raises bot.launch.guest.HouseDidNotStart."""
    settings, begun = own_settings(var, root), time.monotonic()
    with house(settings, own_environment(var)) as there:
        yield OwnHouse(settings, there.url, there.pid, there.rasa_pid, time.monotonic() - begun)


@contextlib.contextmanager
def records(settings: Settings) -> Iterator[SqlRecords]:
    """Open the records of a house from outside, for people and sessions alone: no text is to pass here."""
    national = load_national(settings.root / "knowledge_base", datetime.now(UTC).date())
    opened = records_of(settings, national, Shut().second_scan)
    try:
        yield opened
    finally:
        opened.let_go()


def dsls(settings: Settings, count: int) -> list[str]:
    """Return so many tokens, each of a DSL of a school of their own who has signed in."""
    with records(settings) as kept:
        schools = [kept.add_school(f"School {number} (measured)", AREA) for number in range(count)]
        people = [kept.add_dsl("DSL", school, new_access_code(secrets.randbelow)) for school in schools]
        return _signed_in(kept, people, None)


def desks(settings: Settings, count: int) -> list[str]:
    """Return so many tokens, each of a duty worker who has signed in."""
    with records(settings) as kept:
        mark = secrets.token_hex(4)
        people = [
            kept.add_worker(f"measured.{mark}.{n}", f"Duty worker {n} (measured)", AREA, _NO_HASH, _NO_HASH)
            for n in range(count)
        ]
        return _signed_in(kept, people, WORKER_IDLE)


def _signed_in(kept: SqlRecords, people: Sequence[Person], idle: object) -> list[str]:
    now, tokens = datetime.now(UTC), []
    for person in people:
        tokens.append(secrets.token_hex(32))
        lasts = WORKER_SESSION if idle else DSL_SESSION
        kept.start_session(person, sha256(tokens[-1].encode()).hexdigest(), now, now + lasts, idle=idle)
    return tokens
