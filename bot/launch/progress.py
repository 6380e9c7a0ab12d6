"""Progress: what is being done, how long it took, and a sign of life while it lasts."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

HEARTBEAT_SECONDS = 10.0


class Progress:
    """Numbered steps on a stream, with the seconds that each one took in `seconds`."""

    def __init__(
        self, out: TextIO, *, total: int, done: int = 0, quiet: bool = False,
        clock: Callable[[], float] = time.monotonic, heartbeat: float = HEARTBEAT_SECONDS,
    ) -> None:  # fmt: skip
        self._out, self._total, self._number, self._quiet = out, total, done, quiet
        self._clock, self._heartbeat = clock, heartbeat
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str, words: str) -> Iterator[None]:
        """Announce a step, show that it lives, and note how long it took, even if it failed."""
        self._number += 1
        self.say(f"{self._number}/{self._total} {words} ...")
        begun, over = self._clock(), threading.Event()
        beat = threading.Thread(target=self._beat, args=(over, begun), daemon=True)
        beat.start()
        try:
            yield
        finally:
            over.set()
            beat.join()
            self.seconds[name] = round(self._clock() - begun, 2)

    def skip(self, words: str) -> None:
        """Count a step that has nothing to do."""
        self._number += 1
        self.say(f"{self._number}/{self._total} {words}.")

    def say(self, line: str) -> None:
        """Write one line, unless quiet was asked for."""
        if not self._quiet:
            print(line, file=self._out, flush=True)

    def _beat(self, over: threading.Event, begun: float) -> None:
        while not over.wait(self._heartbeat):
            self.say(f"    still at it ({self._clock() - begun:.0f} s)")
