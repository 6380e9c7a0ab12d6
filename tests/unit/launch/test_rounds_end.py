"""A round that has begun comes to its end before the house, or the lead, is given up: another process may be next."""

import asyncio
import threading
import time

import pytest

from bot.alongside import Round, go_round, in_a_thread
from bot.desk.watch import Watch
from tests.factories import NOW


def test_a_round_under_way_is_over_when_its_cancelling_is() -> None:
    begun, ended = threading.Event(), threading.Event()

    def look(now: object) -> int:
        begun.set()
        time.sleep(0.3)
        ended.set()
        return 0

    async def does() -> None:
        going = asyncio.ensure_future(go_round(Round("slow", 0.0, look), Watch(), lambda: NOW))
        await asyncio.to_thread(begun.wait, 5)
        going.cancel()
        await asyncio.wait([going])
        assert ended.is_set()
        assert going.cancelled()

    asyncio.run(does())


def test_what_a_thread_returns_or_raises_comes_through() -> None:
    async def does() -> None:
        assert await in_a_thread(lambda a, b: a + b, 1, b=2) == 3
        with pytest.raises(ZeroDivisionError):
            await in_a_thread(lambda: 1 / 0)

    asyncio.run(does())
