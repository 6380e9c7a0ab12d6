"""Turns: one at a time by key, in whichever process it is asked for.

Within a process they come in the order of arrival. Between processes whoever finds it free: what has to be in order is
sent by one person, who waits for each answer.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from bot.desk.turnstile import TurnLost, TurnsHere
from bot.together.ground import Ground

PATIENCE = 25.0  # seconds: longer than Rasa may take for one turn, and shorter than a proxy waits


class TurnsTogether:
    """A turnstile for all processes that stand on the ground of one database."""

    def __init__(self, ground: Ground, patience: float = PATIENCE) -> None:
        self._ground, self._patience = ground, patience
        self._here = TurnsHere()

    def of(self, key: str) -> AbstractAsyncContextManager[None]:
        """Return what is held while something of a key is done. Entering may raise NotFree.

        Where the ground is lost meanwhile, what is being done is broken off with TurnLost at its next wait.
        """
        return self._turn(key)

    @asynccontextmanager
    async def _turn(self, key: str) -> AsyncIterator[None]:
        number = numbered(key)
        async with self._here.of(key):
            await self._ground.take(number, self._patience)
            task = asyncio.current_task()
            guard = asyncio.ensure_future(_cancel_when_lost(self._ground, task))
            try:
                yield
            except asyncio.CancelledError:
                if guard.done():
                    raise TurnLost from None
                raise
            finally:
                was_over = not guard.cancel()
                if was_over and task is not None:
                    task.uncancel()
                await self._ground.give(number)


def numbered(key: str) -> int:
    """Return a key as PostgreSQL numbers locks: in 64 bits with a sign, far from the small numbers of bot.storage."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8, person=b"noname").digest(), signed=True)


async def _cancel_when_lost(ground: Ground, task: asyncio.Task[object] | None) -> None:
    await ground.lost.wait()
    if task is not None:
        task.cancel()
