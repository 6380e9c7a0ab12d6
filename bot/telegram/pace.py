"""Pace: how fast Telegram lets a bot speak, in all and to one chat, and how long to wait before another try."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 120.0  # seconds


@dataclass(frozen=True, slots=True)
class Speeds:
    """Messages a second: in all, and to one chat; and how many are under way at once."""

    in_all: float = 30.0
    to_one: float = 1.0
    at_once: int = 16


class Pace:
    """Keeps within the speeds. `seconds` is a clock that only runs on."""

    def __init__(self, speeds: Speeds, seconds: Callable[[], float]) -> None:
        self._speeds, self._seconds = speeds, seconds
        self._next = 0.0
        self._hushed_until = 0.0
        self._resting: dict[str, float] = {}

    async def turn(self) -> None:
        """Return when something may be sent."""
        at = max(self._seconds(), self._next)
        self._next = at + 1 / self._speeds.in_all
        while (wait := max(at, self._hushed_until) - self._seconds()) > 0:
            await asyncio.sleep(wait)

    def rest(self, link_id: str) -> None:
        """Say that something was sent to a chat."""
        self._resting[link_id] = self._seconds() + 1 / self._speeds.to_one

    def resting(self) -> frozenset[str]:
        """Return the links whose chats were written to a moment ago."""
        now = self._seconds()
        self._resting = {link: until for link, until in self._resting.items() if until > now}
        return frozenset(self._resting)

    def hush(self, seconds: float) -> None:
        """Send nothing to anybody for so long."""
        self._hushed_until = max(self._hushed_until, self._seconds() + seconds)

    def patience(self, longest: float) -> float:
        """Return how long there is nothing to be done if nothing new comes: up to `longest`."""
        now = self._seconds()
        if self._hushed_until > now:
            return self._hushed_until - now
        return max(0.0, min([longest, *(until - now for until in self._resting.values())]))

    @property
    def is_hushed(self) -> bool:
        """Whether nothing may be sent now."""
        return self._hushed_until > self._seconds()


def pause(attempt: int, chance: Callable[[], float]) -> float:
    """Return how long to wait after the `attempt`th try (from 1): longer each time, and not all at the same moment."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempt - 1, 10)) * (0.5 + chance() / 2)
