"""One identifier as it is written, and in six other ways that still say the same."""

import random
import unicodedata
from collections.abc import Callable

_WIDE = {code: code - 0x20 + 0xFF00 for code in range(0x21, 0x7F)}
_WIDE_DIGITS = {code: _WIDE[code] for code in range(ord("0"), ord("9") + 1)}
UNSEEN = "\u200b"  # a blank of no width


def slip(value: str, chance: random.Random) -> str:
    """Return the value with two letters inside a word that have changed places, or as it was where there are none."""
    places = [
        i
        for i in range(1, len(value) - 2)
        if value[i - 1 : i + 3].isalpha() and value[i].lower() != value[i + 1].lower()
    ]
    if not places:
        return value
    at = chance.choice(places)
    return value[:at] + value[at + 1] + value[at] + value[at + 2 :]


def unseen(value: str, chance: random.Random) -> str:
    """Return the value with a character that nobody sees inside it."""
    at = chance.randrange(1, max(2, len(value) - 1))
    return value[:at] + UNSEEN + value[at:]


def wide(value: str, chance: random.Random) -> str:
    """Return the value with full-width digits, or with full-width letters where it has no digit."""
    return value.translate(_WIDE_DIGITS if any(c.isdigit() for c in value) else _WIDE)


SPELLINGS: dict[str, Callable[[str, random.Random], str]] = {
    "as written": lambda value, chance: value,
    "lower case": lambda value, chance: value.lower(),
    "capitals": lambda value, chance: value.upper(),
    "one slip": slip,
    "zero width": unseen,
    "full width": wide,
    "accents apart": lambda value, chance: unicodedata.normalize("NFD", value),
}
