"""Postcodes, in any case, and the first half where it is said to be one."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import POSTCODE
from bot.anonymiser.words import Mark

_INWARD = r"[0-9O][ABD-HJLNP-UW-Z]{2}"
_FULL = re.compile(rf"(?<![^\W_])([A-Z]{{1,2}})[0-9O][0-9OA-Z]?[ \n-]{{0,3}}{_INWARD}(?![^\W_])", re.IGNORECASE)
# An area nobody knows, in capitals: more likely mistyped than anything else.
_MISTYPED = re.compile(rf"(?<![^\W_])(?!YR|KS|Y\d)[A-Z]{{1,2}}[0-9][0-9A-Z]? ?{_INWARD}(?![^\W_])")
_SAID = re.compile(
    r"\bpost ?code\b[\s:=-]*(?:is |was |starts |begins |with )*"
    r"([a-z]{1,2}\d[\da-z]?(?:[ -]?\d[a-z]{0,2})?)(?![^\W_])",
    re.IGNORECASE,
)


def find(page: Page) -> Iterator[Mark]:
    """Yield each postcode. Only in a known area: else "y4 1st" and "at 5 2nd" would pass for postcodes."""
    for match in _FULL.finditer(page.plain):
        if page.lists.is_cue("postcode areas", match[1].lower()) and any(c.isdigit() for c in match[0]):
            yield Mark(*match.span(), "POSTCODE", POSTCODE)
    for match in _MISTYPED.finditer(page.plain):
        yield Mark(*match.span(), "POSTCODE", POSTCODE)
    for match in _SAID.finditer(page.plain):
        yield Mark(*match.span(1), "POSTCODE", POSTCODE)
