"""Bells: what is new in one process is heard in the others at once (LISTEN and NOTIFY).

A bell that is not heard costs a moment and nothing else: whoever follows something looks by themselves before long.
What could not be told is kept until it can be, and who begins to listen again looks at everything once.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterator
from itertools import batched

import psycopg

from bot.together.ground import AGAIN_SECONDS, CONNECT_SECONDS, KEPT_ALIVE, Ground

log = logging.getLogger("noname.together")

CHANNEL = "noname"
NEWS, TYPING = "news", "typing"
GATHER_SECONDS = 0.02  # what rings meanwhile rings once
LAST_SECONDS = 2.0  # how long is tried in the end to pass on what rang
AT_ONCE = 50  # ids in one notice: PostgreSQL takes 8000 bytes
MOST = 2000  # ids that wait; beyond them everybody is woken

type OnNews = Callable[[Collection[str]], object]


class Bells:
    """Rings in every other process, and hears when one of them does. To be used where one event loop runs.

    `on_news` is given what to look at, and nothing where it is to be everything.
    """

    def __init__(self, url: str, ground: Ground) -> None:
        self._url, self._ground = url, ground
        self._new: dict[str, None] = {}
        self._all_is_new, self._is_over = False, False
        self._typing: dict[str, None] = {}
        self._rung = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.on_news: OnNews = lambda about: None
        self.on_typing: Callable[[str, str], object] = lambda consultation_id, speaker: None

    def begin(self) -> None:
        """Pass on what rings here and elsewhere, until it is closed."""
        if not self._tasks:
            self._tasks = [asyncio.get_running_loop().create_task(one()) for one in (self._pass_on, self._listen)]

    async def close(self) -> None:
        """Pass on what rang last, and listen no more."""
        self._is_over = True
        self._rung.set()
        if self._tasks:
            await asyncio.wait(self._tasks[:1], timeout=LAST_SECONDS)
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(self._tasks)

    def news(self, about: Collection[str]) -> None:
        """Say that something is new about these, or about everything."""
        self._new.update(dict.fromkeys(about))
        if not about or len(self._new) > MOST:
            self._all_is_new = True
        self._ring()

    def typing(self, consultation_id: str, speaker: str) -> None:
        """Say which side of a consultation is writing."""
        self._typing[f"{TYPING} {speaker} {consultation_id}"] = None
        self._ring()

    def heard(self, words: str) -> None:
        """Take a notice of another process."""
        kind, *about = words.split()
        if kind == NEWS:
            self.on_news(about)
        elif kind == TYPING and len(about) == 2:
            self.on_typing(about[1], about[0])

    def _ring(self) -> None:
        self.begin()
        self._rung.set()

    async def _pass_on(self) -> None:
        while not (self._is_over and not (self._new or self._all_is_new)):
            await self._rung.wait()
            await asyncio.sleep(GATHER_SECONDS)
            self._rung.clear()
            about, all_is_new = tuple(self._new), self._all_is_new
            self._new, self._all_is_new = {}, False
            for words in self._notices(about, all_is_new):
                if not await self._ground.tell(CHANNEL, words) and words.startswith(NEWS):
                    self._keep(about, all_is_new)
                    await asyncio.sleep(AGAIN_SECONDS)
                    break

    def _notices(self, about: Collection[str], all_is_new: bool) -> Iterator[str]:
        if all_is_new:
            yield NEWS
        else:
            yield from (" ".join((NEWS, *some)) for some in batched(about, AT_ONCE, strict=False))
        typing, self._typing = self._typing, {}  # what cannot be told of it now is old a moment later
        yield from typing

    def _keep(self, about: Collection[str], all_is_new: bool) -> None:
        self._new.update(dict.fromkeys(about))
        self._all_is_new = self._all_is_new or all_is_new
        self._rung.set()

    async def _listen(self) -> None:
        while True:
            try:
                await self._hear()
            except (psycopg.Error, OSError) as fell:
                log.warning("bells_lost kind=%s", type(fell).__name__)
            await asyncio.sleep(AGAIN_SECONDS)

    async def _hear(self) -> None:
        named = {"application_name": "noname: bells", "connect_timeout": CONNECT_SECONDS}
        said = {"autocommit": True, **named, **KEPT_ALIVE}
        async with await psycopg.AsyncConnection.connect(self._url, **said) as connection:
            await connection.execute(f"LISTEN {CHANNEL}".encode())
            self.on_news(())  # something may have been rung before
            async for notice in connection.notifies():
                if notice.pid != self._ground.pid:
                    self.heard(notice.payload)
