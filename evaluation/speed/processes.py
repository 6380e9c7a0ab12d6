"""Processes: what a program and all that it started hold and have computed, as Linux tells it."""

import os
from collections.abc import Iterable
from pathlib import Path

from evaluation.bench import resident_megabytes

_TICKS = os.sysconf("SC_CLK_TCK")
# The fields of /proc/<pid>/stat after the name: state, parent ...; computing of its own and of children that ended.
_PARENT, _COMPUTED = 1, slice(11, 15)


def family(pid: int) -> tuple[int, ...]:
    """Return a process with everything that it started and that still runs."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        if fields := _fields(int(folder.name)):
            children.setdefault(int(fields[_PARENT]), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return tuple(found)


def held(pids: Iterable[int]) -> float:
    """Return the megabytes that processes hold together now; what two of them share counts twice."""
    return sum(resident_megabytes(pid) or 0.0 for pid in pids)


def computed(pids: Iterable[int]) -> float:
    """Return the seconds that processes have computed since they began, with their children that have ended."""
    return sum(sum(map(int, fields[_COMPUTED])) / _TICKS for pid in pids if (fields := _fields(pid)))


def _fields(pid: int) -> list[str]:
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return told.rpartition(")")[2].split()
