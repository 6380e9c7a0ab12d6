"""Telephone numbers, British and international. Short public numbers (999, 101, 111) stay."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import PHONE
from bot.anonymiser.words import Mark

_GAP = r"[ .\-/]{0,3}"
_BRITISH = re.compile(
    rf"(?<![\w.])(?:\(?(?:\+|00){_GAP}44{_GAP}\)?{_GAP}(?:\(0\))?|\(?0){_GAP}[1-9](?:{_GAP}[()]?{_GAP}\d){{7,9}}(?!\d)"
)
# The letter O typed for a nought; the first digits must be there all the same.
_LETTERED = re.compile(rf"(?<![\w.])[0O]{_GAP}[1-9](?:{_GAP}[\dOlI]){{7,9}}(?!\w)", re.IGNORECASE)
# Each digit apart, which a count is too unless it is out of order: "0 7 7 0 0, 9 0 0, 1 9 9".
_ONE_BY_ONE = re.compile(r"(?<![\w.])0(?:[ ,.-]{1,3}\d){9,10}(?![\w])")
# Local numbers and numbers typed short, behind a word that says what they are.
_SAID = re.compile(
    r"\b(?:phone|mobile|mob|tel|telephone|landline|fone|cell|whatsapp)(?: (?:number|no|num))?\.?[ :#=.-]{0,3}"
    r"(?:(?:is|on|was|its|it's) )?(\d[\d -]{4,14}\d)(?![\w/])",
    re.IGNORECASE,
)
# In groups with other signs between: "07700, 900, 123", "+44 (0) 7700, 900 123". A count has no group of three.
_APART = r"[ .,/_*:|-]{1,3}"
_GROUPED = re.compile(
    rf"(?<![\w.])\(?(?:(?:\+|00)44\)? ?(?:\(0\) ?)?\d{{2,5}}|0\d{{2,4}})\)?(?:{_APART}\d{{2,6}}){{1,4}}(?!\w)"
)
_FEWEST, _MOST = 9, 14  # digits of a number in groups
_FOREIGN = re.compile(rf"(?<![\w.])(?:\+|00)[1-9](?:{_GAP}\d){{7,14}}(?!\d)")
_DIGIT = re.compile(r"\d")


def find(page: Page) -> Iterator[Mark]:
    """Yield each telephone number."""
    if not _DIGIT.search(page.plain):
        return
    for pattern in (_BRITISH, _LETTERED, _FOREIGN):
        for match in pattern.finditer(page.plain):
            yield Mark(*match.span(), "PHONE", PHONE)
    for match in _GROUPED.finditer(page.plain):
        if _FEWEST < sum(c.isdigit() for c in match[0]) < _MOST:
            yield Mark(*match.span(), "PHONE", PHONE)
    for match in _ONE_BY_ONE.finditer(page.plain):
        digits = [c for c in match[0] if c.isdigit()]
        if digits != sorted(digits):
            yield Mark(*match.span(), "PHONE", PHONE)
    for match in _SAID.finditer(page.plain):
        yield Mark(*match.span(1), "PHONE", PHONE)
