"""A word that may be a first name with a listed surname behind it: "mercy boateng"."""

from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.words import Mark, Word

_SHORTEST_SURNAME = 4


def _is_a_surname(page: Page, word: Word) -> bool:
    known = page.evidence(word)
    long_enough = len(word.folded) >= _SHORTEST_SURNAME
    return known.last and not known.ordinary and long_enough and not page.is_kept(word)


def find(page: Page) -> Iterator[Mark]:
    """Yield each such pair. The surname may look like a slip: with a first name before it, it is none."""
    for word in page.words[:-1]:
        surname = page.words[word.index + 1]
        if surname.gap != " " or word.possessive or not page.may_be_a_name(word) or page.is_kept(word):
            continue
        if page.has_cue("never a first name before a surname", word.index) and not page.is_name_cased(word):
            continue
        if page.evidence(word).first and _is_a_surname(page, surname):
            yield Mark(word.start, surname.end, "NAME")
