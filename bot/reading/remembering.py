"""Remembering: what a text was read as, so that the same words are not read anew at every turn of a talk.

A reading holds ids and places and no words, and it is found by a keyed digest of the text: no text is remembered.
"""

import hashlib

from bot.consultation import Reading, RedactedText
from bot.reading.reader import Reader
from bot.remembered import Remembered

HELD = 2000  # readings, the newest used: some hundred talks that go on at once


class Remembering:
    """Reads as a reader does. `key` are random bytes that nobody else knows."""

    def __init__(self, reader: Reader, key: bytes, held: int = HELD) -> None:
        self._reader, self._key = reader, key
        self._readings = Remembered[tuple[bytes, bool], Reading](held)

    def read(self, text: RedactedText, *, as_a_whole: bool = True) -> Reading:
        """Return what the reader returns."""
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=self._key, digest_size=32)
        return self._readings.get(
            (digest.digest(), as_a_whole), lambda: self._reader.read(text, as_a_whole=as_a_whole)
        )
