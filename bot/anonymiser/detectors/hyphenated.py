"""Names joined by a hyphen of which one half at least is no word: "Ka-Ho", "hoi-lam", "Lexi-leigh"."""

from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.words import Mark, Word

_A_LITTLE = 0.02  # odds that are enough when one half is no word


def _is_no_word(page: Page, word: Word) -> bool:
    return word.is_letters and not page.evidence(word).ordinary and len(word.folded) > 1


def find(page: Page) -> Iterator[Mark]:
    """Yield each such pair with a little odds of a name, or a capital on each half."""
    for word in page.words[1:]:
        first = page.words[word.index - 1]
        joined = word.gap == "-" and first.is_letters and word.is_letters
        if not joined or any(page.is_kept(w) and not page.evidence(w).rare_first for w in (first, word)):
            continue
        if not (_is_no_word(page, first) or _is_no_word(page, word)):
            continue
        capitals = first.capital and word.capital
        if capitals or max(page.odds(first), page.odds(word)) > _A_LITTLE:
            yield Mark(first.start, word.end, "NAME")
