"""Letters: what the typeface can show. A PDF that a screen reader can follow has no letter without a form."""

import unicodedata
from typing import Any

# What Libertinus Serif, which comes with Typst, was seen to have; whatever else somebody typed is shown as a square.
_HELD = ((0x20, 0x7E), (0xA0, 0x24F), (0x2010, 0x2027), (0x2030, 0x203A), (0x20AC, 0x20AC), (0x2122, 0x2122))
_INSTEAD = "□"


def held(value: Any) -> Any:
    """Return texts, and lists and dicts of them, with letters alone that can be set."""
    match value:
        case str():
            return "".join(map(_letter, unicodedata.normalize("NFC", value)))
        case list():
            return [held(one) for one in value]
        case dict():
            return {name: held(one) for name, one in value.items()}
    return value


def _letter(letter: str) -> str:
    if letter in "\t\n\r":
        return " "
    return letter if any(first <= ord(letter) <= last for first, last in _HELD) else _INSTEAD
