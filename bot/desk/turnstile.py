"""The turnstile: what may happen only once at a time for a consultation, or for a chat, waits here for its turn."""

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Protocol
from weakref import WeakValueDictionary


class NotFree(Exception):
    """Tried to have a turn, and it was not free in time."""


class TurnLost(NotFree):
    """Had a turn and lost it while something was done: somebody else may have it now."""


class Turnstile(Protocol):
    """Lets one in at a time by key, in the order in which they came."""

    def of(self, key: str) -> AbstractAsyncContextManager[object]:
        """Return what is held while something of a key is done. Raises NotFree."""


class TurnsHere:
    """A turnstile for one process."""

    def __init__(self) -> None:
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, key: str) -> asyncio.Lock:
        """Return what is held while something of a key is done."""
        return self._turns.setdefault(key, asyncio.Lock())
