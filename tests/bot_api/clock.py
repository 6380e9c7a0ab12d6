"""The server's own clock, which a test may put forward."""

import time
from datetime import timedelta


class Clock:
    """Seconds since 1970 as Telegram has them; never goes back."""

    def __init__(self) -> None:
        self._ahead = 0.0

    @property
    def now(self) -> float:
        return time.time() + self._ahead

    def passes(self, **much: float) -> None:
        """Let time pass at once: `clock.passes(hours=49)`."""
        self._ahead += timedelta(**much).total_seconds()
