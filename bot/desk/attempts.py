"""Attempts: how often somebody may be wrong before they have to wait."""

from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock


class LockedOut(Exception):
    """Tried to sign in too often. `until` is when another attempt is worth making."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class Attempts:
    """Counts attempts to sign in within a window of time, in memory.

    Each attempt is counted before it is checked and taken back when it was right, so many at once
    get no more guesses than one after another. A restart forgets them.
    """

    def __init__(self, window: timedelta = timedelta(minutes=15)) -> None:
        self._window = window
        self._made: dict[tuple[str, ...], deque[datetime]] = {}
        self._lock = Lock()

    def begin(self, limits: Mapping[tuple[str, ...], int], now: datetime) -> None:
        """Count an attempt against every key, or raise LockedOut when one has reached its limit."""
        with self._lock:
            self._forget_old(now)
            full = [k for k, limit in limits.items() if len(self._made.get(k, ())) >= limit]
            if full:
                raise LockedOut(max(self._made[key][0] for key in full) + self._window)
            for key in limits:
                self._made.setdefault(key, deque()).append(now)

    def take_back(self, limits: Mapping[tuple[str, ...], int], now: datetime) -> None:
        """Forget an attempt that was begun at `now`: it was right."""
        with self._lock:
            for key in limits:
                if now in self._made.get(key, ()):
                    self._made[key].remove(now)

    def _forget_old(self, now: datetime) -> None:
        for key, times in list(self._made.items()):
            while times and now - times[0] >= self._window:
                times.popleft()
            if not times:
                del self._made[key]
