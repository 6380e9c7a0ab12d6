"""Waiting for something to be so: in a loop, or while a page goes on."""

import asyncio
import time
from collections.abc import Callable

from playwright.sync_api import Page


async def until(holds: Callable[[], object], seconds: float = 8.0) -> None:
    """Return as soon as it holds. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.01)


def until_beside(page: Page, holds: Callable[[], object], seconds: float = 15) -> None:
    """Return as soon as something outside of a page holds. The page goes on meanwhile."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, "it never came to be"
        page.wait_for_timeout(20)
