"""Schools whose type is an ordinary word or two: "larkrise special school", "the bridgework pupil referral unit".

Not a detector by itself: `school` asks it.
"""

from collections.abc import Iterator

from bot.anonymiser.detectors.school_name import Stretch, is_strange, joined
from bot.anonymiser.page import Page
from bot.anonymiser.words import Word

_LONGEST_NAME = 4


def plain_schools(page: Page) -> Iterator[Stretch]:
    """Yield "larkrise special school", "Hikmah Girls' School": a name before a type that is an ordinary word."""
    for phrase in page.phrases(page.lists.cue_phrases["school types of several words"]):
        start, first = phrase[0].index, phrase[0].index
        while page.has_cue("school middle words", start - 1) and page.folded_at(start - 1) not in ("of", "and"):
            start -= 1
        type_start = start
        while first - start < _LONGEST_NAME and joined(page.at(start)) and start > 0:
            hyphenated = page.words[start].gap == "-" and start < type_start
            if not hyphenated and not _may_be_its_name(page, page.words[start - 1], phrase[0].capital):
                break
            start -= 1
        if start == type_start and len(phrase) > 2 and _has_a_plain_name(page, start):
            start -= 1
        if start < type_start:
            yield start, phrase[-1].index


def _has_a_plain_name(page: Page, start: int) -> bool:
    """Whether an ordinary word is the name of a unit: "at the bridgework pupil referral unit"."""
    name = page.at(start - 1)
    if name is None or not name.is_letters or page.is_kept(name) or not joined(page.at(start)):
        return False
    return not page.has_cue("never part of a school's name", name.index) and page.folded_at(start - 2) in ("the", "at")


def _may_be_its_name(page: Page, word: Word, typed_with_capital: bool) -> bool:
    if not word.is_letters or page.has_cue("never part of a school's name", word.index):
        return False
    if page.cased and typed_with_capital:
        return word.capital and not (word.opens and not is_strange(page, word))
    return is_strange(page, word) and not page.evidence(word).first and not page.evidence(word).rare_first
