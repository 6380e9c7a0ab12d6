"""First names with one typing slip in them."""

from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.words import Mark, Word

_SHORTEST = 5
_LONGEST = 16


def _resembles_a_name(page: Page, word: Word) -> bool:
    near = page.seen.near(word.folded)
    if page.lists.first.isdisjoint(near):
        return False
    everyday = {n for n in near if len(n) >= _SHORTEST - 1 and n in page.lists.common} - page.lists.likely
    return not everyday and any(len(n) >= _SHORTEST - 1 and n in page.lists.first for n in near)


def find(page: Page) -> Iterator[Mark]:
    """Yield each unknown word that is one slip from a usual first name and none from an everyday word.

    In a cased sentence a small first letter rules a word out: there, names have their capital.
    """
    for word in page.words:
        if not _SHORTEST <= len(word.folded) <= _LONGEST or (page.cased and word.text[0].islower()):
            continue
        known = page.evidence(word)
        if not known.ordinary and not page.is_kept(word) and _resembles_a_name(page, word):
            yield Mark(word.start, word.end, "NAME")
