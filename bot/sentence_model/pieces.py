"""What the words and pieces of words say by themselves: a second, simpler ear beside the sentence model.

Weighs every word, pair of words and run of two to five letters of a text, one number for each thing that is told
apart. It hears "cn i tlk 2 sum1" where the other hears only odd tokens, and errs elsewhere: together they err less
(docs/adr/0013). Places in the table are by checksum, so that no list of words has to be kept.
"""

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

import numpy as np

SHORTEST, LONGEST = 2, 5  # letters in a piece of a word, with a blank before and after the word
OF_LETTERS, OF_WORDS = 2**15, 2**14
PLACES = OF_LETTERS + OF_WORDS
_WORD = re.compile(r"\S+")


def places(text: str) -> list[int]:
    """Return where the words and pieces of a text stand in the table, each once and in order."""
    words = _WORD.findall(text.lower())
    said = {crc32(piece.encode("utf-8", "replace")) % OF_LETTERS for word in words for piece in _pieces(word)}
    pairs = (*words, *map(" ".join, pairwise(words)))
    said.update(OF_LETTERS + crc32(word.encode("utf-8", "replace")) % OF_WORDS for word in pairs)
    return sorted(said)


def _pieces(word: str) -> Iterator[str]:
    padded = f" {word} "
    for length in range(SHORTEST, LONGEST + 1):
        yield from (padded[start : start + length] for start in range(max(1, len(padded) - length + 1)))


class Pieces:
    """The opened table.

    `weights` are whole numbers (places, outputs), in units of `unit` (outputs); `seldom` says of each place how much
    it tells by being rare; `start` is what an empty text comes to.
    """

    def __init__(self, weights: np.ndarray, unit: np.ndarray, seldom: np.ndarray, start: np.ndarray) -> None:
        self._weights, self._unit, self._seldom, self._start = weights, unit, seldom, start

    def of(self, text: str) -> np.ndarray:
        """Return the logit of each output: of a kind of worry, of danger, of an act."""
        said = places(text)
        weight = self._seldom[said]
        length = math.sqrt(float(weight @ weight)) or 1.0
        return weight @ self._weights[said] / length * self._unit + self._start
