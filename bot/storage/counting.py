"""Counting: how many cases are where, and how long statements take. Areas, stages and numbers leave here, nothing else.

A shelf of its own beside the records; it only reads.
"""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import event, func, select

from bot.consultation import OPEN, Stage
from bot.storage.shelf import Shelf
from bot.storage.tables import CaseRow, OutboxRow

_OPEN = tuple(stage.value for stage in OPEN)
_UNANSWERED = (Stage.WAITING.value, Stage.CLAIMED.value, Stage.TRANSFERRED.value)
_SETTLED = "sent"


class CountShelf(Shelf):
    """Counts cases of every area at once, and what is on its way to chats."""

    def open_cases(self) -> dict[tuple[str, str], int]:
        """Return how many cases are open, by area and stage."""
        counted = select(CaseRow.area, CaseRow.stage, func.count()).where(CaseRow.stage.in_(_OPEN))
        with self._read() as session:
            rows = session.execute(counted.group_by(CaseRow.area, CaseRow.stage))
            return {(area, stage): many for area, stage, many in rows}

    def oldest_waiting(self) -> dict[str, datetime]:
        """Return since when the oldest case waits, by area; an area in which nobody waits is left out."""
        waiting = select(CaseRow.area, func.min(CaseRow.handed_over_at)).where(CaseRow.stage == Stage.WAITING.value)
        with self._read() as session:
            return dict(session.execute(waiting.group_by(CaseRow.area)).all())

    def late(self, now: datetime) -> dict[str, int]:
        """Return how many promised times have passed without an answer, by area."""
        late = select(CaseRow.area, func.count()).where(CaseRow.stage.in_(_UNANSWERED), CaseRow.due_at < now)
        with self._read() as session:
            return dict(session.execute(late.group_by(CaseRow.area)).all())

    def outbox(self) -> dict[str, int]:
        """Return how much is on its way to chats or did not arrive, by state."""
        left = select(OutboxRow.state, func.count()).where(OutboxRow.state != _SETTLED)
        with self._read() as session:
            return dict(session.execute(left.group_by(OutboxRow.state)).all())


def time_statements(shelf: Shelf, took: Callable[[float], None]) -> None:
    """Let `took` hear how many seconds each statement of a shelf's database needs, and never which it was."""

    def begin(connection: Any, *_statement: Any) -> None:
        connection.info["begun"] = time.monotonic()

    def end(connection: Any, *_statement: Any) -> None:
        took(time.monotonic() - connection.info.pop("begun"))

    event.listen(shelf._reading, "before_cursor_execute", begin)
    event.listen(shelf._reading, "after_cursor_execute", end)
