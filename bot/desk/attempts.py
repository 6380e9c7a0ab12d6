"""Attempts: how often somebody may be wrong before they have to wait."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.desk.people import AttemptRecords

WINDOW = timedelta(minutes=15)


class LockedOut(Exception):
    """Tried something too often. `until` is when another attempt is worth making."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class Attempts:
    """Counts attempts within a window of time. They are in the records: a restart forgives nobody.

    Each attempt is counted before it is checked and taken back when it was right, so many at once
    get no more guesses than one after another.
    """

    def __init__(self, records: AttemptRecords, window: timedelta = WINDOW) -> None:
        self._records = records
        self._window = window

    def begin(self, limits: Mapping[tuple[str, ...], int], now: datetime) -> None:
        """Count an attempt against every key, or raise LockedOut when one has reached its limit."""
        oldest = self._records.begin_attempt(limits, now - self._window, now)
        if oldest is not None:
            raise LockedOut(oldest + self._window)

    def take_back(self, limits: Mapping[tuple[str, ...], int], now: datetime) -> None:
        """Forget an attempt that was begun at `now`: it was right."""
        self._records.take_back_attempt(limits, now)
