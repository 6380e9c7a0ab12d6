"""Vehicle registrations: the present style anywhere, older styles where a vehicle is spoken of."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import VEHICLE
from bot.anonymiser.words import Mark

_PRESENT = re.compile(r"(?<![^\W_])([A-Z]{2}[0-9OI]{2})([ -]?)([A-Z]{3})(?![^\W_])", re.IGNORECASE)
_OLDER = re.compile(
    r"(?<![^\W_])(?:[A-Z]\d{1,3}[ -]?[A-Z]{3}|[A-Z]{3}[ -]?\d{1,3}[ -]?[A-Z]"
    r"|[A-Z]{2,3}[ -]?\d{3,4}|\d{1,4}[ -]?[A-Z]{2,3})(?![^\W_])",
    re.IGNORECASE,
)
_NEAR = 7  # words between the vehicle and its number


def _speaks_of_a_vehicle(page: Page, start: int) -> bool:
    near = [w for w in page.words if w.start < start][-_NEAR:]
    near += [w for w in page.words if w.start >= start][: _NEAR - 2]
    return any(w.folded in page.lists.cues["vehicle words"] for w in near)


def _is_an_ordinary_word(page: Page, letters: str) -> bool:
    return letters.lower() in page.lists.ordinary or letters.lower() in page.lists.keep


def find(page: Page) -> Iterator[Mark]:
    """Yield each registration. "yr10 and" and "Y6 boy" have the shape of one and are left alone."""
    for match in _PRESENT.finditer(page.plain):
        if not any(c.isdigit() for c in match[1]):
            continue
        doubtful = match[1][:2].lower() in ("yr", "ks", "to", "at", "in", "of", "on", "or", "is", "if")
        shouted = match[0].isupper() and page.cased
        if doubtful and match[2] and _is_an_ordinary_word(page, match[3]):
            continue
        if (
            not match[2]
            or shouted
            or not _is_an_ordinary_word(page, match[3])
            or _speaks_of_a_vehicle(page, match.start())
        ):
            yield Mark(*match.span(), "VEHICLE", VEHICLE)
    for match in _OLDER.finditer(page.plain):
        letters = re.findall(r"[^\W\d_]+", match[0])
        plain = any(len(part) > 1 and _is_an_ordinary_word(page, part) for part in letters)
        if not plain and _speaks_of_a_vehicle(page, match.start()):
            yield Mark(*match.span(), "VEHICLE", VEHICLE)
