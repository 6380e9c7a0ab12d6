"""The surname in "the Rahman family", "the Rahmans"."""

from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.words import Mark, Word

_THE = ("the", "them", "those")


def _is_a_surname(page: Page, word: Word) -> bool:
    if page.has_cue("not before family", word.index) or page.is_kept(word):
        return False
    known = page.evidence(word)
    if page.is_name_cased(word) or word.folded in page.lists.word_surnames:
        return True
    return not known.ordinary and (known.last or known.first or page.is_unknown(word))


def _is_a_family(page: Page, word: Word) -> bool:
    """Whether a word is a surname in the plural, with its capital or without a meaning."""
    if word.folded in page.lists.cues["families in the plural"]:
        return True
    if not word.folded.endswith("s"):
        return False
    if page.is_unknown(word) and page.has_cue("done by several", word.index + 1):
        return True
    if word.folded[:-1] not in page.lists.last:
        return False
    return page.is_name_cased(word) or not (page.evidence(word).ordinary or page.is_made_of_words(word))


def find(page: Page) -> Iterator[Mark]:
    """Yield the surname of each family named so."""
    for word in page.words:
        if not word.is_letters or page.folded_at(word.index - 1) not in _THE or word.gap != " ":
            continue
        if page.has_cue("family words", word.index + 1) and page.words[word.index + 1].gap in (" ", "s "):
            if _is_a_surname(page, word):
                yield Mark(word.start, word.end, "NAME")
        elif _is_a_family(page, word) and not page.is_kept(word):
            yield Mark(word.start, word.end, "NAME")
