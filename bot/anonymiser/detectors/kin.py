"""The name beside a word for a person: mum Sharon, his sister is Lily, Dave (stepdad)."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.words import Mark, Word

_BESIDE = re.compile(r"[ ,(:\-]{1,3}")
_LINKS = ("is", "are", "was", "s", "called", "named", "name")


def _is_named_beside(page: Page, word: Word) -> bool:
    if not page.may_be_a_name(word):
        return False
    known = page.evidence(word)
    if page.is_plainly_a_name(word):
        return True
    if page.is_name_cased(word):
        listed = known.first or known.last or not known.ordinary
        return listed or page.has_cue("kin used like a title", word.index - 1)
    if word.gap.strip():  # a comma or a bracket between them: a new thought may begin
        return known.first and not known.ordinary
    if page.has_cue("names that are verbs after a person", word.index):
        return page.has_cue("third person verbs", word.index + 1) or word.possessive
    return len(word.folded) > 2


def _is_linked(page: Page, word: Word) -> bool:
    """Whether "sister is Daisy" makes a word a name: it has a capital, or nothing but a pause follows."""
    if page.folded_at(word.index - 1) not in _LINKS or not page.may_be_a_name(word):
        return False
    known = page.evidence(word)
    following = page.at(word.index + 1)
    ends = following is None or following.folded == "and" or bool(re.search(r"[,.;)]", following.gap))
    if page.is_name_cased(word) or (known.first and ends):
        return True
    return not known.ordinary and not page.is_kept(word)


def _is_beside(page: Page, word: Word) -> bool:
    if page.kin_role(word.index - 1) and _BESIDE.fullmatch(word.gap):
        return _is_named_beside(page, word)
    return bool(page.kin_role(word.index - 2)) and word.gap == " " and _is_linked(page, word)


def find(page: Page) -> Iterator[Mark]:
    """Yield each name that stands beside a word for a person."""
    for word in page.words:
        if word.is_letters and _is_beside(page, word):
            yield Mark(word.start, word.end, "NAME")
