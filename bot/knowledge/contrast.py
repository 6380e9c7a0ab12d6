"""Contrast of colours, as WCAG 2.2 counts it, and shades of a colour that are far enough from another.

A colour is `#` and six hexadecimal digits in small letters.
"""

import re

COLOUR = re.compile(r"#[0-9a-f]{6}")
WORDS = 4.5  # what words need against what they stand on
MARKS = 3.0  # what signs and the borders of controls need
_STEPS = 20


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """Return a colour with a share of another, from 0 to 1, in it."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(mine + (theirs - mine) * share):02x}" for mine, theirs in pairs)


def shade(colour: str, towards: str, apart_from: tuple[str, ...], least: float) -> str:
    """Return the nearest shade of a colour on the way to another that has the contrast with all of those."""
    shades = (mixed(colour, towards, step / _STEPS) for step in range(_STEPS))
    return next((one for one in shades if all(ratio(one, back) >= least for back in apart_from)), towards)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _luminance(colour: str) -> float:
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
