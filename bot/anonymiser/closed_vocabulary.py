"""The closed vocabulary: what may be written down is known words, and nothing else.

A detector asks whether a word is a name. This asks the opposite: is it a word that we know? What is in no
dictionary, no list of ours and no vocabulary of the field is left out of the record, whatever it may be.
"""

from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import REMOVED, WORD
from bot.anonymiser.words import Mark, Word

_LONGEST_NUMBER = 4  # digits: ages, years, times, counts
_DOUBTFUL = 0.05  # of being a name: a slip for an everyday word is kept below this


def _is_known(page: Page, word: Word) -> bool:
    known = page.evidence(word)
    if known.ordinary or len(word.folded) < 3 or page.is_kept(word) or page.is_of_the_field(word):
        return True
    if word.folded in page.seen.vocabulary or word.folded in page.seen.not_names:
        return True
    if word.folded in page.lists.grammar or page.lists.is_made_of_words(word.folded):
        return True
    listed = known.first or known.rare_first or known.last
    return not listed and page.is_slip(word) and page.odds(word) < _DOUBTFUL


def unknown_words(page: Page) -> Iterator[Mark]:
    """Yield each word and number that may not be written down."""
    for word in page.words:
        if word.is_placeholder:
            continue
        if not word.is_letters:
            if len(word.text) > _LONGEST_NUMBER and not word.kept:
                yield Mark(word.start, word.end, "OTHER", REMOVED)
        elif not _is_known(page, word):
            yield Mark(word.start, word.end, "OTHER", WORD)
