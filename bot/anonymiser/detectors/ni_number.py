"""National Insurance numbers: two letters, six digits, and a letter from A to D."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import NI_NUMBER
from bot.anonymiser.words import Mark

_NI = re.compile(r"(?<![^\W_])[a-z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[a-d](?![^\W_])", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:nino|ni|national insurance)\b\s*(?:number|no|num)?[\s:#.=-]*(?:is |was )?"
    r"([a-z]{2}[ -]?\d[\d -]{3,9}[a-z]?)(?![^\W_])",
    re.IGNORECASE,
)


def find(page: Page) -> Iterator[Mark]:
    """Yield each National Insurance number."""
    for match in _NI.finditer(page.plain):
        yield Mark(*match.span(), "NI_NUMBER", NI_NUMBER)
    for match in _SAID.finditer(page.plain):
        yield Mark(*match.span(1), "NI_NUMBER", NI_NUMBER)
