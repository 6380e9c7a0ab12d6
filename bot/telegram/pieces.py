"""Pieces: a long text as messages that Telegram takes, which are counted in UTF-16 units."""

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 4096  # UTF-16 units of a message
_ENDS = ("\n\n", "\n", ". ", "! ", "? ", "; ", " ")  # where a text is best cut, in order
_EARLIEST = 0.4  # a cut before this part of a message is not worth its paragraph

Span = tuple[int, int]  # where something begins and ends, in characters


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the places that are bold. Only words of ours ever are."""

    text: str
    bold: tuple[Span, ...] = ()


def joined(parts: Iterable[Text], between: str = "\n\n") -> Text:
    """Return the texts as one; those that are empty are left out."""
    text, bold = "", []
    for part in parts:
        if part.text.strip():
            text += between if text else ""
            bold += [(start + len(text), end + len(text)) for start, end in part.bold]
            text += part.text
    return Text(text, tuple(bold))


def units(text: str) -> int:
    """Return how long Telegram takes a text to be."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(whole: Text, longest: int = LONGEST) -> list[Text]:
    """Return the text cut at the ends of paragraphs, sentences or words, in pieces that are not too long or empty."""
    found, rest = [], _stripped(whole)
    while rest.text:
        cut = len(rest.text) if units(rest.text) <= longest else _cut(rest.text, longest)
        found.append(_stripped(_part(rest, 0, cut)))
        rest = _stripped(_part(rest, cut, len(rest.text)))
    return found


def in_units(text: Text) -> list[Span]:
    """Return where it is bold, each as the place and the length that Telegram counts."""
    return [(units(text.text[:start]), units(text.text[start:end])) for start, end in text.bold if start < end]


def _cut(text: str, longest: int) -> int:
    fits = _most_that_fits(text, longest)
    for end in _ENDS:
        at = text.rfind(end, 0, fits)
        if at >= fits * _EARLIEST:
            return at + len(end)
    return fits


def _most_that_fits(text: str, longest: int) -> int:
    low, high = 1, min(len(text), longest)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if units(text[:middle]) <= longest else (low, middle - 1)
    return low


def _part(whole: Text, start: int, end: int) -> Text:
    inside = ((max(a, start) - start, min(b, end) - start) for a, b in whole.bold)
    return Text(whole.text[start:end], tuple((a, b) for a, b in inside if a < b))


def _stripped(whole: Text) -> Text:
    # Telegram takes blanks off both ends by itself, and would count from another place than we do.
    start = len(whole.text) - len(whole.text.lstrip())
    return _part(whole, start, max(start, len(whole.text.rstrip())))
