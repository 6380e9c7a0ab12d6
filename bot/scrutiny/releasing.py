"""Releasing: the one place that every figure passes on its way out.

A table speaks of an area only where its base is shown there and is large enough. So tables are tied to each other by
what is known anyhow, and each can be protected by itself. What is no count passes here too (`moved.py`).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.scrutiny.bounds import too_tight
from bot.scrutiny.counting import Counted, Exact
from bot.scrutiny.moved import RESTS_ON, Moved, large_enough, moved
from bot.scrutiny.moved import from_plain as moved_from_plain
from bot.scrutiny.parting import COLUMNS, KINDS, SIDES, TOLD, Rows, kinds_shown, told_shown
from bot.scrutiny.rules import Rules
from bot.scrutiny.tables import OPENED, TABLES, Table
from bot.scrutiny.withholding import ALL, Cell, NothingCanBeShown, areas_and_withheld, withheld

_REST = "rest"

type _Said = Mapping[str, tuple[Sequence[str], frozenset[Cell]]]
type _Dear = tuple[Collection[str], Collection[str]]  # rows, and areas, that are hidden last
type Figures = Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True, slots=True)
class Published:
    """A table as it may be read: each row by area and over `ALL`, rounded, None where it is not shown.

    `base` is how many there were of whom it speaks. Of an area that it does not name neither it nor its totals speak.
    """

    name: str
    areas: tuple[str, ...]
    base: Mapping[str, int]
    figures: Figures

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the areas, and after them the column of totals where there is more than one."""
        return (*self.areas, ALL) if len(self.areas) > 1 and ALL in self.base else self.areas

    def shows(self, row: str, column: str) -> bool:
        """Whether there is a figure of a row in a column."""
        return self.figures.get(row, {}).get(column) is not None

    def plain(self) -> dict[str, Any]:
        """Return it as values that JSON knows."""
        rows = {str(row): dict(figures) for row, figures in self.figures.items()}
        return {"name": self.name, "areas": list(self.areas), "base": dict(self.base), "rows": rows}


@dataclass(frozen=True, slots=True)
class Release:
    """What is published of a year: the same for every reader, and for good.

    `drift` has an area for each of which it can be told, and is None in a release from before it was looked at.
    """

    year: int
    rules: Rules
    tables: tuple[Published, ...]
    drift: tuple[Moved, ...] | None = None

    def table(self, name: str) -> Published | None:
        """Return a table by its name; None of one that this release does not have."""
        return next((one for one in self.tables if one.name == name), None)

    def plain(self) -> dict[str, Any]:
        """Return it as values that JSON knows."""
        rules = {"under": self.rules.under, "rounding": self.rules.rounding}
        drift = None if self.drift is None else [one.plain() for one in self.drift]
        return {"year": self.year, **rules, "tables": [table.plain() for table in self.tables], "drift": drift}


def from_plain(kept: Mapping[str, Any]) -> Release:
    """Return a release from what `plain` gave."""
    tables = tuple(Published(t["name"], tuple(t["areas"]), t["base"], t["rows"]) for t in kept["tables"])
    drift = kept.get("drift")
    drift = None if drift is None else tuple(map(moved_from_plain, drift))
    return Release(kept["year"], Rules(kept["under"], kept["rounding"]), tables, drift)


def released(year: int, counted: Counted, rules: Rules, tables: Sequence[Table] = TABLES) -> Release:
    """Return what may be published of a year."""
    drifting = _may_drift(counted, tables, rules)
    found = _of_tables(counted, rules, tables, drifting)
    clear = set(drifting).intersection(*(_hides_nothing(table) for table in found if table.name in RESTS_ON))
    parted = _parted(counted, {one.name: one for one in found}, rules)
    return Release(year, rules, (*found, *parted), moved(counted.placed, clear, rules))


def _of_tables(counted: Counted, rules: Rules, tables: Sequence[Table], drifting: Collection[str]) -> list[Published]:
    opened = counted.exact[OPENED[0]]
    areas = tuple(area for area in counted.areas if opened[OPENED[1], area] >= rules.base)
    shown = {OPENED: areas}  # where the figure of a row is known, by table and row
    said: dict[str, tuple[Sequence[str], frozenset[Cell]]] = {OPENED[0]: (areas, frozenset())}
    found = [_published(OPENED[0], (OPENED[1],), opened, areas, opened, OPENED[1], frozenset(), rules)]
    for table in tables:
        exact, (of, row) = counted.exact[table.name], table.base
        base = counted.exact[of]
        fit = tuple(area for area in shown.get(table.base, ()) if base[row, area] >= rules.base)
        if table.several:
            kept, hidden = fit, _of_each_row(exact, base, row, table.rows, fit, rules)
        else:
            dear = {of for name, of in (other.base for other in tables) if name == table.name}
            prices = dear, drifting if table.name in RESTS_ON else ()
            kept, hidden = _within_bounds(table, counted.exact, fit, said, rules, prices)
        said[table.name] = kept, hidden
        shown |= {(table.name, one): tuple(a for a in kept if (one, a) not in hidden) for one in table.rows}
        found.append(_published(table.name, table.rows, exact, kept, base, row, hidden, rules, table.alone))
    return found


def _within_bounds(
    table: Table, exact: Mapping[str, Exact], fit: tuple[str, ...], said: _Said, rules: Rules, dear: _Dear
) -> tuple[tuple[str, ...], frozenset[Cell]]:
    """Return the areas that a table can speak of and what it does not show, as far as what other tables say allows."""
    while True:
        kept, hidden = _kept_and_hidden(table, exact[table.name], fit, rules, dear)
        known = said | {table.name: (kept, hidden)}

        def is_hidden(place: tuple[str, str], area: str, known: _Said = known) -> bool | None:
            areas, of_it = known.get(place[0], ((), frozenset()))
            return (place[1], area) in of_it if area in areas else None

        tight = too_tight(table.name, kept, exact, is_hidden, rules)
        if not tight:
            return kept, hidden
        fit = tuple(area for area in kept if area not in tight)


def _kept_and_hidden(
    table: Table, exact: Exact, fit: tuple[str, ...], rules: Rules, dear: _Dear
) -> tuple[tuple[str, ...], frozenset[Cell]]:
    if not table.alone:
        return areas_and_withheld(exact, table.rows, fit, rules, *dear)
    each = [areas_and_withheld(exact, table.rows, (area,), rules, *dear) for area in fit]
    return tuple(area for kept, _ in each for area in kept), frozenset().union(*(hidden for _, hidden in each))


def _parted(counted: Counted, found: Mapping[str, Published], rules: Rules) -> Iterator[Published]:
    """Yield where levels part, of the areas where all that it is compared with is shown."""
    if KINDS not in counted.exact or not {"beside", "kinds"} <= found.keys():
        return
    beside, kinds = found["beside"], found["kinds"]
    areas = tuple(a for a in beside.areas if a in kinds.areas and all(beside.shows(side, a) for side in SIDES))
    of_kinds, of_told, base = {}, {}, {}
    for area in areas:
        sides = {side: counted.exact["beside"][side, area] for side in SIDES}
        of_all = {kind: counted.exact["kinds"][kind, area] for kind in kinds.figures if kinds.shows(kind, area)}
        opened = counted.exact[OPENED[0]][OPENED[1], area]
        of_kinds[area] = kinds_shown(counted.exact[KINDS], sides, of_all, opened, area, rules)
        of_told[area] = told_shown(counted.exact[TOLD], sides, of_kinds[area], counted.kind_of, area, rules)
        base[area] = rules.rounded(sum(sides.values()))
    for name, rows in ((KINDS, of_kinds), (TOLD, of_told)):
        yield Published(name, areas, base, _as_figures(rows, areas, rules))


def _as_figures(rows: Mapping[str, Rows], areas: Sequence[str], rules: Rules) -> Figures:
    """Return rows as figures, each in the areas in which it may be shown."""
    named = sorted({one for area in areas for one in rows[area]})

    def figure(one: str, column: str, area: str) -> int | None:
        return rules.rounded(rows[area][one][column]) if one in rows[area] else None

    return {f"{one}_{c}": {area: figure(one, c, area) for area in areas} for one in named for c in COLUMNS}


def _may_drift(counted: Counted, tables: Sequence[Table], rules: Rules) -> tuple[str, ...]:
    """Return the areas of which drift can speak if nothing of them is hidden that it rests on."""
    if not {table.name for table in tables}.issuperset(RESTS_ON):
        return ()
    return large_enough(counted.placed, counted.exact[RESTS_ON[0]], rules)


def _hides_nothing(table: Published) -> set[str]:
    return {area for area in table.areas if all(held[area] is not None for held in table.figures.values())}


def _of_each_row(
    exact: Exact, base: Exact, of: str, rows: Sequence[str], areas: Sequence[str], rules: Rules
) -> frozenset[Cell]:
    """Return what is not shown where rows overlap: each is a table of its own, with what is not in it."""
    hidden: set[Cell] = set()
    for row in rows:
        pair = {(row, area): exact[row, area] for area in areas}
        pair |= {(_REST, area): base[of, area] - exact[row, area] for area in areas}
        try:
            hidden |= {cell for cell in withheld(pair, (row, _REST), areas, rules) if cell[0] == row}
        except NothingCanBeShown:
            hidden |= {(row, column) for column in (*areas, ALL)}
    return frozenset(hidden)


def _published(
    name: str, rows: Sequence[str], exact: Exact, areas: tuple[str, ...], base: Exact, of: str,
    hidden: frozenset[Cell], rules: Rules, alone: bool = False,
) -> Published:  # fmt: skip
    columns = (*areas, ALL) if len(areas) > 1 and not alone else areas

    def figure(of: Exact, row: str, column: str) -> int:
        return rules.rounded(sum(of[row, area] for area in (areas if column == ALL else (column,))))

    figures = {row: {c: None if (row, c) in hidden else figure(exact, row, c) for c in columns} for row in rows}
    return Published(name, areas, {column: figure(base, of, column) for column in columns}, figures)
