"""The ground: the one connection to PostgreSQL on which a process holds its locks.

The server lets go of a lock when its connection ends, however it ends, so a process that is killed holds nobody up. Who
has lost the ground knows within BEAT_SECONDS + BEAT_PATIENCE, and lets go of what it was doing. Whoever gets it back
waits longer than that before it takes a lock, so that nobody who has not noticed yet is still at it.
"""

import asyncio
import logging
import time
from collections.abc import Coroutine
from contextlib import suppress

import psycopg

from bot.desk.turnstile import NotFree

log = logging.getLogger("noname.together")

CONNECT_SECONDS, BEAT_SECONDS, BEAT_PATIENCE, AGAIN_SECONDS = 5, 1.0, 4.0, 1.0
GRACE_SECONDS = BEAT_SECONDS + BEAT_PATIENCE + 1.0
NAME = "noname: locks"  # by which PostgreSQL shows the connection
# A machine that vanishes says nothing: both ends ask after each other, so that its locks are free soon.
KEPT_ALIVE = {
    "options": "-c tcp_keepalives_idle=3 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3 -c tcp_user_timeout=5s",
    "keepalives_idle": 3,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,
}
FIRST_PAUSE, LONGEST_PAUSE = 0.01, 0.1  # seconds between two looks whether a lock is free


class Ground:
    """Takes and gives back locks by number, from one event loop. `url` is a libpq address."""

    def __init__(self, url: str, grace: float = GRACE_SECONDS) -> None:
        self._url, self._grace = url, grace
        self._connection: psycopg.AsyncConnection | None = None
        self._standing, self.lost = asyncio.Event(), asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._beside: set[asyncio.Task[bool]] = set()

    def begin(self) -> None:
        """Connect, and stay connected until it is closed."""
        self._task = self._task or asyncio.get_running_loop().create_task(self._stay())

    async def close(self) -> None:
        """Give everything back."""
        if self._beside:
            await asyncio.wait(self._beside, timeout=BEAT_PATIENCE)
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])

    def is_there(self) -> bool:
        """Whether locks can be taken."""
        return self._standing.is_set()

    @property
    def pid(self) -> int | None:
        """The number of the connection's process at the server."""
        return self._connection.info.backend_pid if self._connection else None

    async def take(self, number: int, patience: float) -> None:
        """Take a lock as soon as it is free. Raises NotFree after `patience` seconds."""
        self.begin()
        until, pause = time.monotonic() + patience, FIRST_PAUSE
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._standing.wait(), max(0.0, until - time.monotonic()))
            if await self.try_to_take(number):
                return
            if time.monotonic() + pause >= until:
                raise NotFree
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, LONGEST_PAUSE)

    async def try_to_take(self, number: int) -> bool:
        """Take a lock if it is free; say whether it was."""
        asked = self._spawn(self._ask("SELECT pg_try_advisory_lock(%s)", number))
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:
            # Nobody waits any more, and the server may have given it to us all the same.
            asked.add_done_callback(lambda done: self._give_back(number) if done.result() else None)
            raise

    async def give(self, number: int) -> None:
        """Give a lock back."""
        await asyncio.shield(self._give_back(number))

    async def tell(self, channel: str, words: str) -> bool:
        """Send a notice to whoever listens; say whether it went."""
        return await self._ask("SELECT pg_notify(%s, %s) IS NOT NULL", channel, words)

    def _give_back(self, number: int) -> asyncio.Task[bool]:
        return self._spawn(self._ask("SELECT pg_advisory_unlock(%s)", number))

    def _spawn(self, asking: Coroutine[None, None, bool]) -> asyncio.Task[bool]:
        task = asyncio.get_running_loop().create_task(asking)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)
        return task

    async def _ask(self, statement: str, *values: object) -> bool:
        connection = self._connection
        if connection is None:
            return False
        try:
            row = await (await connection.execute(statement.encode(), values)).fetchone()
            return bool(row and row[0])
        except psycopg.Error:
            await connection.close()  # who beats finds out
            return False

    async def _stay(self) -> None:
        is_first = True
        while True:
            try:
                await self._stand(0.0 if is_first else self._grace)
            except (psycopg.Error, OSError, TimeoutError) as fell:
                log.error("ground_lost kind=%s", type(fell).__name__)
            is_first = False
            await asyncio.sleep(AGAIN_SECONDS)

    async def _stand(self, grace: float) -> None:
        """Connect, and beat until the connection is lost. Raises what says so."""
        said = {"autocommit": True, "connect_timeout": CONNECT_SECONDS, "application_name": NAME, **KEPT_ALIVE}
        connection = await psycopg.AsyncConnection.connect(self._url, **said)
        try:
            await asyncio.sleep(grace)
            self._connection = connection
            self.lost.clear()
            self._standing.set()
            while True:
                await asyncio.sleep(BEAT_SECONDS)
                await _beat(connection)
        finally:
            self._connection = None
            self._standing.clear()
            self.lost.set()
            await connection.close()


async def _beat(connection: psycopg.AsyncConnection) -> None:
    """Ask whether the server still answers. Raises what says that it does not, within BEAT_PATIENCE.

    What is asked is not waited for to its end: breaking it off takes as long again, and would ask the server too.
    """
    beat = asyncio.ensure_future(connection.execute(b"SELECT 1"))
    beat.add_done_callback(lambda done: done.cancelled() or done.exception())
    done, _ = await asyncio.wait({beat}, timeout=BEAT_PATIENCE)
    if not done:  # where this process itself was busy, the answer may have come meanwhile
        done, _ = await asyncio.wait({beat}, timeout=0.1)
    if not done:
        beat.cancel()
        raise TimeoutError
    await beat
