"""Growth: from words found to be names to whole names, with the surname or the unlisted half beside them."""

import re
from collections.abc import Iterable

from bot.anonymiser.page import Page
from bot.anonymiser.words import Mark, Word

_LONGEST = 4  # words of one name
Run = tuple[int, int]  # first and last index of a name's words


def runs(page: Page, marks: Iterable[Mark]) -> list[Run]:
    """Return the names on a page as runs of words, each grown to its surname, none touching."""
    found: set[int] = set()
    for mark in marks:
        found.update(w.index for w in page.words if w.start < mark.end and mark.start < w.end and not w.is_placeholder)
    _grow(page, found)
    found = {index for index in found if page.words[index].folded not in page.seen.not_names}
    joined: list[Run] = []
    for index in sorted(found):
        if joined and _belong_together(page, joined[-1][1], index):
            joined[-1] = (joined[-1][0], index)
        else:
            joined.append((index, index))
    return joined


def _belong_together(page: Page, last: int, index: int) -> bool:
    """Whether two words found are one name: side by side, or with "da" or "ap" between them."""
    if last == index - 2 and page.has_cue("particles of a name", index - 1):
        return page.words[index].gap == page.words[index - 1].gap == " "
    return last == index - 1 and _is_one_name(page.words[index])


def _is_one_name(word: Word) -> bool:
    return re.fullmatch(r"[ ]{1,2}|-|\. ?", word.gap) is not None


def _grow(page: Page, found: set[int]) -> None:
    for index in sorted(found):
        for step, reaches in ((1, _reaches_on), (-1, _reaches_back)):
            at = index
            while abs(at - index) < _LONGEST and _may_join(page, at, step, found) and reaches(page, at):
                at += step
                found.add(at)


def _may_join(page: Page, at: int, step: int, found: set[int]) -> bool:
    near = page.at(at + step)
    if near is None or not near.is_letters or near.index in found:
        return False
    later = page.words[max(at, at + step)]
    left = page.words[min(at, at + step)]
    return _is_one_name(later) and not left.possessive and not near.kept


def _reaches_on(page: Page, at: int) -> bool:
    """Whether the word after a name belongs to it."""
    word = page.words[at + 1]
    if word.gap == "-":
        return not page.has_cue("joined by a hyphen, not a surname", word.index)
    if page.is_kept(word) or ("." in word.gap and len(page.words[at].folded) > 1):
        return False
    known = page.evidence(word)
    if page.is_name_cased(word):
        return True
    if not known.ordinary:
        listed = known.first or known.last or known.rare_first
        return page.is_unknown(word) or (listed and len(word.folded) > 3)
    return word.folded in page.lists.word_surnames or (
        word.folded in page.lists.paused_surnames and _pauses(page, at + 1)
    )


def _pauses(page: Page, index: int) -> bool:
    following = page.at(index + 1)
    if following is None or re.search(r"[,.;:!?\n(]", following.gap) or page.words[index].possessive:
        return True
    return following.folded == "and" or page.has_cue("third person verbs", index + 1)


def _reaches_back(page: Page, at: int) -> bool:
    """Whether the word before a name belongs to it: a first name the lists do not know by itself."""
    word, name = page.words[at - 1], page.words[at]
    if name.gap == "-":
        return not page.has_cue("joined by a hyphen, not a first name", word.index) and not word.folded.endswith("year")
    if (
        page.is_kept(word)
        or page.has_cue("titles", word.index)
        or page.has_cue("said verbs", word.index)
        or (page.has_cue("never a first name before a surname", word.index) and word.text[0].islower())
    ):
        return False
    known = page.evidence(word)
    if page.cased:
        return word.capital and (not word.opens or known.first or not known.ordinary)
    if page.evidence(name).first:
        return page.is_unknown(word)
    return (known.first or page.is_unknown(word)) and len(word.folded) > 2
