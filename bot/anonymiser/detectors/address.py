"""Addresses: streets, flats, houses with a name and sites, joined to one where they stand in a row."""

from collections.abc import Iterator

from bot.anonymiser.detectors.dwelling import dwellings, leading
from bot.anonymiser.detectors.numbered_street import numbered_streets
from bot.anonymiser.detectors.street import (
    IN_A_ROW,
    LONGEST_SEGMENT,
    follows,
    is_rare,
    leads,
    segment_after,
    with_direction,
)
from bot.anonymiser.detectors.unnumbered_street import unnumbered_streets
from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import ADDRESS
from bot.anonymiser.words import Mark

_LONGEST_SHOP = 4


def find(page: Page) -> Iterator[Mark]:
    """Yield each address. "the main road", "room 14" and "a flat above a shop" are none."""
    fronts = dict(sorted((last, first) for first, last in leading(page)))
    for first, last in (*numbered_streets(page), *unnumbered_streets(page), *dwellings(page)):
        start, end = _upwards(page, fronts, first), _onwards(page, last)
        yield Mark(page.words[start].start, page.words[end].end, "ADDRESS", ADDRESS)
    for last, first in fronts.items():
        onwards = _onwards(page, last)
        if onwards > last:
            yield Mark(page.words[_upwards(page, fronts, first)].start, page.words[onwards].end, "ADDRESS", ADDRESS)


def _onwards(page: Page, last: int) -> int:
    """Return the last word of an address, with the segments that follow: ", Nightingale Quarters", ", Ings Road"."""
    while True:
        segment = segment_after(page, last + 1)
        if segment is None:
            return _with_village(page, _with_site(page, last))
        last = with_direction(page, segment)


def _with_site(page: Page, last: int) -> int:
    """Return the last word of "larch grove caravan site"."""
    for phrase in page.phrases(page.lists.cue_phrases["sites"]):
        if phrase[0].index == last + 1 and follows(phrase[0]):
            return phrase[-1].index
    return last


def _with_village(page: Page, last: int) -> int:
    """Return the last word of ", little thornby" behind an address: a word of villages and one in no dictionary."""
    first, name = page.at(last + 1), page.at(last + 2)
    if first is None or not IN_A_ROW.fullmatch(first.gap):
        return last
    if page.has_cue("before the name of a village", first.index) and name is not None and name.gap == " ":
        return name.index if is_rare(page, name) else last
    listed = page.evidence(first).first or page.evidence(first).rare_first
    ends = first.folded.endswith(("by", "ham", "ton", "thorpe", "ford", "worth", "ley", "wick", "bury", "field"))
    return first.index if ends and is_rare(page, first) and not listed and not page.is_slip(first) else last


def _upwards(page: Page, fronts: dict[int, int], first: int) -> int:
    """Return the first word of an address, with what stands before it: "Flat 2, above the chip shop,"."""
    while True:
        before = _front(page, fronts, first)
        if before is None:
            before = _house_before(page, first)
        if before is None:
            before = _shop_before(page, fronts, first)
        if before is None:
            return first
        first = before


def _front(page: Page, fronts: dict[int, int], first: int) -> int | None:
    """Return where "flat 3," or "pitch 4" begins, if it ends just before `first`."""
    gap = page.words[first].gap
    if page.words[first].text.isdigit() and page.has_cue("in front of an address", first - 1) and gap == " ":
        return first - 1  # "pitch 4 hollow lane", where the number counts twice
    if gap == "/" and first > 0 and page.words[first - 1].text.isdigit():
        return first - 1  # "19/4 bruce street"
    return fronts.get(first - 1) if gap == " " or IN_A_ROW.fullmatch(gap) else None


def _house_before(page: Page, first: int) -> int | None:
    """Return where "corbett house," or "manor farm," begins, if it ends just before `first`."""
    closes = page.has_cue("buildings", first - 1) or page.has_cue("ending a place of two words", first - 1)
    closes = closes or page.has_cue("closing a part of an address", first - 1)
    if not IN_A_ROW.fullmatch(page.words[first].gap) or not closes:
        return None
    start = first - 1
    for i in range(first - 2, max(first - LONGEST_SEGMENT, -1), -1):
        word = page.words[i]
        if not follows(page.words[i + 1]) or word.is_placeholder:
            break
        numbered = word.text.isdigit() and len(word.text) < 4
        if not numbered and page.has_cue("never part of a street", i) and word.folded != "the":
            break
        if page.has_cue("before a street, near or on it", i) or page.has_cue("living words", i):
            break
        start = i
        if numbered or word.folded == "the":
            break
    return start if start < first - 1 else None


def _shop_before(page: Page, fronts: dict[int, int], first: int) -> int | None:
    """Return where "flat above the londis on", "bismillah butchers on" begin, if they end just before `first`."""
    joined = page.folded_at(first - 1) in ("on", "in", "off")
    if not joined and not IN_A_ROW.fullmatch(page.words[first].gap):
        return None
    last = first - 1 - joined
    for i in range(last, max(last - _LONGEST_SHOP - 1, -1), -1):
        if leads(page, i, "over or behind a shop"):
            return _shop(page, fronts, i, last)
        if i < 0 or not page.words[i].is_letters or not follows(page.words[i]):
            return None
    return None


def _shop(page: Page, fronts: dict[int, int], over: int, last: int) -> int | None:
    flat = fronts.get(over - 1)
    if flat is None and page.words[over].gap.strip() == "," and over - 1 in _flat_ends(page):
        flat = over - 1
    if flat is not None:
        return flat
    start = over + 1 + (page.folded_at(over + 1) == "the")
    words = [page.words[i] for i in range(start, last + 1)]
    small = any(page.has_cue("determiners", word.index) for word in words)
    named = any(is_rare(page, word) or word.folded not in page.lists.ordinary for word in words)
    return start if named and words and not small else None


def _flat_ends(page: Page) -> set[int]:
    return {last for _, last in dwellings(page)}
