"""Streets with a house number, and what any part of an address is told by.

Not a detector by itself: `address` joins what is found here with flats, houses and sites.
"""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.slips import slips_of
from bot.anonymiser.words import Word

type Part = tuple[int, int]  # the first and the last word of a part of an address

_HOUSE = re.compile(r"\d{1,4}")
_BETWEEN = re.compile(r" {0,2}|-|\. |'")
_AFTER_NUMBER = re.compile(r"[ ,]{0,3}|-")
_SHORTEST_NAME = 5  # letters
_LONGEST_NAME = 4  # words between the number and the street type
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


def with_direction(page: Page, last: int) -> int:
    """Return the last word of a street, with the point of the compass that may follow it."""
    follow = page.at(last + 1)
    return last + 1 if follows(follow) and page.folded_at(last + 1) in ("north", "south", "east", "west") else last


def _street_end(page: Page, index: int) -> int | None:
    """Return the street type that closes a street name beginning at `index`, if there is one."""
    for i in range(index, index + _LONGEST_NAME + 1):
        word = page.at(i)
        if not _may_name_a_street(page, word, i == index):
            return None
        closes = is_type(page, i) or is_mistyped_type(page, word)
        if closes and i > index and not _goes_on(page, i):
            return i
    return None


def _may_name_a_street(page: Page, word: Word | None, after_number: bool = False) -> bool:
    if word is None or not word.is_letters or not follows(word, after_number):
        return False
    return not page.has_cue("never part of a street", word.index)


def is_mistyped_type(page: Page, word: Word | None) -> bool:
    """Say whether a word is no English one, and a slip away from "road", "street", "avenue"."""
    if word is None or len(word.folded) < 4 or page.evidence(word).ordinary or page.is_kept(word):
        return False
    return word.folded in slips_of(page.lists.cues["streets plain enough without a number"], 4)


def _goes_on(page: Page, index: int) -> bool:
    """Whether the next word is a street type too, as in "Mill Lane Close"."""
    following = page.at(index + 1)
    return following is not None and follows(following) and is_type(page, index + 1) and " " in following.gap


def numbered_streets(page: Page) -> Iterator[Part]:
    """Yield "49b Cemetery Road", "lives at 14 Sandpiper", "12 Maes yr Haf"."""
    for word in page.words:
        if not _HOUSE.fullmatch(word.text) or page.has_cue("numbers that are no house", word.index - 1):
            continue
        index = word.index + 1
        following = page.at(index)
        if following and following.is_letters and len(following.text) == 1 and following.gap in ("", " "):
            index += 1  # 49b, 49 B
        end = _street_end(page, index)
        if end is not None and page.has_cue("never the name of a street", end - 1) and end - 1 == index:
            end = end if page.has_cue("streets said plainly", end) or lived_before(page, word.index) else None
        for finder in (_the_avenue, _after_lives_at, _named_welsh, _while_living):
            end = end if end is not None else finder(page, word, index)
        if end is not None:
            yield word.index, with_direction(page, end)


def _the_avenue(page: Page, house: Word, index: int) -> int | None:
    """Return the type in "14 The Avenue"; in small letters only where an address is awaited."""
    kind = page.at(index + 1)
    if kind is None or page.folded_at(index) != "the" or not page.has_cue("street types", kind.index):
        return None
    living = page.lists.cues["living words"] - {"at", "in", "home"}  # "at 4 the street was" is no address
    awaited = house.index == 0 or any(page.folded_at(house.index - back) in living for back in (1, 2))
    return kind.index if kind.gap == " " and (awaited or kind.capital) else None


def _after_lives_at(page: Page, house: Word, index: int) -> int | None:
    """Return the one word after "lives at 14" or "address 14", where it is not a thing that is counted."""
    before, earlier, name = page.folded_at(house.index - 1), page.folded_at(house.index - 2), page.at(index)
    lived = before in ("at", "is") and page.has_cue("living words", house.index - 2)
    if not (lived or before in ("number", "address")) or name is None or not _may_name_a_street(page, name):
        return None
    if name.folded == "the" and "address" in (before, earlier):
        index += 1
    return index if is_rare(page, name) or "address" in (before, earlier) else None


def _named_welsh(page: Page, house: Word, index: int) -> int | None:
    """Return the last word of "5 Heol y Bryn", whose type comes first."""
    name = page.at(index + 1)
    small = page.has_cue("small words inside a name", index + 1) and is_rare(page, page.at(index + 2))
    if not page.has_cue("street types that come first", index) or not (small or _may_name_a_street(page, name)):
        return None
    return _name_end(page, index + 1)


def _while_living(page: Page, house: Word, index: int) -> int | None:
    """Return the last word of a name behind "moved out to 8": a building, or words that are in no dictionary."""
    before, name = page.folded_at(house.index - 1), page.at(index)
    if before in ("at", "to", "from", "outside", "near", "is") and name is not None and is_rare(page, name):
        endings = tuple(page.lists.cues["endings of places"])
        if name.folded.endswith((*endings, "way")) and len(name.folded) > _SHORTEST_NAME and follows(name, True):
            return index  # "at 31a kingsway"
    if before not in ("to", "at", "is", "in") or not lived_before(page, house.index):
        return None
    for i in range(index, index + _LONGEST_NAME):
        if not _may_name_a_street(page, page.at(i), i == index):
            break
        if i > index and page.has_cue("buildings", i):
            return i
    return _name_end(page, index) if is_rare(page, page.at(index)) else None


def _name_end(page: Page, index: int) -> int:
    """Return the last of the words in no dictionary from `index` on, with the small words between them."""
    last = index
    for i in range(index + 1, index + _LONGEST_NAME):
        word = page.at(i)
        if not follows(word):
            break
        if is_rare(page, word):
            last = i
        elif not page.has_cue("small words inside a name", i):
            break
    return last
