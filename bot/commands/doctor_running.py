"""What `doctor` looks at for whoever runs a house: versions, keys, packs, ports, backups and who can read files."""

import json
import os
import platform
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import metadata
from pathlib import Path

from bot.commands.listening import is_loopback, listened_by
from bot.dialogue.model import is_whole, model_file
from bot.launch import notes
from bot.masters import keys_of, masters_there
from bot.settings import Settings

_SHOWN = ("fastapi", "uvicorn", "sqlalchemy", "cryptography", "onnxruntime")
_OTHERS = 0o077
_PRIVATE = ("secrets", "log", "noname.db", "keys.db", "rasa.db", "demo.json")

type Verdict = tuple[bool, str]


def versions(settings: Settings) -> Verdict:
    """Return what this house runs on."""
    ours = [f"{name} {metadata.version(name)}" for name in _SHOWN]
    rasa = next(settings.root.glob(".venv/rasa/lib/*/site-packages/rasa-*.dist-info"), None)
    theirs = rasa.name.removesuffix(".dist-info").replace("-", " ") if rasa else "no Rasa yet"
    return True, ", ".join([f"Python {platform.python_version()}", *ours, theirs])


def engine(settings: Settings) -> Verdict:
    """Return which database keeps the records, and how far it was migrated."""
    from bot.storage import make_engine, migration_of

    file = settings.database_url.removeprefix("sqlite:///")
    if file != settings.database_url and not Path(file).exists():
        return True, f"SQLite {sqlite3.sqlite_version}, made by `./noname up`"
    opened = make_engine(settings.database_url)
    try:
        there, newest = migration_of(opened)
        kind = f"SQLite {sqlite3.sqlite_version}" if file != settings.database_url else opened.dialect.name
    except Exception as failed:  # whatever the driver raises may quote the address, with a password in it
        return False, f"does not answer ({type(failed).__name__}); is NONAME_DATABASE_URL right, and the server up?"
    finally:
        opened.dispose()
    if there == newest:
        return True, f"{kind}, at migration {there}"
    return True, f"{kind}, at migration {there or 'none'} and not {newest}; `./noname up` brings it up to date"


def keys(settings: Settings) -> Verdict:
    """Return whether the masters that are there open the keys of consultations."""
    file = settings.keys_url.removeprefix("sqlite:///")
    masters = masters_there(settings.masters)
    if file != settings.keys_url and not Path(file).exists():
        return True, "none made yet; `./noname up` makes them"
    held = keys_of(settings)
    try:
        opened = held.are_opened_by(masters)
    except Exception as failed:
        return False, f"do not answer ({type(failed).__name__}); put the copy of keys and masters back"
    finally:
        held.let_go()
    if not opened and not masters:
        return False, f"no master in {settings.masters}; put the copy back before anything is started"
    if not opened:
        return False, "the masters do not open them; put those back that belong to these keys"
    return True, f"opened; {max(masters, key=int, default='none yet')} is the newest master of {len(masters)}"


def models(settings: Settings) -> Verdict:
    """Return which models are kept, and whether one is of these files."""
    kept = sorted(settings.models.glob("[!.]*.tar.gz")) if settings.models.is_dir() else []
    size = sum(file.stat().st_size for file in kept) / 1e6
    is_there = is_whole(model_file(settings))
    fits = "one is of these files, and whole" if is_there else "none whole is of these files; `./noname up` trains it"
    return is_there, f"{len(kept)} kept, {size:.0f} MB; {fits}"


def packs(settings: Settings) -> Verdict:
    """Return whether every area can be read today, and how far the calendar goes."""
    from bot.knowledge import NotInForce, PackError, areas, load_area, load_national
    from bot.knowledge.bank_holidays import calendar_ends

    root, today, broken = settings.root / "knowledge_base", date.today(), []
    try:
        load_national(root, today)
        ends = calendar_ends(root)
    except (PackError, NotInForce, OSError) as failed:
        return False, f"the national part cannot be read ({type(failed).__name__}); `./noname packs check` says where"
    known = areas(root)
    for area in known:
        try:
            load_area(root, area.slug, today)
        except (PackError, NotInForce, OSError):
            broken.append(area.slug)
    if broken:
        return False, f"{', '.join(broken)} cannot be read; `./noname packs check` says where"
    if ends < today:
        return False, f"{len(known)} areas; the bank holidays ended on {ends}: enter those of the next year"
    return True, f"{len(known)} areas; bank holidays until {ends}"


def rasa_ports(settings: Settings) -> Verdict:
    """Return whether Rasa is reached by this machine alone: it asks nobody who they are."""
    there = notes.running(settings.run)
    if there is None or there.rasa_pid is None:
        return True, "not running; it will listen on loopback"
    found = listened_by(there.rasa_pid)
    open_to_others = [f"{address}:{port}" for address, port in found if not is_loopback(address)]
    if open_to_others:
        return False, f"listens on {', '.join(open_to_others)}, which others may reach; stop the house and tell us"
    return True, f"on loopback alone ({', '.join(str(port) for _, port in found) or 'not seen from here'})"


def backup(settings: Settings) -> Verdict:
    """Return when the last backup was noted."""
    file = settings.run / notes.BACKUP
    if not file.exists():
        return True, "none noted here"
    try:
        at = datetime.fromisoformat(json.loads(file.read_text("utf-8"))["at"])
        hours = (datetime.now(UTC) - at.astimezone(UTC)).total_seconds() / 3600
    except (OSError, ValueError, LookupError, TypeError):
        return False, f"{file} cannot be read; make a backup and look again"
    return True, f"the last {hours:.0f} hours ago" if hours >= 1 else "the last within the hour"


def permissions(settings: Settings) -> Verdict:
    """Return whether this account alone can read what is kept."""
    seen = sorted(str(place.relative_to(settings.var)) for place in _open_to_others(settings.var))
    if seen:
        return False, f"others can read {', '.join(seen[:5])}; `chmod -R go= {settings.var}` shuts them out"
    return True, "this account alone reads what is kept"


def _open_to_others(var: Path) -> Iterator[Path]:
    for name in _PRIVATE:
        place = var / name
        inside = place.rglob("*") if place.is_dir() and name == "secrets" else ()
        for one in (place, *inside):
            # What stands in a folder that is shut is shut, but a secret should not rest on that alone.
            if one.exists() and os.stat(one).st_mode & _OTHERS and not (one == place and _is_shut_in(var)):
                yield one


def _is_shut_in(var: Path) -> bool:
    return not os.stat(var).st_mode & _OTHERS
