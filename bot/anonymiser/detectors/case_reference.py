"""Case, crime and log numbers: what a cue word announces, and any long number."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import CASE_NUMBER, REMOVED
from bot.anonymiser.words import Mark

_CODE = re.compile(r"(?=[^\s\[\]]*\d)[^\W_](?:[\w/.-]*[^\W_])?")
_TOKEN = re.compile(r"(?<![\w£$€])[^\W_](?:[\w/.-]*[^\W_])?")
_SPACED = re.compile(r"(?<![\w£$€.,])\d{2,}(?:[ ]\d{2,}){1,5}(?![\w.,%])")
_YEARS = re.compile(r"(?:19|20)\d\d[/-](?:(?:19|20)\d\d|\d\d)")
_TIME = r"(?:[01]?\d|2[0-3])\.?[0-5]\d(?:am|pm|hrs)?"
_TIMES = re.compile(rf"{_TIME}-{_TIME}", re.IGNORECASE)
_ENOUGH = 6  # digits: fewer are ages, times, years, counts
_ENOUGH_WITH_LETTERS = 4


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)


def _is_long(text: str) -> bool:
    if _digits(text) < _ENOUGH_WITH_LETTERS or _YEARS.fullmatch(text) or _TIMES.fullmatch(text):
        return False
    coded = re.match(r"[^\W\d_]{1,5}[/-]?\d", text) is not None
    return _digits(text) >= (_ENOUGH_WITH_LETTERS if coded else _ENOUGH) or (_digits(text) == 5 and not coded)


def _announced(page: Page) -> Iterator[tuple[int, int]]:
    """Yield the code after "ref", "case no", "CAD number is" and the like."""
    cues = page.lists.cues
    for word in page.words:
        if word.folded not in cues["reference words"]:
            continue
        index = word.index + 1
        while page.folded_at(index) in cues["reference fillers"] and index <= word.index + 4:
            index += 1
        after = page.at(index)
        # "log EH-71408": the letters of the code are a word of their own.
        if after is None or after.is_placeholder or re.search(r"[!?\n\[]|\. ", after.gap):
            continue
        match = _CODE.match(page.plain, after.start)
        if match and _is_code(match[0], index > word.index + 1 or bool(re.search(r"[:#=]", after.gap))):
            yield match.span()


def _is_code(text: str, spelt_out: bool) -> bool:
    if _YEARS.fullmatch(text) or re.fullmatch(r"\d{1,2}(?:st|nd|rd|th|am|pm|yrs?|yo)?|\d{1,2}[.:]\d\d", text, re.I):
        return spelt_out and text.isdigit() and len(text) > 1
    return _digits(text) >= 3 or (_digits(text) >= 2 and not text.isdigit())


def find(page: Page) -> Iterator[Mark]:
    """Yield each case number, and every number too long to be an age, a time, a year or a count."""
    for start, end in _announced(page):
        yield Mark(start, end, "CASE_REF", CASE_NUMBER)
    for match in _TOKEN.finditer(page.plain):
        if _is_long(match[0]):
            yield Mark(*match.span(), "CASE_REF", CASE_NUMBER)
    for match in _SPACED.finditer(page.plain):
        if _digits(match[0]) > _ENOUGH:
            yield Mark(*match.span(), "OTHER", REMOVED)
