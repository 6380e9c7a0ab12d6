"""Watch: wakes whoever follows something, as soon as it has changed. Nobody asks the records again and again meanwhile.

What is followed is a consultation or a person, by id, or QUEUES. Of what another process has written nobody here hears,
unless it is told to `ring`; whoever follows looks by themselves now and then as well.
"""

import asyncio
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

QUEUES = "queues"  # what every desk's queue follows: that some case came, went or changed hands

type TellOthers = Callable[[Collection[str]], None]


class Follower:
    """Somebody who follows. What was rung between two waits is not lost."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake this one."""
        self._rung.set()

    def take(self) -> bool:
        """Whether it was rung since the last time. To be asked before one looks, not after."""
        rung = self._rung.is_set()
        self._rung.clear()
        return rung

    async def wait(self) -> None:
        """Return when it has rung."""
        await self._rung.wait()


class Watch:
    """The bells of a house. Everything here is called where its event loop runs.

    `tell_others` is given what `wake` was given, for other processes of the house; they `ring` it there.
    """

    def __init__(self, tell_others: TellOthers | None = None) -> None:
        self._tell_others = tell_others
        self._followers: dict[str, set[Follower]] = {}
        self._queues_rung = 0

    @property
    def is_shared(self) -> bool:
        """Whether other processes of the house have bells too: what is told of by one may be asked of another."""
        return self._tell_others is not None

    @property
    def queues_rung(self) -> int:
        """How often some queue may have changed: what was worked out of one before is old."""
        return self._queues_rung

    def wake(self, *about: str) -> None:
        """Wake who follows any of these, in this house: all of its processes."""
        self.ring(*about)
        if self._tell_others:
            self._tell_others(about)

    def ring(self, *about: str) -> None:
        """Wake who follows any of these in this process; without any, everybody."""
        self._queues_rung += not about or QUEUES in about
        for one in about or tuple(self._followers):
            for follower in self._followers.get(one, ()):
                follower.ring()

    def something_new(self) -> None:
        """Wake everybody: for what is rare, or concerns all."""
        self.wake()

    async def one_by_one(self, apart: float = 0.02) -> None:
        """Wake everybody, so many seconds after each other: for what is in no hurry, so that not all look at once."""
        if self._tell_others:
            self._tell_others(())
        await self.ring_one_by_one(apart)

    async def ring_one_by_one(self, apart: float = 0.02) -> None:
        """Wake everybody in this process, so many seconds after each other."""
        self._queues_rung += 1
        for follower in set().union(*self._followers.values()):
            follower.ring()
            await asyncio.sleep(apart)

    @contextmanager
    def followed(self, *about: str) -> Iterator[Follower]:
        """Follow these for as long as the block lasts."""
        follower = Follower()
        for one in about:
            self._followers.setdefault(one, set()).add(follower)
        try:
            yield follower
        finally:
            for one in about:
                left = self._followers.get(one, set())
                left.discard(follower)
                if not left:
                    self._followers.pop(one, None)
