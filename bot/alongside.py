"""Alongside: what the house does by itself while it serves, each at its own pace.

One that fails is told in the log by the kind of its failure alone, and is tried again: its words may
quote what people said.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine
from dataclasses import dataclass
from datetime import datetime

from bot.desk.purging import Kind, Purging
from bot.desk.watch import Watch
from bot.dialogue.short_memory import ShortMemory

log = logging.getLogger("noname.alongside")

PURGE_SECONDS = 900.0

type Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Round:
    """Something that is looked at every so many `seconds`; what `look` returns is how much came of it."""

    name: str
    seconds: float
    look: Callable[[datetime], int]


async def alongside(purging: Purging, dialogue: ShortMemory, watch: Watch, now: Now, rounds: Collection[Round]) -> None:
    """Purge from time to time, and go every round, until cancelled."""
    await side_by_side(purge_now_and_then(purging, dialogue, now), *(go_round(one, watch, now) for one in rounds))


async def side_by_side(*those: Coroutine[None, None, object]) -> None:
    """Run things beside each other. Where one falls or all are cancelled, wait until each has come to its end."""
    tasks = [asyncio.create_task(one) for one in those]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            if not task.cancelling():  # a second time would cut off what it does to come to its end
                task.cancel()
        await asyncio.wait(tasks)


async def in_a_thread[**P, T](do: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Return what it returns. Where this is cancelled, what has begun comes to its end: another process may be next."""
    task = asyncio.ensure_future(asyncio.to_thread(do, *given, **named))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        task.add_done_callback(lambda done: done.cancelled() or done.exception())  # told to nobody: it may quote
        await asyncio.wait([task])
        raise


async def go_round(one: Round, watch: Watch, now: Now) -> None:
    """Look again and again, and wake the pages that are open when something came of it."""
    while True:
        await asyncio.sleep(one.seconds)
        try:
            if await in_a_thread(one.look, now()):
                await watch.one_by_one()
        except Exception as failed:
            log.error("round_failed name=%s kind=%s", one.name, type(failed).__name__)


async def purge_now_and_then(purging: Purging, dialogue: ShortMemory, now: Now) -> None:
    """Let go, from the start and every PURGE_SECONDS, of what need not be kept; talks between two turns."""
    while True:
        try:
            going = await in_a_thread(purging.going, now())
            await dialogue.forget_all([one.subject for one in going if one.kind is Kind.DIALOGUE])
            await in_a_thread(purging.purge_records, going, now())
        except Exception as failed:
            # The next time may go better; what it was is told by its kind alone.
            log.error("purge_failed kind=%s", type(failed).__name__)
        await asyncio.sleep(PURGE_SECONDS)
