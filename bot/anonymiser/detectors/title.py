"""The name after a title: Mrs, Dr, PC."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.words import Mark, Word


def _is_a_name_after(page: Page, title: Word, word: Word) -> bool:
    known = page.evidence(word)
    if page.has_cue("not a name after called", word.index) or page.has_cue("third person verbs", word.index):
        return False
    doubtful = page.has_cue("titles that are also words", title.index)
    may_be_kept = page.is_kept(word) and not (page.cased and word.capital)
    if word.kept or (may_be_kept and (doubtful or word.folded not in page.lists.either)):
        return False
    if not doubtful:
        return True
    if page.cased and word.capital:
        return not page.is_kept(word)
    if page.cased:  # "miss Lessons" is not written, "miss lessons" is
        return page.is_plainly_a_name(word) or (known.last and not known.ordinary)
    # khan, begum, lad: in the dictionary, yet after "miss" rather a name
    surname = word.folded in page.lists.word_surnames or (known.last and word.folded not in page.lists.common)
    return surname or page.is_plainly_a_name(word) or (known.last and not known.ordinary) or page.is_unknown(word)


def find(page: Page) -> Iterator[Mark]:
    """Yield the name after each title, a single initial too. The title itself stays."""
    for title in page.words:
        if not page.has_cue("titles", title.index) or title.possessive:
            continue
        word = page.at(title.index + 1)
        if word and word.is_letters and re.fullmatch(r"\.? {1,2}|\.", word.gap) and _is_a_name_after(page, title, word):
            yield Mark(word.start, word.end, "NAME")
