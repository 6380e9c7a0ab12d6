"""Unique pupil numbers: a letter, eleven digits, then a digit or (temporary) a letter."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import PUPIL_NUMBER
from bot.anonymiser.words import Mark

_UPN = re.compile(r"(?<![^\W_])[a-z][ -]?\d(?:[ -]?\d){10}[ -]?(?:\d|[a-z](?![^\W_]))(?!\d)", re.IGNORECASE)
# Whatever follows the name of the number is taken for it, however many digits were typed.
_SAID = re.compile(
    r"\b(?:upn|pupil (?:number|no|id))\b[\s:#.=-]*(?:is |was )?([a-z]?[\d -]{4,}\d[a-z]?)\b", re.IGNORECASE
)


def find(page: Page) -> Iterator[Mark]:
    """Yield each pupil number. The check letter is not checked."""
    for match in _UPN.finditer(page.plain):
        yield Mark(*match.span(), "UPN", PUPIL_NUMBER)
    for match in _SAID.finditer(page.plain):
        yield Mark(*match.span(1), "UPN", PUPIL_NUMBER)
