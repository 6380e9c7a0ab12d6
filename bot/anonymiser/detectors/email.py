"""E-mail addresses, also those spelt out with `at` and `dot`."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import EMAIL
from bot.anonymiser.words import Mark

_ADDRESS = re.compile(r"[\w.+'%-]{1,64}(?:@| @ )[\w-]{1,63}(?:\.[\w-]{1,63})+")
_SPELT_OUT = re.compile(
    r"[\w.+-]{1,64} ?[(\[]?(?:\bat\b|@)[)\]]? ?[\w-]{1,63}(?: ?[(\[]?(?:\bdot\b|\.)[)\]]? ?[\w-]{1,63})*"
    r" ?[(\[]?\bdot\b[)\]]? ?(?:com|uk|org|net|sch|gov|edu|ac|co)\b(?: ?(?:dot|\.) ?uk\b)?",
    re.IGNORECASE,
)


def find(page: Page) -> Iterator[Mark]:
    """Yield each e-mail address."""
    if "@" in page.plain:
        for match in _ADDRESS.finditer(page.plain):
            yield Mark(*match.span(), "EMAIL", EMAIL)
    if "dot" in page.plain.lower():
        for match in _SPELT_OUT.finditer(page.plain):
            yield Mark(*match.span(), "EMAIL", EMAIL)
