"""Remembering: what a text was read as, so that the same words are not read anew at every turn of a talk.

A reading holds ids and places and no words, and it is found by a keyed digest of the text: no text is remembered.
"""

import hashlib
from collections import OrderedDict
from threading import Lock

from bot.consultation import Reading, RedactedText
from bot.reading.reader import Reader

HELD = 2000  # readings, the newest used: some hundred talks that go on at once


class Remembering:
    """Reads as a reader does. `key` are random bytes that nobody else knows."""

    def __init__(self, reader: Reader, key: bytes, held: int = HELD) -> None:
        self._reader, self._key, self._held = reader, key, held
        self._readings: OrderedDict[tuple[bytes, bool], Reading] = OrderedDict()
        self._lock = Lock()

    def read(self, text: RedactedText, *, as_a_whole: bool = True) -> Reading:
        """Return what the reader returns."""
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=self._key, digest_size=32)
        place = digest.digest(), as_a_whole
        with self._lock:
            known = self._readings.get(place)
            if known is not None:
                self._readings.move_to_end(place)
                return known
        reading = self._reader.read(text, as_a_whole=as_a_whole)
        with self._lock:
            self._readings[place] = reading
            while len(self._readings) > self._held:
                self._readings.popitem(last=False)
        return reading
