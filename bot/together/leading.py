"""Leading: what one process of several does for all, and another takes over as soon as it is gone."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.together.ground import Ground
from bot.together.turns import numbered

log = logging.getLogger("noname.together")

LEADER = numbered("the leader")
LOOK_SECONDS = 1.0


async def lead(ground: Ground, work: Callable[[], Awaitable[None]]) -> None:
    """Do the work whenever no other process does, until cancelled; then let it come to its end first."""
    ground.begin()
    while True:
        if await ground.try_to_take(LEADER):
            log.info("leading")
            try:
                await _until_lost(ground, asyncio.ensure_future(work()))
            finally:
                await ground.give(LEADER)
            log.warning("leading_no_more")
        await asyncio.sleep(LOOK_SECONDS)


async def _until_lost(ground: Ground, working: asyncio.Future[None]) -> None:
    lost = asyncio.ensure_future(ground.lost.wait())
    try:
        await asyncio.wait([working, lost], return_when=asyncio.FIRST_COMPLETED)
    finally:
        lost.cancel()
        working.cancel()
        await asyncio.wait([working])
    if not working.cancelled() and (fell := working.exception()):
        raise fell
