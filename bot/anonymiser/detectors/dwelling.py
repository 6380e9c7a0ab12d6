"""Dwellings: flats, blocks and plots, houses that have a name, sites and small places.

Not a detector by itself: `address` joins what is found here with streets. A part that identifies nobody
alone ("room 14", "unit 5") is only `leading`: it counts once an address follows it.
"""

from collections.abc import Iterator

from bot.anonymiser.detectors.building import given_houses, named_buildings
from bot.anonymiser.detectors.street import Part, follows, is_rare, leads, segment_after
from bot.anonymiser.page import Page
from bot.anonymiser.words import Word

_LONGEST_NUMBER = 4  # digits
_LONGEST_SITE = 3  # words of the name of a site
_FLATS = ("flat", "apartment", "apt", "flt", "fl")


def dwellings(page: Page) -> Iterator[Part]:
    """Yield each dwelling or place that identifies by itself."""
    for finder in (
        _flats,
        _old_houses,
        named_buildings,
        given_houses,
        _sites,
        _places_called_the,
        _pubs,
        _villages,
        _plots,
    ):
        yield from finder(page)


def leading(page: Page) -> Iterator[Part]:
    """Yield "block c", "room 6", "pitch 4", "basement flat", "flat b": what may stand in front of an address."""
    for word in page.words:
        after = page.at(word.index + 1)
        if word.folded in _FLATS and leads(page, word.index - 1, "in front of flat") and follows(word):
            floor = page.folded_at(word.index - 1) == "floor" and page.has_cue("in front of flat", word.index - 2)
            yield word.index - 1 - floor, word.index
        if not (page.has_cue("in front of an address", word.index) or word.folded in _FLATS):
            continue
        if after is not None and after.gap in (" ", "") and (after.text.isdigit() or len(after.text) == 1):
            yield word.index, _with_letter(page, after)
        elif word.folded in ("flat", "room") and page.has_cue("over or behind a shop", word.index + 1):
            yield word.index, word.index


def _with_letter(page: Page, number: Word) -> int:
    """Return the last word of "3b", "12 B": the number, and a letter that belongs to it."""
    letter = page.at(number.index + 1)
    alone = letter is not None and letter.is_letters and len(letter.text) == 1 and letter.folded not in ("a", "i")
    glued = letter is not None and letter.gap == "" and letter.is_letters and len(letter.text) == 1
    return number.index + 1 if glued or (alone and letter is not None and letter.gap == " ") else number.index


def _flats(page: Page) -> Iterator[Part]:
    """Yield "flat 3b", "apt. no 12"."""
    for word in page.words:
        if word.folded not in _FLATS or word.possessive:
            continue
        index = word.index + 1
        index += page.folded_at(index) in ("no", "number", "num")
        number = page.at(index)
        if number is None or not number.text.isdigit() or len(number.text) > _LONGEST_NUMBER:
            continue
        if number.gap in ("", " ", ". ", ".") and page.plain[number.end : number.end + 1] != "'":
            yield word.index, _block(page, _with_letter(page, number))


def _block(page: Page, last: int) -> int:
    """Return the last word of the block that follows a flat with no comma: "flat 4 regent point", "7 the foundry"."""
    first = page.at(last + 1)
    if first is None or first.gap != " ":
        return last
    named = page.at(last + 2)
    if first.folded == "the" and named is not None and named.gap == " ":
        called = page.has_cue("called the after a number", named.index) or page.has_cue(
            "places called the", named.index
        )
        return named.index if called or (named.capital and page.cased) else last
    closing = segment_after(page, last + 1, in_a_row=False)
    return last if closing is None else closing


def _old_houses(page: Page) -> Iterator[Part]:
    """Yield "the old vicarage", "the old signal box"."""
    for phrase in page.phrases(page.lists.cue_phrases["old houses"]):
        first = phrase[0].index
        if page.folded_at(first - 1) == "old" and page.folded_at(first - 2) == "the":
            yield first - 2, phrase[-1].index


def _sites(page: Page) -> Iterator[Part]:
    """Yield "at sandy gulls holiday park"; "the caravan site" has no name."""
    for phrase in page.phrases(page.lists.cue_phrases["sites"]):
        start = phrase[0].index
        for _ in range(_LONGEST_SITE):
            before = page.at(start - 1)
            if before is None or not before.is_letters or not follows(page.words[start]) or not _may_name(page, before):
                break
            start -= 1
        led = page.has_cue("before a street, near or on it", start - 1) or page.has_cue("living words", start - 1)
        led = led or page.folded_at(start - 1) in ("is", "called") or page.words[start - 1].text.isdigit()
        rare = any(is_rare(page, page.words[i]) for i in range(start, phrase[0].index))
        if start < phrase[0].index and (led or rare):
            unit = page.words[start - 1].text.isdigit() and page.has_cue("in front of an address", start - 2)
            yield start - 2 * unit, phrase[-1].index


def _may_name(page: Page, word: Word) -> bool:
    if page.is_kept(word) or page.has_cue("before a street, near or on it", word.index):
        return False
    stops = ("before a street, not its name", "never part of a street", "determiners", "living words")
    return not any(page.has_cue(heading, word.index) for heading in stops)


def _places_called_the(page: Page) -> Iterator[Part]:
    """Yield "from the grange", "near the saltings"."""
    for word in page.words:
        if not page.has_cue("places called the", word.index) or page.folded_at(word.index - 1) != "the":
            continue
        if leads(page, word.index - 2, "before a place called the") and word.gap == " ":
            estate = page.has_cue("buildings", word.index + 1) and follows(page.at(word.index + 1))
            yield word.index - 1, word.index + estate


def _pubs(page: Page) -> Iterator[Part]:
    """Yield "the red lion"."""
    for phrase in page.phrases(page.lists.cue_phrases["pubs"]):
        if page.folded_at(phrase[0].index - 1) == "the":
            yield phrase[0].index - 1, phrase[-1].index


def _villages(page: Page) -> Iterator[Part]:
    """Yield "in nether wrexby": a word that names villages, then one that is in no dictionary."""
    for word in page.words:
        name = page.at(word.index + 1)
        if not page.has_cue("before the name of a village", word.index) or not follows(name) or name is None:
            continue
        listed = page.evidence(name).first or page.evidence(name).rare_first
        if name.possessive or not is_rare(page, name) or page.is_slip(name) or len(name.folded) < 5 or listed:
            continue
        if page.folded_at(word.index - 1) in ("in", "from", "to", "near", "at", "outside", "of", "around"):
            yield word.index, name.index


def _plots(page: Page) -> Iterator[Part]:
    """Yield "plot 11, marshgate": the number of a plot and one name that is no word."""
    for word in page.words:
        if word.folded not in ("plot", "pitch", "caravan", "chalet", "berth", "mooring", "unit", "lot"):
            continue
        number, name = page.at(word.index + 1), page.at(word.index + 2)
        if number is None or name is None or not number.text.isdigit() or name.gap not in (" ", ", "):
            continue
        if is_rare(page, name) and not page.is_slip(name) and not page.evidence(name).first:
            yield word.index, name.index
