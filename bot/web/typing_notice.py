"""Who is writing just now. Kept in memory for a moment, never stored, and never with any text."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Following:
    """The notices of one follower, oldest first. One who is far behind misses the oldest."""

    def __init__(self) -> None:
        self._speakers: deque[str] = deque(maxlen=8)
        self._bell = asyncio.Event()

    def put(self, speaker: str) -> None:
        self._speakers.append(speaker)
        self._bell.set()

    def take(self) -> list[str]:
        """Return the notices since the last time."""
        taken = list(self._speakers)
        self._speakers.clear()
        self._bell.clear()
        return taken

    async def wait(self) -> None:
        """Return when there is a notice to take."""
        await self._bell.wait()


class TypingNotices:
    """Passes "somebody is writing" on to whoever follows a consultation. `elsewhere` tells other processes."""

    def __init__(self, elsewhere: Callable[[str, str], object] = lambda consultation_id, speaker: None) -> None:
        self._followers: dict[str, set[Following]] = {}
        self._elsewhere = elsewhere

    def notice(self, consultation_id: str, speaker: str) -> None:
        """Say that the speaker is writing."""
        self.heard(consultation_id, speaker)
        self._elsewhere(consultation_id, speaker)

    def heard(self, consultation_id: str, speaker: str) -> None:
        """Say it in this process alone."""
        for follower in self._followers.get(consultation_id, ()):
            follower.put(speaker)

    @contextmanager
    def followed(self, consultation_id: str) -> Iterator[Following]:
        """Give the notices of a consultation for as long as the block lasts."""
        follower = Following()
        followers = self._followers.setdefault(consultation_id, set())
        followers.add(follower)
        try:
            yield follower
        finally:
            followers.discard(follower)
            if not followers:
                self._followers.pop(consultation_id, None)
