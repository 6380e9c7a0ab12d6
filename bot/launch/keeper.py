"""The keeper of Rasa: starts it, notices when it dies or falls silent, and starts it again."""

import threading
from collections.abc import Callable
from typing import Protocol

GRACE_SECONDS = 180.0  # the longest start seen on a busy machine with two cores, twice over
LOOK_EVERY_SECONDS = 1.0
ASK_EVERY_LOOKS = 15
SILENCES_ALLOWED = 3
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0


class Kept(Protocol):
    """A process that can be kept (bot.dialogue.rasa_process.RasaProcess)."""

    def start(self) -> None: ...
    def is_alive(self) -> bool: ...
    def is_healthy(self) -> bool: ...
    def stop(self) -> None: ...


class Keeper:
    """Keeps one process running in a thread of its own.

    `make` returns a new process, not yet started. `note` is told of deaths and restarts in event names.
    After a death it pauses, longer each time; a process that became healthy starts the count again.
    """

    def __init__(
        self, make: Callable[[], Kept], note: Callable[[str], None], *, look_every: float = LOOK_EVERY_SECONDS
    ) -> None:
        self._make, self._note, self._look_every = make, note, look_every
        self._stopping, self._well = threading.Event(), threading.Event()
        self._pause = FIRST_PAUSE_SECONDS * look_every
        self._deaths = 0
        self._process = make()
        self._thread = threading.Thread(target=self._keep, name="rasa-keeper", daemon=True)

    @property
    def process(self) -> Kept:
        """The process as it is now; after a restart another one."""
        return self._process

    @property
    def deaths(self) -> int:
        """How often it had to be started again."""
        return self._deaths

    def start(self) -> None:
        """Start the process and the watch over it. What the first start raises is raised here."""
        self._process.start()
        self._thread.start()

    def wait_until_well(self, seconds: float) -> bool:
        """Wait until it is healthy; False when that did not happen in time or it was stopped."""
        return self._well.wait(seconds)

    def is_well(self) -> bool:
        """Whether it was healthy when last asked."""
        return self._well.is_set()

    def stop(self) -> None:
        """End the watch, then the process."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=15)
        self._process.stop()

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self._watch()
            if self._stopping.is_set():
                return
            self._well.clear()
            self._process.stop()
            self._deaths += 1
            self._note("rasa_died")
            if self._stopping.wait(self._pause):
                return
            self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS * self._look_every)
            self._process = self._make()
            self._process.start()
            self._note("rasa_started_again")

    def _watch(self) -> None:
        """Return when the process has died, never became well, or has been silent too often."""
        looks = silences = 0
        while self._process.is_alive() and silences < SILENCES_ALLOWED:
            if not self._well.is_set():
                if looks * self._look_every > GRACE_SECONDS:
                    return
                if self._process.is_healthy():
                    self._well.set()
                    self._pause = FIRST_PAUSE_SECONDS * self._look_every
            elif looks % ASK_EVERY_LOOKS == 0:
                silences = 0 if self._process.is_healthy() else silences + 1
            looks += 1
            if self._stopping.wait(self._look_every):
                return
