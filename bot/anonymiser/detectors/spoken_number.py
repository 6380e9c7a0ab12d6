"""Numbers that are read out: "oh seven seven double oh, nine hundred", "07700 9 double 0 1 3 5"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.anonymiser.page import Page
from bot.anonymiser.placeholders import CASE_NUMBER, NHS_NUMBER, PHONE, REMOVED
from bot.anonymiser.slips import slips_of
from bot.anonymiser.wordlists import one_slip
from bot.anonymiser.words import Mark, Word

_ENOUGH = 6  # digits: fewer are ages, years, counts
_ENOUGH_AFTER_REF = 4
_ENOUGH_WITH_TENS = 8  # where tens are among them
_NHS = 10  # digits
_NEAR = 6  # words before the number that say what it is
_GAP = re.compile(r"(?: ?[,.\-/):*|]?){1,2} {0,2}|\n")
_REPEATED = {"double": 2, "dbl": 2, "treble": 3, "triple": 3}
_ZEROS = {"hundred": "00", "thousand": "000"}
_DIGITS = {word: str(i) for i, word in enumerate("zero one two three four five six seven eight nine".split())}
_ZERO = ("oh", "o", "nought", "naught", "nil")
_ROUND = "ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_TENS = {word: str(10 * i) for i, word in enumerate(_ROUND, 1)} | {"fourty": "40"}
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_SAID = _DIGITS | dict.fromkeys(_ZERO, "0") | _TENS | {word: str(i) for i, word in enumerate(_TEENS, 10)}
_SHORTEST_SLIP = 4  # letters of a mistyped number
_LONG = frozenset(word for word in _SAID if len(word) >= _SHORTEST_SLIP)
_KINDS = (("number: nhs", "NHS_NUMBER", NHS_NUMBER), ("number: case", "CASE_REF", CASE_NUMBER))


def find(page: Page) -> Iterator[Mark]:
    """Yield each long number of which at least one digit is said in a word; lists of ages and counts stay."""
    index = 0
    while index < len(page.words):
        run = _run(page, index)
        if run and _is_a_number(page, run):
            kind, shown = _kind(page, run)
            start = page.words[run[0][0]].start
            yield Mark(start - page.plain[:start].endswith("("), page.words[run[-1][0]].end, kind, shown)
        index = run[-1][0] + 1 if run else index + 1


def _run(page: Page, index: int) -> list[tuple[int, str]]:
    """Return the words from `index` on that are read as digits, each with the digits it stands for."""
    run: list[tuple[int, str]] = []
    times = 1
    waiting: list[int] = []  # "double" and "dash", which count only when digits follow
    while (word := page.at(index)) is not None and (not (run or waiting) or _GAP.fullmatch(word.gap) or not word.gap):
        said = _digits(page, word)
        if word.folded in _REPEATED:
            times = _REPEATED[word.folded]
            waiting.append(index)
        elif word.folded in _ZEROS and run:
            run.append((index, _ZEROS[word.folded]))
        elif said:
            run += [(each, "") for each in waiting] + [(index, said * times)]
            times, waiting = 1, []
        elif run and word.folded in page.lists.cues["between spoken digits"]:
            waiting.append(index)
        else:
            break
        index += 1
    return run


def _digits(page: Page, word: Word) -> str:
    """Return the digits a word stands for, also when it is mistyped, or nothing."""
    if word.text.isdigit():
        return word.text
    known = _SAID.get(word.folded)
    if known is not None or len(word.folded) < _SHORTEST_SLIP or word.folded not in slips_of(_LONG, _SHORTEST_SLIP):
        return known or ""
    if page.evidence(word).ordinary or page.is_kept(word):
        return ""
    return next((_SAID[near] for near in sorted(one_slip(word.folded)) if near in _LONG), "")


def _is_a_number(page: Page, run: list[tuple[int, str]]) -> bool:
    said = [digits for _, digits in run if digits]
    words = [page.words[index].folded for index, _ in run]
    typed = all(word.isdigit() or word in page.lists.cues["between spoken digits"] for word in words)
    many = sum(map(len, said))
    before = run[0][0]
    cased = any(page.has_cue("number: case", index) for index in (before - 1, before - 2) if index >= 0)
    if typed or many < (_ENOUGH_AFTER_REF if cased else _ENOUGH):
        return False
    if re.fullmatch(r"(?:999|101|111|112)+", "".join(said)) or _is_a_count(said):
        return False
    # "twenty four seven, eight thirty" is no telephone number, "oh one twenty four" may be the start of one.
    if many < _ENOUGH_WITH_TENS and said[0][0] != "0" and any(page.lists.is_cue("tens in words", w) for w in words):
        return False
    first, last = run[0][0], run[-1][0]
    around = (first - 2, first - 1, last + 1)
    listed = any(page.has_cue("around a list of ages or counts", index) for index in around)
    return not listed or many > _NHS


def _is_a_count(said: list[str]) -> bool:
    """Whether the numbers only go up or only go down, as in counting and in lists of ages."""
    if any(len(digits) > 1 and digits[0] == "0" for digits in said):
        return False
    values = [int(digits) for digits in said]
    steps = [later - earlier for earlier, later in pairwise(values)]
    return all(step > 0 for step in steps) or all(step < 0 for step in steps)


def _kind(page: Page, run: list[tuple[int, str]]) -> tuple[str, str]:
    digits = "".join(said for _, said in run)
    before = range(max(run[0][0] - _NEAR, 0), run[0][0])
    for heading, kind, shown in _KINDS:
        if any(page.has_cue(heading, index) for index in before):
            return kind, shown
    if digits[0] == "0" or any(page.has_cue("number: telephone", index) for index in before):
        return "PHONE", PHONE
    return ("NHS_NUMBER", NHS_NUMBER) if len(digits) == _NHS else ("OTHER", REMOVED)
