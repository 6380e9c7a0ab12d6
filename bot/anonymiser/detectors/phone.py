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
_FOREIGN = re.compile(rf"(?<![\w.])(?:\+|00)[1-9](?:{_GAP}\d){{7,14}}(?!\d)")


def find(page: Page) -> Iterator[Mark]:
    """Yield each telephone number."""
    for pattern in (_BRITISH, _FOREIGN):
        for match in pattern.finditer(page.plain):
            yield Mark(*match.span(), "PHONE", PHONE)
