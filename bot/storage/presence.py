"""Presence: who has the duty desk open now, and wants cases."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.desk.duty.presence import Presence
from bot.desk.ports import Person
from bot.storage.shelf import Shelf
from bot.storage.tables import PresenceRow

# A page that is open says so more often than this; writing each time would be for nothing.
_AT_MOST_EVERY = timedelta(seconds=10)


class PresenceShelf(Shelf):
    """Keeps when a worker's page was last open, and what they said of themselves."""

    def here(self, worker: Person, now: datetime, state: Presence | None = None) -> None:
        """Keep that a worker has the desk open; with `state` what they want of it."""
        if state is None and self._is_known(worker, now):
            return  # streams say so every second, and would queue up for the lock
        with self._write() as session:
            row = session.get(PresenceRow, worker.id)
            if row is None:
                state = state or Presence.AVAILABLE
                session.add(PresenceRow(worker_id=worker.id, area=worker.area, state=state.value, seen_at=now))
                return
            row.state = state.value if state else row.state
            if now - row.seen_at >= _AT_MOST_EVERY:
                row.seen_at = now

    def _is_known(self, worker: Person, now: datetime) -> bool:
        with self._read() as session:
            row = session.get(PresenceRow, worker.id)
            return row is not None and now - row.seen_at < _AT_MOST_EVERY

    def presence_of(self, worker: Person) -> Presence:
        """Return what a worker last said of themselves."""
        with self._read() as session:
            row = session.get(PresenceRow, worker.id)
            return Presence(row.state) if row else Presence.AVAILABLE

    def who_is_here(self, area: str, since: datetime) -> frozenset[str]:
        """Return who at an area's desk has had it open since a moment and wants cases."""
        there = (PresenceRow.area == area, PresenceRow.seen_at >= since, PresenceRow.state == Presence.AVAILABLE.value)
        with self._read() as session:
            return frozenset(session.scalars(select(PresenceRow.worker_id).where(*there)))

    def how_many_here(self, area: str, since: datetime) -> int:
        """Return how many at an area's desk have had it open since a moment and want cases."""
        return len(self.who_is_here(area, since))
