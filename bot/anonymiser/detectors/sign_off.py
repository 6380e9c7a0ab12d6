"""The name a person gives of themselves: "I'm Sian, DSL", "kind regards Tom"."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.words import Mark, Word

_ROLE = ("dsl", "ddsl", "head", "from", "here", "deputy", "senco", "the", "and", "a", "at", "teacher")


def _is_self(page: Page, word: Word) -> bool:
    known = page.evidence(word)
    if page.is_name_cased(word):
        return True
    following = page.at(word.index + 1)
    placed = following is None or (following.folded in _ROLE and (following.gap != " " or following.folded == "from"))
    return (known.first or page.is_unknown(word)) and placed


def _signs(page: Page, word: Word) -> bool:
    if page.words[word.index - 1].folded == "from":
        return page.is_plainly_a_name(word)
    unknown = not page.evidence(word).ordinary and not page.is_kept(word) and len(word.folded) > 1
    return page.may_be_a_name(word) or unknown


def find(page: Page) -> Iterator[Mark]:
    """Yield each name in which a message introduces or signs itself."""
    for word in page.after_phrase("self"):
        if page.may_be_a_name(word) and not page.is_kept(word) and _is_self(page, word):
            yield Mark(word.start, word.end, "NAME")
    for word in page.after_phrase("sign off"):
        near_end = len(page.words) - word.index <= 3
        if near_end and re.fullmatch(r"[ ,\n-]+", word.gap) and _signs(page, word):
            yield Mark(word.start, word.end, "NAME")
