"""Streets with a house number, and names of words alone where an address is given.

Not a detector by itself: `address` joins what is found here with flats, houses and sites.
"""

import re
from collections.abc import Iterator

from bot.anonymiser.detectors.street import (
    Part,
    follows,
    is_mistyped_type,
    is_rare,
    is_type,
    lived_before,
    with_direction,
)
from bot.anonymiser.page import Page
from bot.anonymiser.words import Word

_HOUSE = re.compile(r"\d{1,4}")
_SHORTEST_NAME = 5  # letters
_LONGEST_NAME = 4  # words between the number and the street type


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
            end = end if _is_plain(page, end) or lived_before(page, word.index) else None
        for finder in (_the_avenue, _the_moorings, _after_lives_at, _named_welsh, _while_living, _one_of_words):
            end = end if end is not None else finder(page, word, index)
        if end is not None:
            yield word.index, with_direction(page, end)
    yield from _numbered_in_words(page)


def _numbered_in_words(page: Page) -> Iterator[Part]:
    """Yield "twenty two acacia avenue", "at six park street"; "one dark street" is none."""
    units = page.lists.cues["units in words"]
    for word in page.words:
        tens = page.has_cue("tens in words", word.index)
        led = page.has_cue("tens in words", word.index - 1) or page.folded_at(word.index - 1) in ("at", "number", "no")
        if not (tens or (word.folded in units and led)):
            continue
        end = _street_end(page, word.index + 1)
        if end is None or not page.has_cue("streets said plainly", end):
            continue
        if not any(page.has_cue("before a street, not its name", i) for i in range(word.index + 1, end)):
            first = word.index - (not tens and page.has_cue("tens in words", word.index - 1))
            yield first, with_direction(page, end)


def _is_plain(page: Page, index: int) -> bool:
    return page.has_cue("streets said plainly", index) or page.folded_at(index) == "st"


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


def _goes_on(page: Page, index: int) -> bool:
    """Whether the next word is a street type too, as in "Mill Lane Close"."""
    following = page.at(index + 1)
    return following is not None and follows(following) and is_type(page, index + 1) and " " in following.gap


def _the_avenue(page: Page, house: Word, index: int) -> int | None:
    """Return the type in "14 The Avenue"; in small letters only where an address is awaited."""
    kind = page.at(index + 1)
    if kind is None or page.folded_at(index) != "the" or not page.has_cue("street types", kind.index):
        return None
    living = page.lists.cues["living words"] - {"at", "in", "home"}  # "at 4 the street was" is no address
    awaited = house.index == 0 or any(page.folded_at(house.index - back) in living for back in (1, 2))
    return kind.index if kind.gap == " " and (awaited or kind.capital) else None


def _the_moorings(page: Page, house: Word, index: int) -> int | None:
    """Return the last word of "lives at 2a the moorings": whatever is called the, where an address is given."""
    name = page.at(index + 1)
    if name is None or page.folded_at(index) != "the" or name.gap != " " or not name.is_letters:
        return None
    called = page.has_cue("called the after a number", name.index) or page.has_cue("places called the", name.index)
    if page.cased and name.capital and not page.is_kept(name):
        return name.index
    return name.index if (called or _is_given(page, house)) and not page.is_kept(name) else None


def _is_given(page: Page, house: Word) -> bool:
    """Whether an address is given just before a number: "lives at", "address is", "staying at no"."""
    before = house.index - 1
    if page.folded_at(before) in ("no", "number", "num"):
        before -= 1
    if page.folded_at(before) in ("at", "is"):
        return page.has_cue("giving an address", before - 1)
    return page.has_cue("giving an address", before)


def _one_of_words(page: Page, house: Word, index: int) -> int | None:
    """Return the last word of "lives at 7 larch", "number 9 harbour side", "to 12 waterside", of ordinary words."""
    name, after = page.at(index), page.at(index + 1)
    if name is None or not _may_name_a_street(page, name, True):
        return None
    if page.has_cue("after a number, no name", index) or page.has_cue("determiners", index):
        return None
    headings = ("ending a place of two words", "buildings", "closing a part of an address")
    two = after is not None and after.gap == " " and any(page.has_cue(heading, after.index) for heading in headings)
    placelike = name.folded.endswith(("side", "fields", "view", "gate", "field")) and len(name.folded) > _SHORTEST_NAME
    numbered = page.folded_at(house.index - 1) in ("no", "number", "num")
    if after is not None and two and (numbered or _is_given(page, house)):
        return after.index
    if page.is_kept(name):
        return None
    if placelike and page.folded_at(house.index - 1) in ("at", "to", "from", "outside", "in"):
        return index
    if page.has_cue("giving an address", house.index - 1) and not page.folded_at(house.index - 1).startswith("a"):
        return None  # "lived 7 miles"
    counted = name.folded.endswith("s") and house.text != "1"
    return index if _is_given(page, house) and not counted else None


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
    led = before in ("at", "to", "from", "outside", "near", "is") or page.has_cue("giving an address", house.index - 1)
    if led and name is not None and is_rare(page, name):
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
