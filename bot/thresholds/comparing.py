"""Comparing: the same facts in two areas, and what two areas publish differently.

Facts carry over from one area to the other; sentences do not. An area that is silent is spoken for by the
national floor, and that is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.consultation import Assessment, Facts, MatchedIndicator, Neutral, Status
from bot.knowledge.model import National, Pack, Row
from bot.thresholds.assessing import assess
from bot.thresholds.floor import all_rows_that_hold
from bot.thresholds.matching import NATIONAL
from bot.thresholds.resolving import resolve, with_implied
from bot.thresholds.telling import facts_of_row


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same facts assessed in two areas.

    `only_first` and `only_second` are the rows that make the difference, highest first: the other area
    has nothing on what they rest on, or has it at another neutral level. `differs` says whether the
    answers themselves do: the outcome, the exit, or the neutral range of the level reached.
    """

    first: Assessment
    second: Assessment
    only_first: tuple[MatchedIndicator, ...]
    only_second: tuple[MatchedIndicator, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that two areas place differently. `category` is the indicator's.

    A side is the weightiest row there, with basis `national` where the area itself is silent; None if
    nobody publishes it, the national floor neither.
    """

    category: str
    words: str
    first: MatchedIndicator | None
    second: MatchedIndicator | None


def compare(facts: Facts, a: Pack, b: Pack, national: National, on: date) -> Comparison:
    """Return what the facts amount to in both areas, and the rows that make the difference."""
    first, second = assess(facts, a, national, on), assess(facts, b, national, on)
    return Comparison(
        first,
        second,
        only_first=tuple(_of_its_own(first, second, national)),
        only_second=tuple(_of_its_own(second, first, national)),
        differs=_answer(first) != _answer(second),
    )


def differences(a: Pack, b: Pack, national: National) -> tuple[Difference, ...]:
    """Return what the areas place at different neutral levels, or only one of them publishes, by category.

    Looks at each indicator by itself that either area's rows name, then at each row that needs more than one
    fact, with its first alternative. Within a category in the order of the vocabulary.
    """
    order = {category: place for place, category in enumerate(_categories(national))}
    found = [
        difference
        for category, words, facts in _probes(a, b, national)
        if (difference := _difference(category, words, facts, a, b, national)) is not None
    ]
    return tuple(sorted(found, key=lambda difference: order[difference.category]))


def _of_its_own(one: Assessment, other: Assessment, national: National) -> Iterator[MatchedIndicator]:
    for row in one.because:
        if not row.level.code:
            continue  # a red flag is the same everywhere
        here, there = (_height(row, found, national) for found in (one, other))
        # A milder row beside a weightier one of the same thing makes no difference.
        if row.level.neutral == here and here != there:
            yield row


def _height(row: MatchedIndicator, found: Assessment, national: National) -> tuple[Neutral, ...]:
    """Return the neutral range of the highest row of an answer that speaks of the same as `row`."""
    alike = [r.level for r in found.because if r.level.code and _speak_of_the_same(row, r, national)]
    return max(alike, key=lambda level: level.rank).neutral if alike else ()


def _speak_of_the_same(one: MatchedIndicator, other: MatchedIndicator, national: National) -> bool:
    """Whether one row rests on no more than what the other rests on, or what follows from that."""
    mine, theirs = frozenset(one.held_by), frozenset(other.held_by)
    return mine <= with_implied(theirs, national) or theirs <= with_implied(mine, national)


def _answer(assessment: Assessment) -> tuple[object, ...]:
    level = assessment.level
    return (assessment.outcome, assessment.hard_exit, level.neutral if level else ())


def _categories(national: National) -> Iterator[str]:
    return iter(dict.fromkeys(indicator.category for indicator in national.indicators.values()))


def _probes(a: Pack, b: Pack, national: National) -> Iterator[tuple[str, str, Facts]]:
    """Yield category, words and facts of everything that is compared by itself."""
    for indicator in national.indicators.values():
        if indicator.id in a.rows_naming or indicator.id in b.rows_naming:
            yield indicator.category, indicator.words, Facts({indicator.id: Status.PRESENT})
    for row in (*a.rows, *b.rows):
        if row.needs and _needs_more_than_one_fact(row):
            yield national.indicators[min(row.needs[0])].category, row.words, facts_of_row(row)


def _needs_more_than_one_fact(row: Row) -> bool:
    return bool(row.given) or all(len(alternative) > 1 for alternative in row.needs)


def _difference(category: str, words: str, facts: Facts, a: Pack, b: Pack, national: National) -> Difference | None:
    first, second = _weightiest(facts, a, national), _weightiest(facts, b, national)
    if _place(first) == _place(second):
        return None
    return Difference(category, words, first, second)


def _weightiest(facts: Facts, pack: Pack, national: National) -> MatchedIndicator | None:
    """Return the highest row that the facts hold in an area; its own before the national one beside it."""
    held = all_rows_that_hold(resolve(facts, national), pack, national)
    return max(held, key=lambda h: h.level.rank).as_reason() if held else None


def _place(side: MatchedIndicator | None) -> tuple[tuple[Neutral, ...], bool]:
    """Return where a row stands, and whether the area itself says so."""
    return (side.level.neutral if side else (), side is not None and side.basis != NATIONAL)
