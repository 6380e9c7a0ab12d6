"""Counting: what something costs in statements, seals and seconds of the processor, whatever else the machine does."""

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

from bot.storage.sealing import Cipher

_MANY = re.compile(r"IN \((?:\?|%\(\w+\)s)(?:, (?:\?|%\(\w+\)s))*\)")  # however many are asked for in one statement


@dataclass(slots=True)
class Cost:
    """What was counted: statements by their words, transactions that wrote, seals opened, seconds computed."""

    statements: Counter[str] = field(default_factory=Counter)
    writes: int = 0
    opened: int = 0
    seconds: float = 0.0

    @property
    def queries(self) -> int:
        """How many statements there were."""
        return self.statements.total()


@contextmanager
def counted(engines: Sequence[Engine]) -> Iterator[Cost]:
    """Count what this process does until the block ends: its statements on these databases, and every seal."""
    cost, open_it = Cost(), Cipher.open

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("BEGIN IMMEDIATE") or "pg_advisory_xact_lock" in statement:
            cost.writes += 1
        elif not statement.startswith(("BEGIN", "PRAGMA")):
            cost.statements[_MANY.sub("IN (many)", statement)] += 1

    def opened(cipher: Cipher, place: str, sealed: Any) -> bytes:
        cost.opened += 1
        return open_it(cipher, place, sealed)

    with ExitStack() as undone:
        for engine in engines:
            event.listen(engine, "before_cursor_execute", note)
            undone.callback(event.remove, engine, "before_cursor_execute", note)
        Cipher.open = opened  # type: ignore[method-assign]
        undone.callback(setattr, Cipher, "open", open_it)
        begun = time.process_time()
        yield cost
        cost.seconds = time.process_time() - begun
