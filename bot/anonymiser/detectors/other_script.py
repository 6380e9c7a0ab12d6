"""Words in a script the other detectors cannot read: taken out whole, whatever they say."""

import re
from collections.abc import Iterator

from bot.anonymiser.cleaning import is_latin
from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import REMOVED
from bot.anonymiser.words import Mark

_RUN = re.compile(r"[^\W_]+")


def find(page: Page) -> Iterator[Mark]:
    """Yield each word that holds a letter foreign to the Latin script."""
    if page.plain.isascii():
        return
    for match in _RUN.finditer(page.plain):
        if any(c.isalpha() and not is_latin(c) for c in match[0]):
            yield Mark(*match.span(), "OTHER", REMOVED)
