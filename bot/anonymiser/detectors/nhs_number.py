"""NHS numbers: ten digits, usually 3-3-4."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import NHS_NUMBER
from bot.anonymiser.words import Mark

# Ten digits that begin with 0 read as a telephone number; those are left to that detector.
_TEN = re.compile(r"(?<![\w+])[1-9]\d{2}[ .-]{0,2}\d{3}[ .-]{0,2}\d{4}(?!\w)")
_SAID = re.compile(r"\bnhs\s*(?:number|no|num|id|#)?[\s:#.=-]*(?:is |was )?(\d[\d .-]{3,14}\d)\b", re.IGNORECASE)


def find(page: Page) -> Iterator[Mark]:
    """Yield each NHS number. The check digit is not checked: one in eleven wrong ones would pass anyway."""
    for match in _TEN.finditer(page.plain):
        yield Mark(*match.span(), "NHS_NUMBER", NHS_NUMBER)
    for match in _SAID.finditer(page.plain):
        yield Mark(*match.span(1), "NHS_NUMBER", NHS_NUMBER)
