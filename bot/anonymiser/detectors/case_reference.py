"""Case, crime and log numbers: what a cue word announces, and any long number."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import CASE_NUMBER, REMOVED
from bot.anonymiser.words import Mark, Word

_CODE = re.compile(r"(?=[^\s\[\]]*\d)[^\W_](?:[\w/.*-]*[^\W_])?")
_TOKEN = re.compile(r"(?<![\w£$€])[^\W_](?:[\w/.-]*[^\W_])?")
_SPACED = re.compile(r"(?<![\w£$€.,])\d{2,}(?:[ ]\d{2,}){1,5}(?![\w.,%])")
_YEARS = re.compile(r"(?:19|20)\d\d[/-](?:(?:19|20)\d\d|\d\d)")
_TIME = r"(?:[01]?\d|2[0-3])\.?[0-5]\d(?:am|pm|hrs)?"
_TIMES = re.compile(rf"{_TIME}-{_TIME}", re.IGNORECASE)
# What police add to the number of a log: "218 of the 6th", "0652 of today", "4471 of 9/3".
# What may go on behind the first part of a code: " / 2024 / 118", and behind "#" or ":" pairs, " 41 20".
_PARTS = re.compile(r"(?: ?[/*] ?[^\W_]*\d[^\W_]*)+(?![\w/])")
_PAIRS = re.compile(r"(?: \d{2}(?![\w.%:])){2,5}")
_LAST_LETTER = re.compile(r" [bd-hjlmo-qstvz](?![\w'])", re.IGNORECASE)
_INITIALS = re.compile(r"[^\W\d_]{1,5}(?:[-/][^\W\d_]{1,5})?(?: ?[/-] ?| |\. )(?=\d)")
# Of the family courts: "ZE26C00471", "ZE 26 C 00471".
_COURT = re.compile(r"(?<![^\W_])[a-z]{2} ?\d{2} ?[cfp] ?\d{5}(?!\w)", re.IGNORECASE)
_OF_A_DAY = re.compile(
    r" (?:of|from|dated) (?:the )?(?:today|yesterday|\d{1,2}(?:st|nd|rd|th)?(?![\w:])"
    r"(?:(?: of)?[ /.-]?(?:\d{1,2}\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*))?(?:[ /.-]\d{2,4}\b)?)",
    re.IGNORECASE,
)
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
        stops = r"[!?\n\[]" if page.folded_at(index - 1) in ("no", "num", "nr", "ref") else r"[!?\n\[]|\. "
        if after is None or after.is_placeholder or re.search(stops, after.gap):
            continue
        initials = after if _are_initials(page, after) else None
        match = _CODE.match(page.plain, _behind(page, initials) if initials else after.start)
        # Police number their logs anew each day: the log and its day together are one number.
        logged = _OF_A_DAY.match(page.plain, match.end()) if match else None
        spelt_out = index > word.index + 1 or bool(re.search(r"[:#=]", after.gap))
        if match and (logged or initials or _is_code(match[0], spelt_out)):
            named = page.has_cue("letters of a reference", word.index) and index == word.index + 1
            begins = word.start if named or logged else initials.start if initials else match.start()
            yield begins, logged.end() if logged else _end(page, match, spelt_out, initials is not None)


def _are_initials(page: Page, word: Word) -> bool:
    """Whether a short word behind "ref" belongs to the number that follows it: "ref CSC 3391877"."""
    joined = _INITIALS.match(page.plain, word.start)
    if not word.is_letters or joined is None or page.plain[word.start - 1 : word.start].isdigit():
        return False
    number = re.match(r"\d+", page.plain[joined.end() :])
    if number is None or len(number[0]) < 3 or _is_year(number[0]):
        return page.folded_at(word.index) in page.lists.cues["letters of a reference"] and " / " in joined[0]
    shouted = word.text.isupper() and (page.cased or not page.evidence(word).ordinary)
    return shouted or not page.evidence(word).ordinary or page.has_cue("letters of a reference", word.index)


def _behind(page: Page, word: Word) -> int:
    joined = _INITIALS.match(page.plain, word.start)
    return joined.end() if joined else word.end


def _is_year(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", text) is not None


def _end(page: Page, match: re.Match[str], spelt_out: bool, has_initials: bool) -> int:
    """Return where a code ends, with the parts that are set apart from it."""
    end = match.end()
    more = _PARTS.match(page.plain, end) or (_PAIRS.match(page.plain, end) if spelt_out else None)
    end = more.end() if more else end
    last = _LAST_LETTER.match(page.plain, end) if has_initials else None
    return last.end() if last else end


def _with_letters(page: Page, start: int) -> int:
    """Return where a number begins whose letters stand apart: "EHM 40172"."""
    at = next((w.index for w in page.words if w.start == start), 0)
    before = page.at(at - 1)
    apart = before is not None and page.words[at].gap == " " and page.has_cue("letters of a reference", at - 1)
    return before.start if before is not None and apart else start


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
            yield Mark(_with_letters(page, match.start()), match.end(), "CASE_REF", CASE_NUMBER)
    for match in _COURT.finditer(page.plain):
        yield Mark(*match.span(), "CASE_REF", CASE_NUMBER)
    for match in _SPACED.finditer(page.plain):
        if _digits(match[0]) > _ENOUGH:
            yield Mark(*match.span(), "OTHER", REMOVED)
