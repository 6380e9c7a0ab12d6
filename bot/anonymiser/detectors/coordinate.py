"""The name in company: "[child] and Rose", "Zion, Bo and Noodle", once one of them is known."""

import re
from collections.abc import Iterator

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import is_person
from bot.anonymiser.words import Mark, Word

_JOINTS = ("and", "n", "or", "nor", "then", "und")


def _beside_a_person(page: Page, word: Word) -> bool:
    """Whether a person's placeholder stands beside a word, joined to it by "and", "&", "+" or a comma."""
    return any(_is_joined(page, word.index, step) for step in (1, -1))


def _is_joined(page: Page, index: int, step: int) -> bool:
    near = page.at(index + step)
    if near is None:
        return False
    if near.folded in _JOINTS:
        near = page.at(index + 2 * step)
        return near is not None and is_person(near.text) and _one_stretch(page, index, near.index)
    between = page.words[max(index, near.index)].gap
    return is_person(near.text) and re.fullmatch(r" ?[&+/] ?", between) is not None


def _one_stretch(page: Page, index: int, other: int) -> bool:
    low, high = sorted((index, other))
    return all(re.fullmatch(r",? ", page.words[i].gap) for i in range(low + 1, high + 1))


def _fits(page: Page, word: Word) -> bool:
    if not page.may_be_a_name(word) or page.is_kept(word) or len(word.folded) < 2:
        return False
    known = page.evidence(word)
    if not known.ordinary:
        return True
    following = page.at(word.index + 1)
    closes = following is None or following.gap != " " or not following.is_letters
    goes_on = following is not None and (
        following.folded in _JOINTS
        or page.has_cue("third person verbs", following.index)
        or page.has_cue("after a person", following.index)
    )
    return word.folded in page.lists.either and (closes or goes_on)


def find(page: Page) -> Iterator[Mark]:
    """Yield each such word."""
    for word in page.words:
        if word.is_letters and _beside_a_person(page, word) and _fits(page, word):
            yield Mark(word.start, word.end, "NAME")
