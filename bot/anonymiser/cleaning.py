"""Text made fit to be searched, with the way back to where each character stood.

Two steps. `visible` drops what nobody sees (control characters, zero-width and direction marks) and is
what the redacted text is made of. `searchable` is what the detectors read: compatibility forms, digits
and quotation marks of one kind, no loose accents.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_QUOTES = str.maketrans("‘’ʼ´`′‐‑‒–—−⁃“”„«»", "''''''-------\"\"\"\"\"")
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Traced:
    """A text and, for each of its characters, the half-open stretch of the source it came from."""

    text: str
    starts: tuple[int, ...] | range
    ends: tuple[int, ...] | range


def _unchanged(text: str) -> Traced:
    return Traced(text, range(len(text)), range(1, len(text) + 1))


def _traced(pieces: Iterator[tuple[str, int, int]]) -> Traced:
    shown: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece, start, end in pieces:
        for character in piece:
            shown.append(character)
            starts.append(start)
            ends.append(end)
    return Traced("".join(shown), tuple(starts), tuple(ends))


def _seen(character: str) -> str:
    """Return the character, a blank for a control character, or nothing for an invisible one."""
    if character in _LINE_ENDS:
        return "\n"
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    # Variation selectors and the grapheme joiner count as accents, yet show nothing by themselves.
    if category in ("Cf", "Cs", "Co") or "\ufe00" <= character <= "\ufe0f" or character in "\u034f\u115f\u1160\u3164":
        return ""
    return " " if category in ("Zs", "Zl", "Zp") else character


def visible(raw: str) -> Traced:
    """Return what a person sees of the text. Offsets lead into the raw text."""
    if raw.isascii() and raw.isprintable():
        return _unchanged(raw)
    return _traced((_seen(c), i, i + 1) for i, c in enumerate(raw))


def _clusters(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each character with the accents that follow it."""
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or not unicodedata.combining(text[i]):
            yield text[start:i], start, i
            start = i


def _plain(cluster: str) -> str:
    composed = unicodedata.normalize("NFKC", cluster).translate(_QUOTES)
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c
        for c in composed
        if unicodedata.category(c) not in ("Mn", "Me", "Cf")
    )


def searchable(text: str) -> Traced:
    """Return the text as the detectors read it. Offsets lead into `text`."""
    if text.isascii() and "`" not in text:
        return _unchanged(text)
    return _traced((_plain(cluster), start, end) for cluster, start, end in _clusters(text))


@lru_cache(4096)
def is_latin(letter: str) -> bool:
    """Say whether a letter is one that English names are written in, accents included."""
    return letter.isascii() or unicodedata.name(letter, "").startswith(("LATIN", "MODIFIER", "FEMININE", "MASCULINE"))


def is_mostly_unreadable(text: str) -> bool:
    """Say whether more letters of the text are foreign to the Latin script than belong to it."""
    letters = [c for c in text if c.isalpha()]
    return sum(not is_latin(c) for c in letters) * 2 > len(letters)
