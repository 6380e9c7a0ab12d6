"""The name after words that a person nearly always follows: "spoke to grace", "worried about hope"."""

from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.words import Mark, Word


def _is_a_person(page: Page, word: Word) -> bool:
    known = page.evidence(word)
    if page.has_cue("kept words that may speak", word.index) and not word.kept:
        return page.folded_at(word.index - 1) in ("to", "by", "with")  # "spoke to June"
    if page.is_kept(word) or not page.may_be_a_name(word):
        return False
    return not known.ordinary or (not page.has_cue("after a noun, not a name", word.index + 1))


def find(page: Page) -> Iterator[Mark]:
    """Yield each word that may be a name after such a phrase."""
    for word in page.after_phrase("close prepositions"):
        if word.gap == " " and _is_a_person(page, word):
            yield Mark(word.start, word.end, "NAME")
