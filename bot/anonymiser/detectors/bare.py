"""What needs "a" or "the" and has none, where a person would stand: "placed Star with her", "collected Tewodros"."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.words import Mark, Word

_DOING = re.compile(r".{2,}(?:ed|ing)")


def _is_awaited(page: Page, word: Word) -> bool:
    """Whether the words before call for somebody: a verb that is done to people, "with", a new clause."""
    before = page.at(word.index - 1)
    if before is None or word.opens or re.search(r"[,(:]", word.gap):
        return True
    if page.has_cue("done to people", before.index) or page.has_cue("clause openers", before.index):
        return True
    if page.is_kept(before) and before.folded not in page.lists.grammar:
        return not page.kin_role(before.index)  # "since half term Sky has been ..."
    return _DOING.fullmatch(before.folded) is not None and page.evidence(before).ordinary


def _ends_there(page: Page, word: Word) -> bool:
    """Whether what follows leaves the word alone: a pause, or a word that no thing is described by."""
    after = page.at(word.index + 1)
    if after is None or re.search(r"[,.;:!?)\n\"]", after.gap):
        return True
    if after.gap == "-":
        return False
    return page.has_cue("after a person", after.index) or page.has_cue("third person verbs", after.index)


def stands_for_a_person(page: Page, word: Word) -> bool:
    """Whether a word stands by itself where somebody is awaited."""
    return _is_awaited(page, word) and _ends_there(page, word)


def find(page: Page) -> Iterator[Mark]:
    """Yield each such word."""
    for word in page.words:
        counted = word.folded in page.lists.cues["things that are counted, or names"] and not page.is_kept(word)
        if (counted or page.is_unknown(word)) and stands_for_a_person(page, word):
            yield Mark(word.start, word.end, "NAME")
