"""The second look: what the store asks of a text before it is kept, without asking twice.

What was found clean is remembered as keyed hashes, in memory alone; of a text itself nothing is held.
"""

import hashlib
import threading
from collections.abc import Collection

from bot.anonymiser.anonymiser import Anonymiser
from bot.anonymiser.shut import Shut
from bot.anonymiser.wordlists import fold
from bot.consultation import Finding

REMEMBERED = 4096


class SecondLook:
    """An anonymiser's second scan and strict form, each made once a text. `key` is 16 to 64 random bytes."""

    def __init__(self, anonymiser: Anonymiser | Shut, key: bytes) -> None:
        self._anonymiser = anonymiser
        self._key = key
        self._known: dict[bytes, None] = {}
        self._lock = threading.Lock()

    def __call__(self, text: str, not_names: Collection[str] = ()) -> tuple[Finding, ...]:
        """Return what is found in a text that should be clean. Raises AnonymiserFailed."""
        digest = self._digest("clean", text, not_names)
        if self._is_known(digest):
            return ()
        found = self._anonymiser.second_scan(text, not_names)
        if not found:
            self._remember(digest)
        return found

    def record_of(self, text: str, not_names: Collection[str] = ()) -> str:
        """Return what may be written down of a text. Raises AnonymiserFailed."""
        digest = self._digest("record", text, not_names)
        if self._is_known(digest):
            return text
        record = self._anonymiser.record_of(text, not_names)
        if record == text:
            self._remember(digest)
        return record

    def _digest(self, what: str, text: str, not_names: Collection[str]) -> bytes:
        folded = fold(text)
        # A word that is not in the text decides nothing about it.
        at_stake = sorted({name for name in map(fold, not_names) if name in folded})
        told = "\0".join((what, text, *at_stake)).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(told, digest_size=16, key=self._key).digest()

    def _is_known(self, digest: bytes) -> bool:
        with self._lock:
            return digest in self._known

    def _remember(self, digest: bytes) -> None:
        with self._lock:
            if len(self._known) >= REMEMBERED:
                del self._known[next(iter(self._known))]
            self._known[digest] = None
