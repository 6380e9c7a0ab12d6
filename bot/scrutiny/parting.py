"""Parting: where assistant and worker part, by kind of worry and by indicator, of what both placed.

A row says of how many consultations it was told, and of how many of those the worker's level was higher, the same or
lower. Nothing in a row is hidden: it is shown whole or left out whole, and there are no totals over areas, so nothing
can be added up against it. It is shown where all it is compared with is shown, and neither a figure in it is small nor
what is left beside it, of its kind, or of an indicator that may hold it. Of the indicators of one kind none is left
out, or two are: taken from its kind, one alone could be told to be large in all but one figure, and why it was left
out would tell of that one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations

from bot.scrutiny.entry import Entry
from bot.scrutiny.rules import Rules

KINDS, TOLD = "kinds_beside", "told_beside"
SIDES = ("higher", "same", "lower")
COMPARED = "compared"
COLUMNS = (COMPARED, *SIDES)

type Counts = Mapping[tuple[str, str], int]
type Rows = Mapping[str, Mapping[str, int]]  # by what was told: how many in each of COLUMNS


def rows_of(entry: Entry, side: str) -> Iterator[tuple[str, str]]:
    """Yield the tables and rows that an entry is counted in, of which `side` the worker's level is."""
    if side in SIDES:
        for table, told in ((KINDS, entry.kinds), (TOLD, entry.told)):
            for one in told:
                yield table, f"{one}_{COMPARED}"
                yield table, f"{one}_{side}"


def split(row: str) -> tuple[str, str]:
    """Return what was told, and which of COLUMNS it is."""
    told, _, column = row.rpartition("_")
    return told, column


def kinds_shown(
    counts: Counts, beside: Mapping[str, int], of_all: Mapping[str, int], opened: int, area: str, rules: Rules
) -> Rows:
    """Return the kinds that may be shown in an area. `beside` has how many were higher, the same and lower there.

    `of_all` has, of the kinds of which it is shown, how many of all that were `opened` there told of them.
    """

    def fits(kind: str, row: Mapping[str, int]) -> bool:
        elsewhere = of_all[kind] - row[COMPARED]
        neither = opened - of_all[kind] - (sum(beside.values()) - row[COMPARED])
        return _is_whole(row, beside, rules) and not rules.is_small(elsewhere) and not rules.is_small(neither)

    return {kind: row for kind, row in _rows(counts, area).items() if kind in of_all and fits(kind, row)}


def told_shown(
    counts: Counts, beside: Mapping[str, int], kinds: Rows, kind_of: Mapping[str, str], area: str, rules: Rules
) -> Rows:
    """Return the indicators that may be shown in an area, of `kinds` that are shown there."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for one, kind in kind_of.items():
        by_kind[kind].add(one)
    whole: dict[str, Mapping[str, int]] = {}
    for one, row in _rows(counts, area).items():
        kind = kinds.get(kind_of.get(one, ""))
        if kind and _is_whole(row, beside, rules) and not _leaves_few(kind, row, rules):
            whole[one] = row
    for of_kind in by_kind.values():
        for one in _too_near(whole, of_kind & whole.keys(), rules):
            del whole[one]
        shown = sorted(of_kind & whole.keys(), key=lambda one: (whole[one][COMPARED], one))
        if len(of_kind) - len(shown) == 1 and shown:
            del whole[shown[0]]
    return whole


def _leaves_few(outer: Mapping[str, int], inner: Mapping[str, int], rules: Rules) -> bool:
    """Whether a small figure is left of one row when another is taken from it."""
    return any(rules.is_small(outer[column] - inner[column]) for column in COLUMNS)


def _too_near(rows: Rows, of_kind: Iterable[str], rules: Rules) -> set[str]:
    """Return the indicators of a kind of which one may hold the other, and has hardly more: both."""
    near: set[str] = set()
    for one, other in permutations(of_kind, 2):
        holds = all(rows[one][column] >= rows[other][column] for column in COLUMNS)
        if holds and _leaves_few(rows[one], rows[other], rules):
            near |= {one, other}
    return near


def _rows(counts: Counts, area: str) -> Rows:
    rows: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COLUMNS, 0))
    for (row, where), many in counts.items():
        if where == area:
            told, column = split(row)
            rows[told][column] = many
    return rows


def _is_whole(row: Mapping[str, int], beside: Mapping[str, int], rules: Rules) -> bool:
    """Whether there is enough behind a row, and nothing small in it or beside it."""
    beside_it: Iterable[int] = (beside[side] - row[side] for side in SIDES)
    figures = (*row.values(), *beside_it, sum(beside.values()) - row[COMPARED])
    return row[COMPARED] >= rules.enough and not any(map(rules.is_small, figures))
