"""What any part of an address is told by: street types, living words, what stands in a row.

Not a detector by itself: the files that find streets, buildings and dwellings ask it.
"""

import re

from bot.anonymiser.page import Page
from bot.anonymiser.slips import slips_of
from bot.anonymiser.words import Word

type Part = tuple[int, int]  # the first and the last word of a part of an address

IN_A_ROW = re.compile(r" ?, ?| ?\n|,? ?- ")  # between the parts of an address
LONGEST_SEGMENT = 5  # words between two commas of an address
_NO_SEGMENT = ("never part of a street", "before a street, near or on it", "said verbs", "third person verbs")
_BETWEEN = re.compile(r" {0,2}|-|\. |'")
_AFTER_NUMBER = re.compile(r"[ ,]{0,3}|-")
_LIVING_NEAR = 5  # words between "lives" and the number


def follows(word: Word | None, after_number: bool = False) -> bool:
    """Say whether a word goes on from the one before, with no more than a blank or a hyphen between."""
    gap = _AFTER_NUMBER if after_number else _BETWEEN
    return word is not None and not word.is_placeholder and gap.fullmatch(word.gap) is not None


def is_type(page: Page, index: int) -> bool:
    """Say whether the word at an index is a street type, also one that is used only behind a number."""
    return page.has_cue("street types", index) or page.has_cue("street types after a number", index)


def is_rare(page: Page, word: Word | None) -> bool:
    """Say whether a word is in no dictionary and is not kept."""
    return word is not None and word.is_letters and not page.evidence(word).ordinary and not page.is_kept(word)


def lived_before(page: Page, index: int) -> bool:
    """Say whether somebody lives or moves, or an address is given, shortly before the word at an index."""
    return any(leads(page, i, "living beforehand") for i in range(index - _LIVING_NEAR, index))


def leads(page: Page, index: int, heading: str) -> bool:
    """Say whether a word is in a section of the cues, or no word at all and one slip away from one of it."""
    word = page.at(index)
    if word is None or page.has_cue(heading, index):
        return word is not None
    if len(word.folded) < 3 or not word.is_letters or page.evidence(word).ordinary or page.is_kept(word):
        return False
    named = page.evidence(word).first or page.evidence(word).last
    return not named and word.folded in slips_of(page.lists.cues[heading])


def segment_after(page: Page, index: int, in_a_row: bool = True) -> int | None:
    """Return the last word of a segment from `index` on that closes with a street type or a building."""
    first = page.at(index)
    if first is None or (in_a_row and not IN_A_ROW.fullmatch(first.gap)):
        return None
    for i in range(index, index + LONGEST_SEGMENT):
        word = page.at(i)
        if word is None or not (word.is_letters or i == index) or (i > index and not follows(word)):
            return None
        if word.is_placeholder or word.folded in page.lists.roles or any(page.has_cue(h, i) for h in _NO_SEGMENT):
            return None
        closes = is_type(page, i) or page.has_cue("buildings", i) or is_mistyped_type(page, word)
        closes = closes or page.has_cue("closing a part of an address", i)
        more = page.at(i + 1)
        if closes and i > index and not (follows(more) and (is_type(page, i + 1) or page.has_cue("buildings", i + 1))):
            return i
    return None


def with_direction(page: Page, last: int) -> int:
    """Return the last word of a street, with the point of the compass that may follow it."""
    follow = page.at(last + 1)
    return last + 1 if follows(follow) and page.folded_at(last + 1) in ("north", "south", "east", "west") else last


def is_mistyped_type(page: Page, word: Word | None) -> bool:
    """Say whether a word is no English one, and a slip away from "road", "street", "avenue"."""
    if word is None or len(word.folded) < 4 or page.evidence(word).ordinary or page.is_kept(word):
        return False
    return word.folded in slips_of(page.lists.cues["streets plain enough without a number"], 4)


def names_a_school(page: Page, index: int) -> bool:
    """Say whether a school type stands at an index, as behind "meadow lane primary"."""
    if page.folded_at(index) in ("and", "of", "day", "form", "free", "high", "pre"):
        return False
    return page.has_cue("school types", index) or page.has_cue("school middle words", index)
