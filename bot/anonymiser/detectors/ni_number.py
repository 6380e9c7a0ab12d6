"""National Insurance numbers: two letters, six digits, and a letter from A to D."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import NI_NUMBER
from bot.anonymiser.words import Mark

_NI = re.compile(r"(?<![^\W_])[a-z]{2}[ -]?\d(?:[ -]?\d){5}[ -]?[a-d](?![^\W_])", re.IGNORECASE)
# With other signs between: "JX / 66 / 20 / 41 / B", "QQ.12.34.56.C".
_APART = r"[ ./\\,_:*|-]{0,3}"
_SET_APART = re.compile(rf"(?<![^\W_])([a-z]{{2}}){_APART}\d(?:{_APART}\d){{5}}{_APART}[a-d](?![^\W_])", re.IGNORECASE)
# Behind what it is called it may be short of a letter or a digit, or be spelt out: "q q 1 2 3 4 5 6 c".
_SAID = re.compile(
    r"\b(?:nino|n\.? ?i\.?|nat(?:ional|\.)? ?ins(?:urance|\.)?)(?![^\W_])(?:[^\w\n]+[^\W\d_]+){0,5}?[^\w\n]+"
    rf"([a-z] ?[a-z]{_APART}\d(?:{_APART}\d){{4,7}}(?:{_APART}[a-d])?)(?![^\W_])",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


def find(page: Page) -> Iterator[Mark]:
    """Yield each National Insurance number."""
    if not _DIGIT.search(page.plain):
        return
    for match in _NI.finditer(page.plain):
        yield Mark(*match.span(), "NI_NUMBER", NI_NUMBER)
    for match in _SET_APART.finditer(page.plain):
        if match[1].lower() not in page.lists.ordinary:  # "on 10/11/12 a boy"
            yield Mark(*match.span(), "NI_NUMBER", NI_NUMBER)
    for match in _SAID.finditer(page.plain):
        yield Mark(*match.span(1), "NI_NUMBER", NI_NUMBER)
