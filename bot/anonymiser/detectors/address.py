"""Addresses: number and street, flats, and a street without a number where it has a name."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import ADDRESS
from bot.anonymiser.wordlists import one_slip
from bot.anonymiser.words import Mark, Word

_FLAT = re.compile(r"\b(?:flat|apartment|apt)\.? ?(?:no\.? ?)?\d{1,4} ?[a-z]?\b(?!')", re.IGNORECASE)
_HOUSE = re.compile(r"\d{1,4}")
_BETWEEN = re.compile(r" {0,2}|-|\. |'")
_AFTER_NUMBER = re.compile(r"[ ,]{0,3}|-")
_LONGEST_NAME = 4  # words between the number and the street type


def _follows(word: Word | None, after_number: bool = False) -> bool:
    gap = _AFTER_NUMBER if after_number else _BETWEEN
    return word is not None and not word.is_placeholder and gap.fullmatch(word.gap) is not None


def _street_end(page: Page, index: int) -> Word | None:
    """Return the street type that closes a street name beginning at `index`, if there is one."""
    for i in range(index, index + _LONGEST_NAME + 1):
        word = page.at(i)
        if not _may_name_a_street(page, word, i == index):
            return None
        closes = page.has_cue("street types", i) or _is_mistyped_type(page, word)
        if closes and i > index and not _goes_on(page, i):
            return word
    return None


def _may_name_a_street(page: Page, word: Word | None, after_number: bool = False) -> bool:
    if word is None or not word.is_letters or not _follows(word, after_number):
        return False
    return not page.has_cue("never part of a street", word.index)


def _is_mistyped_type(page: Page, word: Word) -> bool:
    """Whether a word is no English one, and a slip away from "road", "street", "avenue"."""
    if len(word.folded) < 4 or page.evidence(word).ordinary or page.is_kept(word):
        return False
    plain = page.lists.cues["streets plain enough without a number"]
    return any(len(near) > 3 and near in plain for near in one_slip(word.folded))


def _goes_on(page: Page, index: int) -> bool:
    """Whether the next word is a street type too, as in "Mill Lane Close"."""
    following = page.at(index + 1)
    return _follows(following) and page.has_cue("street types", index + 1) and " " in following.gap


def _numbered(page: Page) -> Iterator[tuple[int, int]]:
    """Yield "49b Cemetery Road" and "lives at 14 Sandpiper"."""
    for word in page.words:
        if not _HOUSE.fullmatch(word.text):
            continue
        index = word.index + 1
        following = page.at(index)
        if following and following.is_letters and len(following.text) == 1 and following.gap in ("", " "):
            index += 1  # 49b, 49 B
        end = _street_end(page, index) or _the_avenue(page, word, index) or _after_lives_at(page, word, index)
        if end:
            yield _with_flat(page, word), end.end


def _the_avenue(page: Page, house: Word, index: int) -> Word | None:
    """Return the type in "14 The Avenue"; in small letters only where an address is awaited."""
    kind = page.at(index + 1)
    if kind is None or page.folded_at(index) != "the" or not page.has_cue("street types", kind.index):
        return None
    living = page.lists.cues["living words"] - {"at", "in", "home"}  # "at 4 the street was" is no address
    awaited = house.index == 0 or any(page.folded_at(house.index - back) in living for back in (1, 2))
    return kind if kind.gap == " " and (awaited or kind.capital) else None


def _after_lives_at(page: Page, house: Word, index: int) -> Word | None:
    """Return the one word after "lives at 14" or "address 14", where it is not a thing that is counted."""
    before, earlier, name = page.folded_at(house.index - 1), page.folded_at(house.index - 2), page.at(index)
    lived = before in ("at", "is") and page.has_cue("living words", house.index - 2)
    if not (lived or before in ("number", "address")) or name is None or not _may_name_a_street(page, name):
        return None
    rare = not page.evidence(name).ordinary and not page.is_kept(name)
    return name if rare or "address" in (before, earlier) else None


def _with_flat(page: Page, house: Word) -> int:
    """Return where the address begins: at "Flat 17" if it stands before the house number."""
    start = house.index
    for back in (1, 2, 3):
        if page.folded_at(house.index - back) in ("flat", "apartment", "apt", "unit", "house"):
            start = house.index - back
    return page.words[start].start


def _flats(page: Page) -> Iterator[tuple[int, int]]:
    for match in _FLAT.finditer(page.plain):
        yield match.span()


def _unnumbered(page: Page) -> Iterator[tuple[int, int]]:
    """Yield "on Copthorne Drive" by its capitals, "lives on copthorne drive" by the words before."""
    for word in page.words:
        if not page.has_cue("street types", word.index) or word.index == 0 or word.gap not in (" ", "-"):
            continue
        start = _capitals_before(page, word) if word.capital or page.cased else None
        if start is None and page.has_cue("streets plain enough without a number", word.index):
            start = _small_name_before(page, word)
        if start is not None:
            yield page.words[start].start, word.end


def _capitals_before(page: Page, word: Word) -> int | None:
    if not (page.cased and word.capital):
        return None
    start = word.index
    while start > 0 and page.words[start].gap in (" ", "-"):
        before = page.words[start - 1]
        plain = page.has_cue("before a street, not its name", before.index)
        if not (before.is_letters and before.capital) or page.is_kept(before) or (plain and before.opens):
            break
        start -= 1
    return start if start < word.index and not page.words[start].opens else None


def _small_name_before(page: Page, word: Word) -> int | None:
    name = page.words[word.index - 1]
    if not name.is_letters or page.is_kept(name) or page.has_cue("before a street, not its name", name.index):
        return None
    start = name.index
    for back in (1, 2):
        before = page.folded_at(name.index - back)
        lived = page.has_cue("living words", name.index - back - 1)
        if before in page.lists.cues["before a street"] and (lived or not page.evidence(name).ordinary):
            return start
        earlier = page.at(name.index - back)
        if earlier is None or not _may_name_a_street(page, earlier) or page.is_kept(earlier):
            return None
        if page.has_cue("before a street, not its name", earlier.index):
            return None
        start = earlier.index
    return None


def find(page: Page) -> Iterator[Mark]:
    """Yield each address."""
    for finder in (_numbered, _flats, _unnumbered):
        for start, end in finder(page):
            yield Mark(start, end, "ADDRESS", ADDRESS)
