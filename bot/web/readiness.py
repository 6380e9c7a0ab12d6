"""Readiness: looks at everything at once, and never waits longer than each look may take.

A look that has not come back counts as failed, and is not begun a second time while it lasts: whoever asks often must
not fill the house with looks that hang.
"""

import asyncio
import inspect
import logging
import threading
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

log = logging.getLogger("noname.web.health")

SECONDS = 3.0
# The anonymiser has a deadline of its own, and says itself when it was missed; packs are read anew every day.
LONGER = {"anonymiser": 6.0, "knowledge": 10.0}

# Whether something is well. One that is not awaited may block: it is asked in a thread.
type Look = Callable[[], bool | Awaitable[bool]]


class Readiness:
    """Looks at parts by name. `seconds` are the longest that a look may take, by name where it differs."""

    def __init__(self, seconds: float = SECONDS, longer: Mapping[str, float] = LONGER) -> None:
        self._seconds, self._longer = seconds, longer
        self._under_way: set[str] = set()

    async def failing(self, looks: Mapping[str, Look]) -> list[str]:
        """Return the names of what is not well, in order."""
        found = await asyncio.gather(*(self._is_well(name, look) for name, look in looks.items()))
        return sorted(name for name, is_well in zip(looks, found, strict=True) if not is_well)

    async def _is_well(self, name: str, look: Look) -> bool:
        if name in self._under_way:
            return False
        self._under_way.add(name)
        asked = asyncio.ensure_future(_asked(look))
        asked.add_done_callback(lambda _: self._under_way.discard(name))
        try:
            limit = self._longer.get(name, self._seconds)
            return bool(await asyncio.wait_for(asyncio.shield(asked), limit))
        except TimeoutError:
            if inspect.iscoroutinefunction(look):
                asked.cancel()
            log.warning("check_late name=%s", name)
        except Exception as fell:  # its words may quote what it looked at
            log.warning("check_fell name=%s kind=%s", name, type(fell).__name__)
        return False


async def _asked(look: Look) -> bool:
    if inspect.iscoroutinefunction(look):
        return await look()
    loop = asyncio.get_running_loop()
    back: asyncio.Future[bool | Awaitable[bool]] = loop.create_future()

    def settle(found: bool | Awaitable[bool], fell: Exception | None) -> None:
        if back.done():
            return
        if fell is None:
            back.set_result(found)
        else:
            back.set_exception(fell)

    def run() -> None:
        found, failure = False, None
        try:
            found = look()
        except Exception as fell:
            failure = fell
        with suppress(RuntimeError):  # the loop has closed: nobody waits any more
            loop.call_soon_threadsafe(settle, found, failure)

    # A thread of its own, and a daemon: one that hangs takes no place that others need, and does not keep us open.
    threading.Thread(target=run, name="readiness", daemon=True).start()
    found = await back
    return await found if inspect.isawaitable(found) else found
