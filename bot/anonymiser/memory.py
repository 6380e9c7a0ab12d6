"""What one consultation remembers of the names taken out of it: keyed hashes, in memory, nothing else."""

import hashlib

from bot.anonymiser.placeholders import counted


class Memory:
    """The names removed so far in one consultation, as keyed hashes, each with its placeholder.

    Lives and dies with the consultation in memory; it is never stored and cannot be pickled. The key is
    given (16 to 64 random bytes), so that the same name in two consultations has two hashes.
    """

    __slots__ = ("_counts", "_key", "_shown")

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._shown: dict[bytes, str] = {}
        self._counts: dict[str, int] = {}

    def _hash(self, folded: str) -> bytes:
        return hashlib.blake2b(folded.encode("utf-8", "replace"), digest_size=16, key=self._key).digest()

    def recall(self, folded: str) -> str | None:
        """Return the placeholder of a word or phrase that was removed before, or None."""
        return self._shown.get(self._hash(folded)) if self._shown else None

    def keep(self, folded: str, shown: str) -> None:
        """Remember that a word or phrase is shown as a placeholder; the first one given to it stays."""
        self._shown.setdefault(self._hash(folded), shown)

    def forget(self, folded: str) -> None:
        """Forget a word that turned out to be no name."""
        self._shown.pop(self._hash(folded), None)

    def copy(self) -> "Memory":
        """Return a memory of the same names that goes its own way: for looking without remembering."""
        other = Memory(self._key)
        other._shown, other._counts = dict(self._shown), dict(self._counts)
        return other

    def become(self, other: "Memory") -> None:
        """Take over what a copy of this memory has learnt."""
        self._shown, self._counts = other._shown, other._counts

    def heed(self, what: str, number: int) -> None:
        """Take note of a counted placeholder that a text already holds, so that nobody else is given it."""
        self._counts[what] = max(self._counts.get(what, 0), number)

    def allot(self, what: str, at_least: int = 1) -> str:
        """Return the next free placeholder for a child, sibling, parent, adult or school."""
        number = max(self._counts.get(what, 0) + 1, at_least)
        self._counts[what] = number
        return counted(what, number)

    def __len__(self) -> int:
        return len(self._shown)

    def __repr__(self) -> str:
        return f"<Memory of {len(self._shown)} removed words>"

    def __reduce__(self) -> str:
        raise TypeError("Memory is never pickled")
