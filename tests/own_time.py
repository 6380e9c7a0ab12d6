"""Own time: a loop whose clock goes on only when there is nothing left to do.

What waits for a second is there at once, and however busy the machine is, nothing comes too late. It is for tests
that stay within one thread: what computes beside the loop would be taken for nothing to do.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any

QUIET = 0.01  # seconds; what one socket of this process sends to another is there before


class _OwnTime(selectors.DefaultSelector):
    """Passes over the time that nobody needs."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(timeout if timeout is None or timeout <= 0 else QUIET)
        if not ready and timeout:
            self.now += timeout
        return ready


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._clock = _OwnTime()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.now


def run_in_own_time[T](main: Coroutine[Any, Any, T]) -> T:
    """Return what `main` returns, as asyncio.run does."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(main)


def own_time() -> float:
    """Return the time of the loop that runs: in place of time.monotonic."""
    return asyncio.get_running_loop().time()
