"""Full dates, and days with a month. Months, weekdays, years, ages and times stay."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import DATE
from bot.anonymiser.words import Mark

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SHORT = {m[:3] for m in _MONTHS} | {"sept", "janu", "febr", "novem", "decem", "febuary"}
_NUMBERS = re.compile(
    r"(?<![\w/.-])(?:(?:[0-2]?\d|3[01])(?P<a>[ ]?[/.\-\\][ ]?)(?:0?\d|1[0-2]|[0-3]\d)(?P=a)(?:\d{4}|\d{2})"
    r"|(?:19|20)\d\d(?P<b>[/.-])[01]?\d(?P=b)[0-3]?\d)(?![\w/]|[.-]\d)"
)
_SAID = re.compile(
    r"\b(?:dob|d\.o\.b\.?|date of birth|born(?: on)?|birthday|bday|b'day)\b[\s:=-]*(?:is |was |on |the )*"
    r"((?:[0-3]?\d)[ /.\-\\]{1,3}(?:[01]?\d)(?:[ /.\-\\]{1,3}(?:19|20)?\d\d)?|\d{6}|\d{8})(?!\w|:\d)",
    re.IGNORECASE,
)
_DAY = r"(?P<day>[0-3]?\d)\s?(?P<ordinal>st|nd|rd|th)?"
_MONTH = r"(?P<month>[^\W\d_]{3,10})"
_YEAR = r"(?P<year>[\s,]{0,3}(?:'?\d{2}|(?:19|20)\d{2})(?![\w:]|[./-]\d))?"
_DAY_FIRST = re.compile(
    rf"(?<![\w/:.£])(?:the )?{_DAY}(?:[\s,-]{{1,2}}|(?<=\d)|\s?/\s?)"
    rf"(?:day )?(?:of\s)?{_MONTH}\b\.?{_YEAR}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\.?[\s,-]{{1,2}}(?:the )?{_DAY}(?![\w/]|[:.]\d){_YEAR}", re.IGNORECASE)
_MONTH_AND_YEAR = re.compile(
    r"\b(?:dob|date of birth|born(?: in| on)?|birthday)\b[\s:=-]*(?:is |was |in )*"
    rf"{_MONTH}[\s,]{{1,2}}(?:19|20)\d\d\b",
    re.IGNORECASE,
)


def _is_month(page: Page, word: str) -> bool:
    """Whether a word is a month, its short form, or a slip for one that is no word itself."""
    folded = word.lower()
    if folded in _MONTHS or folded in _SHORT:
        return True
    if len(folded) < 5 or folded in page.lists.ordinary or folded in page.lists.first:
        return False
    return any(folded[:2] == m[:2] and _differ_little(folded, m) for m in _MONTHS if len(m) > 4)


def _differ_little(typed: str, month: str) -> bool:
    """Whether two words hold nearly the same letters, in whatever order."""
    spare = list(month)
    missed = 0
    for letter in typed:
        if letter in spare:
            spare.remove(letter)
        else:
            missed += 1
    return missed + len(spare) <= 2


def _is_ambiguous(month: str) -> bool:
    return month.lower() in ("may", "march", "mar", "sun", "jan", "dec")


def _before(page: Page, start: int) -> str:
    return next((w.folded for w in reversed(page.words) if w.end <= start), "")


def _after(page: Page, end: int) -> str:
    return next((w.folded for w in page.words if w.start >= end), "")


def _is_day_first(page: Page, match: re.Match[str]) -> bool:
    if not 1 <= int(match["day"]) <= 31 or not _is_month(page, match["month"]):
        return False
    if match["ordinal"] or match["year"] or not _is_ambiguous(match["month"]):
        return _before(page, match.start()) not in page.lists.cues["before an age, not a day"] or bool(
            match["ordinal"] or match["year"]
        )
    return (
        _before(page, match.start()) not in page.lists.cues["before an age, not a day"]
        and _after(page, match.end()) not in page.lists.cues["after may, the verb"]
    )


def _is_month_first(page: Page, match: re.Match[str]) -> bool:
    if not 1 <= int(match["day"]) <= 31 or not _is_month(page, match["month"]):
        return False
    if match["ordinal"] or match["year"]:
        return True
    following = _after(page, match.end())
    counted = following and following[0].isalpha() and not page.plain[match.end() : match.end() + 1].strip()
    return _before(page, match.start()) in ("on", "born", "dob", "birthday", "is", "was") or not counted


def find(page: Page) -> Iterator[Mark]:
    """Yield each date that names a day. Whether it is a birthday or an incident, it identifies."""
    for match in _NUMBERS.finditer(page.plain):
        yield Mark(*match.span(), "DATE_OF_BIRTH", DATE)
    for match in _SAID.finditer(page.plain):
        yield Mark(*match.span(1), "DATE_OF_BIRTH", DATE)
    for match in _DAY_FIRST.finditer(page.plain):
        if _is_day_first(page, match):
            yield Mark(*match.span(), "DATE_OF_BIRTH", DATE)
    for match in _MONTH_FIRST.finditer(page.plain):
        if _is_month_first(page, match):
            yield Mark(*match.span(), "DATE_OF_BIRTH", DATE)
    for match in _MONTH_AND_YEAR.finditer(page.plain):
        if _is_month(page, match["month"]):
            yield Mark(match.start("month"), match.end(), "DATE_OF_BIRTH", DATE)
