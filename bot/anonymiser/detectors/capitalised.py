"""Words with a capital inside a cased sentence that are first names or no English word."""

from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import PLACE
from bot.anonymiser.words import Mark, Word


def _is_a_name(page: Page, word: Word) -> bool:
    if not page.is_name_cased(word) or len(word.folded) < 2 or page.is_kept(word):
        return False
    known = page.evidence(word)
    return known.first or known.rare_first or not known.ordinary


def find(page: Page) -> Iterator[Mark]:
    """Yield each such word: a place after "in" or "near" when the lists do not know it as a name."""
    for word in page.words:
        if not _is_a_name(page, word):
            continue
        known = page.evidence(word)
        if page.has_cue("before a place", word.index - 1) and not (known.first or known.rare_first):
            yield Mark(word.start, word.end, "OTHER", PLACE)
        else:
            yield Mark(word.start, word.end, "NAME")
