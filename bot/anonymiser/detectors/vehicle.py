"""Vehicle registrations: the present style anywhere, older styles where a vehicle is spoken of."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import VEHICLE
from bot.anonymiser.words import Mark

_PRESENT = re.compile(r"(?<![^\W_])([A-Z]{2})([ -]?)([0-9OI]{2})([ -]?)([A-Z]{3})(?![^\W_])", re.IGNORECASE)
_OLDER = re.compile(
    r"(?<![^\W_])(?:[A-Z]\d{1,3}[ -]?[A-Z]{3}|[B-HJ-Z] \d{1,3} [A-Z]{3}|[A-Z]{3}[ -]?\d{1,3}[ -]?[A-Z]"
    r"|[A-Z]{2,3}[ -]?\d{3,4}|\d{1,4}[ -]?[A-Z]{2,3})(?![^\W_])",
    re.IGNORECASE,
)
# Older ones with letters that make no word: a letter for the year at either end, or a plate of Northern Ireland.
_TELLING = re.compile(
    r"[A-Z]\d{1,3} ?([A-Z]{3})|([A-Z]{3}) ?\d{2,3} ?[A-Z]|([A-Z]{1,2}[IZ][A-Z]?) ?\d{4}", re.IGNORECASE
)
_YEARS_AND_SECTIONS = re.compile(r"y1?\d |[sk]\d|p[1-7] |c[1-4] |s(?:17|20|47)", re.IGNORECASE)
_LONGEST_LEAD = 3  # words of "getting out of"
_NEAR = 7  # words between the vehicle and its number


def _speaks_of_a_vehicle(page: Page, start: int) -> bool:
    before = [w for w in page.words if w.start < start][-_NEAR:]
    near = before + [w for w in page.words if w.start >= start][: _NEAR - 2]
    if any(w.folded in page.lists.cues["vehicle words"] for w in near):
        return True
    last = tuple(w.folded for w in before[-_LONGEST_LEAD:])
    phrases = page.lists.cue_phrases["leading to a plate"]
    return any(last[-len(phrase) :] == phrase for word in last for phrase in phrases.get(word, ()))


def _is_an_ordinary_word(page: Page, letters: str) -> bool:
    return letters.lower() in page.lists.ordinary or letters.lower() in page.lists.keep


def _is_present_style(page: Page, match: re.Match[str]) -> bool:
    """Whether it is one: "yr10 and", "no 12 the" have the shape and are none."""
    area, first_gap, year, second_gap, letters = match.groups()
    if not any(c.isdigit() for c in year):
        return False
    wordlike = _is_an_ordinary_word(page, letters)
    if area.lower() in page.lists.cues["never the beginning of a plate"] and wordlike and (first_gap or second_gap):
        return False
    if (match[0].isupper() and page.cased) or not (first_gap or second_gap or not year.isdigit()):
        return True
    if not wordlike or _speaks_of_a_vehicle(page, match.start()):
        return year.isdigit() or not wordlike
    return not (first_gap or letters.lower() in page.lists.cues["never the end of a plate"])


def _is_older_style(page: Page, match: re.Match[str]) -> bool:
    letters = re.findall(r"[^\W\d_]+", match[0])
    if any(len(part) > 1 and _is_an_ordinary_word(page, part) for part in letters):
        return False
    if _speaks_of_a_vehicle(page, match.start()):
        return True
    if _YEARS_AND_SECTIONS.match(match[0]) or not _TELLING.fullmatch(match[0]):
        return False
    code = next(part.lower() for part in letters if len(part) > 1)
    shouted = match[0].isupper() and page.cased
    return shouted or not set(code) & set("aeiou") or sum(c.isdigit() for c in match[0]) > 2


def find(page: Page) -> Iterator[Mark]:
    """Yield each registration. "yr10 and" and "Y6 boy" have the shape of one and are left alone."""
    for match in _PRESENT.finditer(page.plain):
        if _is_present_style(page, match):
            yield Mark(*match.span(), "VEHICLE", VEHICLE)
    for match in _OLDER.finditer(page.plain):
        if _is_older_style(page, match):
            yield Mark(*match.span(), "VEHICLE", VEHICLE)
