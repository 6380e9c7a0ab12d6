"""Notes: what a running service leaves for the commands beside it, and how long its starts took."""

import fcntl
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

BACKUP = "last-backup.json"


@dataclass(frozen=True, slots=True)
class Running:
    """A service that runs: its process, Rasa's process, and its address."""

    pid: int
    rasa_pid: int | None
    url: str


class AlreadyRunning(Exception):
    """Tried to start a second service on the same folder."""


def hold(run: Path, *, is_one_of_several: bool = False) -> IO[str]:
    """Return a lock on the folder that lasts as long as the file is open. Raises AlreadyRunning.

    Several hold it together, and none beside one that is alone.
    """
    run.mkdir(parents=True, exist_ok=True)
    lock = (run / "lock").open("w")
    try:
        fcntl.flock(lock, (fcntl.LOCK_SH if is_one_of_several else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        lock.close()
        there = running(run)
        raise AlreadyRunning(there.url if there else "by several processes, or just starting") from taken
    return lock


def note_running(run: Path, service: Running) -> None:
    """Leave a note that the service runs."""
    _write(run / "service.json", asdict(service))


def forget_running(run: Path) -> None:
    """Take the note away."""
    (run / "service.json").unlink(missing_ok=True)


def running(run: Path) -> Running | None:
    """Return the service that runs on this folder, or None. A note of a dead process does not count."""
    try:
        service = Running(**json.loads((run / "service.json").read_text(encoding="utf-8")))
        os.kill(service.pid, 0)
    except PermissionError:
        return service  # alive, and another account's
    except (OSError, ValueError, TypeError):
        return None
    return service


def note_start(run: Path, seconds: dict[str, float]) -> None:
    """Keep the timings of this start: as the latest, and as the first if it installed or trained anything."""
    timings = start_timings(run)
    timings["latest"] = seconds
    if "train" in seconds or "install" in seconds:
        timings["first"] = seconds
    _write(run / "timings.json", timings)


def note_backup(run: Path, at: datetime) -> None:
    """Keep when the last backup was made."""
    run.mkdir(parents=True, exist_ok=True)
    _write(run / BACKUP, {"at": at.isoformat()})


def start_timings(run: Path) -> dict[str, dict[str, float]]:
    """Return the kept timings in seconds by step: `first` and `latest`, each only once there was one."""
    with suppress(OSError, ValueError):
        return json.loads((run / "timings.json").read_text(encoding="utf-8"))
    return {}


def _write(file: Path, content: dict[str, Any]) -> None:
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    draft.replace(file)
