"""Backups: a folder with a copy of every row and a manifest that says what is in it and seals it.

The manifest has a checksum of every file, where the audit chain ended and the shape of the tables. It is sealed with
the pepper and written last, so that what was broken off is no backup. Records and keys are two backups (ADR 25).
"""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, inspect

from bot.storage.engine import writing
from bot.storage.key_tables import KeyBase
from bot.storage.migrate import UnknownShape, shape, shape_of
from bot.storage.row_copies import copy_in, copy_out, plain_engine

MANIFEST = "manifest.json"
FORMAT = "noname backup 1"
RECORDS, KEYS, SECRETS = "records", "keys", "secrets"


class NotABackup(Exception):
    """Tried to read a folder that is no whole backup of that kind; carries what is wrong with it."""


class DamagedBackup(Exception):
    """Tried to read a backup in which a file is missing or is not as it was written; carries its name."""


class NotEmpty(Exception):
    """Tried to write where there is something already; carries where."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a manifest says: `shape` is the revision of the tables, `head` where the audit chain ended."""

    kind: str
    name: str
    made_at: datetime
    files: dict[str, dict[str, Any]]
    shape: str = ""
    head: tuple[int, str] | None = None

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(file.get("rows", 0) for file in self.files.values())


def back_up(database_url: str, kind: str, name: str, folder: Path, now: datetime, pepper: str) -> Backup:
    """Copy a database into a folder, as it is at one moment. Raises NotEmpty and NotABackup."""
    begin(folder)
    engine = plain_engine(database_url)
    try:
        with engine.begin() as connection:
            made_as = shape_of(connection) or ""
            rows = copy_out(connection, folder)
    finally:
        engine.dispose()
    head = _head(folder / "audit_head.jsonl") if kind == RECORDS else None
    files = {file: {"rows": count, "sha256": _digest(folder / file)} for file, count in rows.items()}
    made = Backup(kind, name, now, files, made_as, head)
    seal(folder, made, pepper)
    return made


def read_backup(folder: Path, kind: str, pepper: str | None) -> Backup:
    """Return what a backup says of itself, with every file looked at. Raises NotABackup and DamagedBackup.

    Without a pepper it is not known who made it: that is for secrets alone, as the pepper is among them.
    """
    try:
        held = json.loads((folder / MANIFEST).read_text("utf-8"))
        told, sealed = held["backup"], held["seal"]
        if told["format"] != FORMAT or told["kind"] != kind:
            raise NotABackup(f"{folder} is a backup of {told['kind']}, not of {kind}")
    except FileNotFoundError:
        raise NotABackup(f"{folder} has no {MANIFEST}: it is no backup, or was broken off") from None
    except (ValueError, KeyError, TypeError):
        raise DamagedBackup(MANIFEST) from None
    if pepper is not None and not hmac.compare_digest(_seal(told, pepper), str(sealed)):
        raise NotABackup(f"{folder}/{MANIFEST} was changed, or was sealed by another house")
    for name, file in told["files"].items():
        if not (folder / name).is_file() or _digest(folder / name) != file["sha256"]:
            raise DamagedBackup(name)
    head = tuple(told["head"]) if told["head"] else None
    made_at = datetime.fromisoformat(told["made_at"])
    return Backup(kind, told["name"], made_at, told["files"], told["shape"], head)


def restore(database_url: str, backup: Backup, folder: Path) -> None:
    """Make the tables and put the rows of a backup in, all or nothing. Raises NotEmpty and NotABackup."""
    engine = plain_engine(database_url)
    try:
        refuse_unless_empty(engine)
        with writing(engine, backup.kind).begin() as connection:
            if backup.kind == KEYS:
                KeyBase.metadata.create_all(connection)
            else:
                shape(connection, backup.shape or "base")
            copy_in(connection, folder)
    except UnknownShape as unknown:
        raise NotABackup(f"its tables have a shape that this version does not know ({unknown})") from None
    finally:
        engine.dispose()


def refuse_unless_empty(engine: Engine) -> None:
    """Do nothing where there is no table yet. Raises NotEmpty."""
    if inspect(engine).get_table_names():
        raise NotEmpty(engine.url.render_as_string())


def begin(folder: Path) -> None:
    """Make the folder of a backup, for this account alone. Raises NotEmpty."""
    if folder.exists() and any(folder.iterdir()):
        raise NotEmpty(str(folder))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def seal(folder: Path, backup: Backup, pepper: str) -> None:
    """Write the manifest: from now on it is a backup."""
    told = {
        "format": FORMAT,
        "kind": backup.kind,
        "name": backup.name,
        "made_at": backup.made_at.isoformat(),
        "shape": backup.shape,
        "head": list(backup.head) if backup.head else None,
        "files": backup.files,
    }
    written = json.dumps({"backup": told, "seal": _seal(told, pepper)}, indent=1)
    (folder / MANIFEST).touch(mode=0o600)
    (folder / MANIFEST).write_text(written + "\n", encoding="utf-8")


def _seal(told: dict[str, Any], pepper: str) -> str:
    written = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return hmac.new(pepper.encode(), b"backup\0" + written.encode(), sha256).hexdigest()


def _digest(file: Path) -> str:
    with file.open("rb") as read:
        return file_digest(read, "sha256").hexdigest()


def _head(file: Path) -> tuple[int, str]:
    try:
        head = json.loads(file.read_text("utf-8"))
        return head["number"], head["hash"]
    except (FileNotFoundError, ValueError):
        raise NotABackup("there is no audit chain in this database: has it been migrated?") from None
