"""Presence: whether anybody has the duty desk open now, which is more than that it should be open."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.desk.ports import Person

# A stream looks at its session every ten seconds; after three of them it is gone.
STILL_HERE = timedelta(seconds=30)


class Presence(StrEnum):
    """What somebody at the desk says of themselves."""

    AVAILABLE = "available"
    BUSY = "busy"
    AWAY = "away"


class PresenceRecords(Protocol):
    """Where presence is kept (bot.storage)."""

    def here(self, worker: Person, now: datetime, state: Presence | None = None) -> None:
        """Keep that a worker has the desk open; with `state` what they want of it."""
    def presence_of(self, worker: Person) -> Presence:
        """Return what a worker last said of themselves."""
    def who_is_here(self, area: str, since: datetime) -> frozenset[str]:
        """Return who at an area's desk has had it open since a moment and wants cases."""
    def how_many_here(self, area: str, since: datetime) -> int:
        """Return how many at an area's desk have had it open since a moment and want cases."""
