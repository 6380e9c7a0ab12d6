"""First names that are hardly ever anything else, wherever they stand, and surnames that are no word."""

from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.words import Mark, Word

_SHORTEST_SURNAME = 5  # shorter surnames need a capital or a context: too many are chat or slips


def _is_a_surname_alone(page: Page, word: Word) -> bool:
    known = page.evidence(word)
    if not known.last or known.ordinary or page.is_kept(word):
        return False
    return page.is_name_cased(word) or (len(word.folded) >= _SHORTEST_SURNAME and not page.is_slip(word))


def _is_run_together(page: Page, word: Word) -> bool:
    """Whether a word is a first name with its possessive typed without the apostrophe ("freyas mum")."""
    stem = word.folded[:-1]
    if not word.folded.endswith("s") or len(stem) < 3 or page.evidence(word).ordinary or page.is_kept(word):
        return False
    return stem in page.lists.first and stem not in page.lists.ordinary and stem not in page.lists.keep


def find(page: Page) -> Iterator[Mark]:
    """Yield each listed name."""
    for word in page.words:
        if word.is_letters and (
            page.is_plainly_a_name(word)
            or (page.has_an_accent(word) and len(word.folded) > 2)
            or _is_a_surname_alone(page, word)
            or _is_run_together(page, word)
        ):
            yield Mark(word.start, word.end, "NAME")
