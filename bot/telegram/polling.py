"""Polling: asks for updates and handles them, chats beside each other and each chat in its order."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.telegram.came import came
from bot.telegram.line import Line
from bot.telegram.pace import pause

log = logging.getLogger("noname.telegram")

SECONDS = 25  # how long Telegram holds on when there is nothing
CHATS_AT_ONCE = 20

type Handle = Callable[[object], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Polling:
    """Asks for updates until cancelled. The next are asked for only when those before are handled.

    When it is cancelled, the updates that have come are handled first.
    Whatever is in the way (nothing answers, somebody else asks too, the store fails) is waited out, longer each time.
    """

    line: Line
    handle: Handle
    chance: Callable[[], float]
    seconds: int = SECONDS

    async def run(self) -> None:
        """Ask and handle."""
        offset, failed, is_ours = 0, 0, False
        while True:
            try:
                if not is_ours:
                    await self.line.be_asked_no_more()
                    is_ours = True
                updates = await self.line.updates(offset, self.seconds)
                await to_its_end(self._handle_all(updates))
                offset, failed = max([offset, *(one.update_id + 1 for one in map(came, updates) if one)]), 0
            except Exception as fell:
                failed += 1
                log.warning("polling_failed kind=%s attempt=%d", type(fell).__name__, failed)
                await asyncio.sleep(pause(failed, self.chance))

    async def _handle_all(self, updates: Sequence[Any]) -> None:
        by_chat: dict[int, list[Any]] = defaultdict(list)
        for update in updates:
            one = came(update)
            by_chat[one.chat if one else 0].append(update)
        places = asyncio.Semaphore(CHATS_AT_ONCE)

        async def in_order(of_one: list[Any]) -> None:
            async with places:
                for update in of_one:
                    await self.handle(update)

        done = await asyncio.gather(*map(in_order, by_chat.values()), return_exceptions=True)
        if failed := [one for one in done if isinstance(one, BaseException)]:
            raise failed[0]


async def to_its_end(handling: Awaitable[None]) -> None:
    """Await something to its end, however often it is cancelled meanwhile, and be cancelled then."""
    task = asyncio.ensure_future(handling)
    cancelled = False
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            cancelled = True
        except Exception:
            break
    if cancelled:
        task.exception()  # what could not be handled comes again
        raise asyncio.CancelledError
    await task
