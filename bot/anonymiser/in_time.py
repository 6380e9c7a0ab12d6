"""In time: redaction beside the event loop, and never later than its deadline.

A redaction is pure computing. In a thread it lets other people's requests through meanwhile; what has not
come back by its deadline counts as failed, and whatever the thread finds later is dropped.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import date

from bot.anonymiser.anonymiser import Anonymiser
from bot.anonymiser.errors import AnonymiserFailed, TookTooLong
from bot.anonymiser.memory import Memory
from bot.anonymiser.shut import Shut
from bot.consultation import Finding, RawText, Redaction

SECONDS = 5.0  # the longest text there may be takes about 1.5
AT_ONCE = 2  # redactions that compute side by side; others wait, and their deadline with them

type LookAgain = Callable[[str, Collection[str]], tuple[Finding, ...]]
type Outcome = Redaction | type[AnonymiserFailed]


class InTime:
    """An anonymiser that is awaited. `look_again` is the store's second look, taken here so that it need not wait.

    Threads are daemons, so that one that never comes back does not keep the house from closing.
    """

    def __init__(
        self,
        anonymiser: Anonymiser | Shut,
        *,
        look_again: LookAgain | None = None,
        seconds: float = SECONDS,
        at_once: int = AT_ONCE,
    ) -> None:
        self._anonymiser = anonymiser
        self._look_again = look_again
        self._seconds = seconds
        self._places = threading.BoundedSemaphore(at_once)

    async def redact(
        self,
        raw: RawText,
        memory: Memory | None = None,
        *,
        on: date | None = None,
        not_names: Collection[str] = (),
    ) -> Redaction:
        """Return what `Anonymiser.redact` returns, or raise what it raises, TookTooLong when it was not in time.

        `memory` learns what was found only if the redaction came back in time. Whoever redacts several
        texts of one consultation awaits one after the other.
        """
        learning = None if memory is None else memory.copy()

        def work() -> Redaction:
            redaction = self._anonymiser.redact(raw, learning, on=on, not_names=not_names)
            if self._look_again is not None:
                self._look_again(redaction.record, not_names)  # the store asks again, and finds it done
            return redaction

        outcome = await self._outcome(work)
        if isinstance(outcome, type):
            raise outcome
        if memory is not None and learning is not None:
            memory.become(learning)
        return outcome

    async def _outcome(self, work: Callable[[], Redaction]) -> Outcome:
        loop = asyncio.get_running_loop()
        back: asyncio.Future[Outcome] = loop.create_future()
        deadline = time.monotonic() + self._seconds

        def run() -> None:
            outcome = self._in_turn(work, deadline)
            with suppress(RuntimeError):  # the loop has closed: nobody waits any more
                loop.call_soon_threadsafe(lambda: back.done() or back.set_result(outcome))

        threading.Thread(target=run, name="redaction", daemon=True).start()
        with suppress(TimeoutError):
            return await asyncio.wait_for(back, self._seconds)
        return TookTooLong

    def _in_turn(self, work: Callable[[], Redaction], deadline: float) -> Outcome:
        # A failure comes back as its kind alone: an exception would bring the frames of the thread along.
        if not self._places.acquire(timeout=max(0.0, deadline - time.monotonic())):
            return TookTooLong
        try:
            return work()
        except AnonymiserFailed as failed:
            return type(failed)
        except Exception:
            return AnonymiserFailed
        finally:
            self._places.release()
