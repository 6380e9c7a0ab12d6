"""Withholding: which figures of one table are not shown, so that no small one can be worked out from the others.

First the small ones themselves; then, for each that could be worked out too closely, the cells that cost least; at
last what was hidden for nothing is shown again. Where that is not enough, an area leaves the table, totals and all.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence

from bot.scrutiny.ranges import Arc, Network
from bot.scrutiny.rules import Rules

ALL = "all"  # the column of totals

type Cell = tuple[str, str]  # row, and area or ALL
type Counts = Mapping[Cell, int]


class NothingCanBeShown(Exception):
    """Tried to publish a table in which no choice of hidden figures keeps the small ones unknown."""


def withheld(
    counts: Counts, rows: Sequence[str], areas: Sequence[str], rules: Rules,
    dear: Collection[str] = (), dear_areas: Collection[str] = (),
) -> frozenset[Cell]:  # fmt: skip
    """Return the cells that are not shown, of a table whose rows make up a known number in each area.

    `counts` holds every row in every area. Rows and areas that are `dear`, as others rest on them, are hidden last.
    Raises NothingCanBeShown.
    """
    arcs = _arcs(counts, rows, areas, dear, dear_areas)
    small = [arc.cell for arc in arcs if rules.is_small(arc.value)]
    network = Network(arcs, small)
    for cell in small:
        if not network.widen(cell, rules.reach):
            raise NothingCanBeShown
    return _without_needless(arcs, small, network.hidden, rules)


def areas_and_withheld(
    counts: Counts, rows: Sequence[str], areas: Sequence[str], rules: Rules,
    dear: Collection[str] = (), dear_areas: Collection[str] = (),
) -> tuple[tuple[str, ...], frozenset[Cell]]:  # fmt: skip
    """Return the areas that a table can speak of, and what it does not show. An area that has to leave is the smallest.

    No areas are left where the table cannot be shown at all.
    """
    left = list(areas)
    while left:
        try:
            return tuple(left), withheld(counts, rows, left, rules, dear, dear_areas)
        except NothingCanBeShown:
            left.remove(min(left, key=lambda area: (sum(counts[row, area] for row in rows), area)))
    return (), frozenset()


def totals(counts: Counts, rows: Sequence[str], areas: Sequence[str]) -> dict[str, int]:
    """Return each row over all areas."""
    return {row: sum(counts[row, area] for area in areas) for row in rows}


def _arcs(
    counts: Counts, rows: Sequence[str], areas: Sequence[str], dear: Collection[str], dear_areas: Collection[str]
) -> list[Arc]:
    several = len(areas) > 1

    def is_dear(row: str, area: str) -> bool:
        return row in dear or area in dear_areas

    # Of one area the totals are the figures themselves: nothing holds a row but that all of them make up the base.
    arcs = [
        Arc((row, area), ("row", row if several else ALL), ("area", area), counts[row, area], is_dear(row, area))
        for row in rows
        for area in areas
    ]
    if several:
        over_all = totals(counts, rows, areas)
        arcs += [Arc((row, ALL), ("area", ALL), ("row", row), over_all[row]) for row in rows]
    return [arc for arc in arcs if arc.value]


def _without_needless(
    arcs: Collection[Arc], small: Collection[Hashable], hidden: Collection[Hashable], rules: Rules
) -> frozenset[Cell]:
    """Show again, the dearest first, what need not be hidden."""
    network = Network(arcs, hidden)
    for arc in sorted(arcs, key=lambda arc: (-arc.price, str(arc.cell))):
        if arc.cell not in network.hidden or arc.cell in small:
            continue
        network.hidden.remove(arc.cell)
        if not all(_is_wide(network, cell, rules.reach) for cell in small):
            network.hidden.add(arc.cell)
    return frozenset(network.hidden)


def _is_wide(network: Network, cell: Hashable, width: int) -> bool:
    least, most = network.range_of(cell)
    return most - least >= width
