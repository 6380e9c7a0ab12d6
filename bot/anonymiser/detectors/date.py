"""Full dates, and days with a month. Months, weekdays, years, ages and times stay.

A date of birth is shown as an age band, any other day by how long ago it is. What cannot be told is taken
out all the same.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

from bot.anonymiser import days
from bot.anonymiser.day_cues import WEEKDAY, Beside, are_joined
from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import DATE, born, dated
from bot.anonymiser.spelt_days import Spelt, spelt_days
from bot.anonymiser.words import Mark

_YOUNGEST_BY_BIRTHDAY = 3  # years: a later day is more often that of a party than of a birth
# Beside "2 weeks ago" the weekday would give the day away.
_WEEKDAY_BEFORE = re.compile(rf"\b(?:(?:last|this|next)\s)?{WEEKDAY}[\s,]{{1,2}}(?:the\s)?$", re.IGNORECASE)
_WEEKDAY_AFTER = re.compile(rf"(?:,\s?|\s)(?:{WEEKDAY}\b|\((?:a\s)?{WEEKDAY}\))", re.IGNORECASE)
# What may stand between a child and a date of birth: "Kian Walsh, 12/03/2014", "[child] (12.3.14)".
_BESIDE_A_CHILD = re.compile(r"\s?(?:[,:|-]\s?)?(?P<bracket>[(\[]\s?)?")
_ONE_OF_OURS = ("[child", "[sibli")
_GROWN = 18  # years: of an older day it is not said whose birth it might be
_NO_BIRTH_BEFORE = ("by", "from", "with", "to", "per", "via", "worker", "court", "v", "saw", "met", "told")
_FAR = 20  # characters that a weekday may take


def find(page: Page) -> Iterator[Mark]:
    """Yield each date that names a day. Whether it is a birthday or an incident, it identifies."""
    on = page.seen.on
    births_end = -1
    for spelt in spelt_days(page):
        start, end = spelt.start, spelt.end
        shown = DATE
        if on is not None:
            around = _with_its_weekday(page.plain, spelt)
            beside = Beside(page.plain, *around)
            is_birth = not spelt.day or beside.is_birth() or _stands_beside_a_child(page, spelt, on)
            is_birth = is_birth or (births_end > 0 and are_joined(page.plain, births_end, start))
            shown = _told(spelt, beside, is_birth, on)
            births_end = end if is_birth else -1
            if shown != DATE:
                start, end = around
        yield Mark(start, end, "DATE_OF_BIRTH", shown)


def _told(spelt: Spelt, beside: Beside, is_birth: bool, on: date) -> str:
    if beside.is_expected_birth():
        day = spelt.meant(on, coming=True)
        return dated(day and days.told_by_month(day, on))
    birth = spelt.born(on)
    if is_birth:
        return born(birth and days.band(birth, on))
    if beside.is_birthday():
        grown = birth is not None and days.age_on(birth, on) >= _YOUNGEST_BY_BIRTHDAY
        return born(days.band(birth, on) if grown and not beside.is_one_birthday() else None)
    if birth is not None and beside.age_fits(birth, on):
        return born(days.band(birth, on))
    day = spelt.meant(on, beside.is_coming())
    return dated(day and days.told(day, on))


def _stands_beside_a_child(page: Page, spelt: Spelt, on: date) -> bool:
    """Whether a full date right behind a child's name or placeholder could be the birth of that child."""
    birth = spelt.born(on)
    if birth is None or not 1 <= days.age_on(birth, on) <= _GROWN:
        return False
    word = page.at(bisect_right(page.words, spelt.start, key=lambda w: w.end) - 1)
    between = _BESIDE_A_CHILD.fullmatch(page.plain, word.end, spelt.start) if word else None
    if word is None or between is None:
        return False
    if word.is_placeholder:
        return word.text.lower().startswith(_ONE_OF_OURS)
    index = word.index
    if between["bracket"] and page.kin_role(index) in ("child", "sibling"):
        return True
    if not page.is_plainly_a_name(word):
        earlier = page.at(index - 1)
        is_surname = earlier is not None and not word.gap.strip() and page.is_plainly_a_name(earlier)
        if not (is_surname and page.may_be_a_name(word)):
            return bool(between["bracket"]) and page.may_be_a_name(word) and not page.evidence(word).ordinary
        index -= 1
    before = page.folded_at(index - 1)
    return before not in _NO_BIRTH_BEFORE and before not in page.lists.cues["titles"]


def _with_its_weekday(text: str, spelt: Spelt) -> tuple[int, int]:
    before = _WEEKDAY_BEFORE.search(text, max(0, spelt.start - _FAR), spelt.start)
    after = None if before else _WEEKDAY_AFTER.match(text, spelt.end)
    return (before.start() if before else spelt.start), (after.end() if after else spelt.end)
