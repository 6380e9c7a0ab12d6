"""Public numbers: what a council or a helpline has published points to nobody, and advice without it is no use."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

_GAP = r"[ .\-/]{0,2}"
_FIRST = rf"(?:(?:\+|00)44{_GAP}(?:\(0\){_GAP})?|\(?0)"  # of a British number, from abroad or at home


def digits_of(number: str) -> str:
    """Return a number's digits alone."""
    return "".join(character for character in number if character.isdigit())


def public_spans(text: str, numbers: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield where a public number stands in a text, whole and with no digit before or behind it.

    `numbers` are digits, each from its first 0.
    """
    pattern = _pattern(frozenset(numbers))
    if pattern is not None:
        yield from (match.span() for match in pattern.finditer(text))


@lru_cache(maxsize=8)
def _pattern(numbers: frozenset[str]) -> re.Pattern[str] | None:
    spelled = (rf"\)?{_GAP}".join(number[1:]) for number in sorted(numbers) if number.startswith("0"))
    either = "|".join(spelled)
    return re.compile(rf"(?<![\w+])(?<!\d[ .\-/]){_FIRST}{_GAP}(?:{either})(?![ .\-/]?\d)") if either else None
