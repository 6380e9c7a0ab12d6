"""Names this consultation has met before, however they are written now."""

from collections.abc import Callable, Iterator

from bot.anonymiser.memory import Memory
from bot.anonymiser.page import Page
from bot.anonymiser.words import Mark, Word


def _is_in_use_as_a_word(page: Page, word: Word) -> bool:
    if word.kept:
        return True  # "last summer", though Summer is a name here
    known = page.evidence(word)
    if page.has_cue("before a time", word.index - 1) and page.has_cue("kept words that may speak", word.index):
        return True  # "in May"
    if page.is_name_cased(word) or not (known.ordinary or known.keep):
        return False
    if known.keep:
        return word.folded not in page.lists.first or not word.capital
    return page.has_cue("never before a name", word.index - 1)


def remembered(memory: Memory) -> Callable[[Page], Iterator[Mark]]:
    """Return a detector for the names in a memory."""

    def find(page: Page) -> Iterator[Mark]:
        for word in page.words:
            if word.is_letters and not _is_in_use_as_a_word(page, word) and memory.recall(word.folded):
                yield Mark(word.start, word.end, "NAME")

    return find
