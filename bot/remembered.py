"""Remembered: answers that took long to work out, by a key that tells nothing, the newest used of them."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class Remembered[K: Hashable, V]:
    """At most so many answers. Safe to use from several threads: two may work the same out, and neither waits."""

    most: int
    _held: OrderedDict[K, V] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def get(self, key: K, work_out: Callable[[], V]) -> V:
        """Return the answer of a key, worked out now if it is not remembered."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        found = work_out()
        with self._lock:
            self._held[key] = found
            while len(self._held) > self.most:
                self._held.popitem(last=False)
        return found
