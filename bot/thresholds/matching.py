"""Which rows hold, which may, and which lack a single fact."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.consultation import Level, MatchedIndicator
from bot.knowledge.model import National, Pack, RedFlag, Row
from bot.knowledge.vocabulary import STRENGTHS
from bot.thresholds.conditions import answers_hold, answers_may_hold
from bot.thresholds.resolving import Resolved

# A red flag is a route and no level: it is listed among the reasons with this in a level's place.
NO_LEVEL = Level(code="", name="", rank=-1, neutral=())

MOST_THAT_WOULD_CHANGE = 4

# The basis of a row of the national floor, which counts at a level of another scheme than its own.
NATIONAL = "national"


class Held(NamedTuple):
    """A row that holds or may hold, at which level it counts here, and by which indicators."""

    row: Row
    level: Level
    held_by: tuple[str, ...]

    def as_reason(self) -> MatchedIndicator:
        """Return it as an assessment keeps it. A row that counts at another scheme's level is national."""
        row = self.row
        basis = row.basis if self.level == row.level else NATIONAL
        return MatchedIndicator(row.id, row.words, self.level, row.citation, self.held_by, basis)


def rows_that_hold(known: Resolved, pack: Pack) -> tuple[Held, ...]:
    """Return the rows that the facts satisfy, highest level first, then in the order of the file.

    `held_by` are the indicators of the first alternative that is satisfied, in alphabetical order.
    """
    held = []
    for row in _naming_any(known.present, pack):
        alternative = first_within(row, known.present)
        if alternative and answers_hold(row.given, known):
            held.append(Held(row, row.level, tuple(sorted(alternative))))
    return tuple(sorted(held, key=lambda h: (-h.level.rank, pack.place[h.row.id])))


def rows_not_ruled_out(known: Resolved, pack: Pack) -> tuple[Held, ...]:
    """Return the rows that would hold if what is unsure were so, highest level first.

    `held_by` names what they would be held by, the unsure indicators first.
    """
    possible = known.present | known.unsure
    maybe = []
    for row in _naming_any(possible, pack):
        alternative = first_within(row, possible)
        if not alternative or not answers_may_hold(row.given, known):
            continue
        if not (first_within(row, known.present) and answers_hold(row.given, known)):
            by = sorted(alternative, key=lambda i: (i in known.present, i))
            maybe.append(Held(row, row.level, tuple(by)))
    return tuple(sorted(maybe, key=lambda h: (-h.level.rank, pack.place[h.row.id])))


def rows_that_would_change(known: Resolved, level: Level, pack: Pack, national: National) -> tuple[Held, ...]:
    """Return the rows above `level` that lack one indicator, most relevant first, at most four.

    A row counts if some other part of the same alternative is present, or, where one indicator
    is all it needs, if something of the same category is. No row and no missing indicator comes
    twice. `held_by` names what the row would be held by, the missing indicator first.
    """
    by_category = Counter(national.indicators[i].category for i in known.present if i in national.indicators)
    named: set[str] = set()
    chosen = []
    for miss in sorted(_near_misses(known, level, pack, national, by_category), key=lambda m: m.order):
        if not named & {miss.row.id, miss.missing}:
            named |= {miss.row.id, miss.missing}
            chosen.append(Held(miss.row, miss.row.level, (miss.missing, *miss.others)))
            if len(chosen) == MOST_THAT_WOULD_CHANGE:
                break
    return tuple(chosen)


def as_reasons(flags: Iterable[RedFlag], known: Resolved) -> tuple[MatchedIndicator, ...]:
    """Return red flags in the form of matched rows, without a level.

    `held_by` are the indicators that are present, then the questions whose answers count.
    """
    return tuple(
        MatchedIndicator(
            row=flag.id,
            words=flag.words,
            level=NO_LEVEL,
            citation=flag.citation,
            held_by=(*sorted(flag.indicators & (known.present | known.unsure)), *sorted(flag.answers)),
        )
        for flag in flags
    )


def first_within(row: Row, indicators: frozenset[str]) -> frozenset[str] | None:
    """Return the first alternative of a row that the indicators satisfy."""
    # An alternative that asks for nothing would hold of every child: it holds of none.
    return next((needed for needed in row.needs if needed and needed <= indicators), None)


def _naming_any(indicators: Iterable[str], pack: Pack) -> Iterable[Row]:
    """Return every row that names one of the indicators, once."""
    return {row.id: row for i in indicators for row in pack.rows_naming.get(i, ())}.values()


class _NearMiss(NamedTuple):
    """A row that lacks one indicator, with its place among the others (lowest is most relevant)."""

    order: tuple[int | str, ...]
    missing: str
    others: list[str]
    row: Row


def _near_misses(
    known: Resolved, level: Level, pack: Pack, national: National, by_category: Counter[str]
) -> Iterator[_NearMiss]:
    # Every other row lacks more than one part, or is of a kind that nobody spoke of.
    near = known.present.union(*(national.of_category[category] for category in by_category))
    for row in _naming_any(near, pack):
        if row.level.rank <= level.rank or not answers_hold(row.given, known):
            continue
        for alternative in row.needs:
            lacking = alternative - known.present
            if len(lacking) != 1:
                continue
            (missing,) = lacking
            others = sorted(alternative - lacking)
            kin = _kinship(missing, known, national, by_category)
            if others or kin[1]:
                relevance = (_doubt(missing, known), -len(others), -kin[0], -kin[1])
                yield _NearMiss((*relevance, row.level.rank, row.id, missing), missing, others, row)


def _doubt(indicator: str, known: Resolved) -> int:
    """Rank what is missing: first what is unsure, then what nobody spoke of, last what was denied."""
    if indicator in known.unsure:
        return 0
    return 2 if indicator in known.absent else 1


def _kinship(missing: str, known: Resolved, national: National, by_category: Counter[str]) -> tuple[int, int]:
    """How many present indicators the missing one is a stronger form of, and how many share its category."""
    indicator = national.indicators.get(missing)
    if indicator is None or indicator.category == STRENGTHS:
        return 0, 0
    return len(indicator.implies & known.present), by_category[indicator.category]
