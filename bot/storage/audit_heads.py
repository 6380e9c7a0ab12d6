"""Heads of the audit chain, noted in a file outside the database: the day, the number, the hash and the seal.

Who can write to the database can set it back to an older copy, and the copy is whole in itself. A line in this
file that the database no longer knows tells of it. Keep a copy where nobody who has the database can write.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_LINE = re.compile(r"(\S+) (\d{1,18}) ([0-9a-f]{64}) ([0-9a-f]{64})")


class NotAHead(ValueError):
    """Tried to read a line, by its number in the file, that is not a noted head."""


class BrokenEnd(Exception):
    """Tried to note where the chain ends, and its end is not sealed by us."""


@dataclass(frozen=True, slots=True)
class NotedHead:
    """Where the chain ended at a moment: the last line's number and hash, and the seal over both."""

    at: datetime
    number: int
    hash: str
    seal: str


def note_head(file: Path, head: NotedHead) -> None:
    """Write a head at the end of the file, which is made if it is not there, for this account alone."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)
    with file.open("a", encoding="ascii") as noted:
        noted.write(f"{head.at.isoformat()} {head.number} {head.hash} {head.seal}\n")


def note_daily(file: Path, head_at: Callable[[datetime], NotedHead | None], now: datetime) -> int:
    """Note the head once a day, and return 0: no page needs to know. Raises BrokenEnd and NotAHead."""
    noted = noted_heads(file) if file.exists() else ()
    if noted and noted[-1].at.date() == now.date():
        return 0
    head = head_at(now)
    if head is None:
        raise BrokenEnd
    note_head(file, head)
    return 0


def noted_heads(file: Path) -> tuple[NotedHead, ...]:
    """Return the heads of a file, the oldest first. Raises NotAHead, and OSError where it cannot be read."""
    return tuple(_head(line, place) for place, line in enumerate(file.read_text("utf-8").splitlines(), start=1) if line)


def _head(line: str, place: int) -> NotedHead:
    found = _LINE.fullmatch(line.strip())
    try:
        at = datetime.fromisoformat(found[1]) if found else None
    except ValueError:
        at = None
    if found is None or at is None:
        raise NotAHead(str(place))
    return NotedHead(at, int(found[2]), found[3], found[4])
