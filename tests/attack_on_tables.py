"""An attack on published tables: all that is shown, written as equations, and what a solver makes of a hidden figure.

It knows the tables' shapes and rules, as any reader may, and none of the code that protects them.
"""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import highspy

from bot.scrutiny.tables import OPENED, TABLES, Table
from tests.ties_of_tables import GROUPS, NESTED, Cells

ALL = "all"

__all__ = ["GROUPS", "NESTED", "PARTED", "SIDES", "Attack", "groups_told", "parted_too_narrow", "too_narrow"]

PARTED, SIDES = ("kinds_beside", "told_beside"), ("higher", "same", "lower")
# A reader of drift is taken to know more than it says: each quarter's high and low levels of an area, exactly.
type ByQuarter = Mapping[str, Sequence[tuple[int, int]]]
HIGH, LOW = (("worker", "n3"), ("worker", "n4")), (("worker", "n1"), ("worker", "n2"))


class Attack:
    """What a reader knows of a release, as a set of equations in whole numbers."""

    def __init__(self, published: Mapping[str, Any], tables: Sequence[Table] = TABLES) -> None:
        self._under, self._rounding = published["under"], published["rounding"]
        self._solver = highspy.Highs()
        self._solver.silent()
        self._of: dict[tuple[str, str, str], Any] = {}
        self.shown: set[tuple[str, str, str]] = set()
        shown = {table["name"]: table for table in published["tables"]}
        self._take_in(shown[OPENED[0]])
        for table in tables:
            self._take_in(shown[table.name])
            self._tie(table, shown[table.name])

    def range_of(self, table: str, row: str, column: str) -> tuple[int, int]:
        """Return the least and the most that a figure can be. Where it has no end, the most is very large."""
        figure = self._of[table, row, column]
        least = self._solve(figure, highspy.ObjSense.kMinimize)
        return least, self._solve(figure, highspy.ObjSense.kMaximize)

    def also_knows(self, nested: Sequence[tuple[Cells, Cells]]) -> None:
        """Write down what bounds what, in every column that both have."""
        for outer, inner in nested:
            columns = [{c for t, r, c in self._of if (t, r) == cell} for cell in (*outer, *inner)]
            # Totals go over the areas of their table, which need not be the same.
            for column in set.intersection(*columns) - {ALL}:
                of = [sum((self._of[t, r, column] for t, r in cells), 0.0) for cells in (outer, inner)]
                self._solver.addConstr(of[0] >= of[1])

    def knows_quarters(self, levels: ByQuarter) -> None:
        """Write down what each quarter's high and low levels tell of an area's other figures."""
        for area, quarters in levels.items():
            for cells, many in zip((HIGH, LOW), zip(*quarters, strict=True), strict=True):
                self._solver.addConstr(sum((self._of[t, r, area] for t, r in cells), 0.0) == sum(many))
            for number, sides in enumerate(quarters, start=1):
                self._solver.addConstr(self._of["quarters", f"quarter_{number}", area] >= sum(sides))

    def also_parted(self, kind_of: Mapping[str, str], published: Mapping[str, Any]) -> None:
        """Write down what is shown of where levels part, by kind and by indicator, and all that ties it to the rest.

        What is left out may be anything, as far as it fits: the words are known, so there is a figure for each of them.
        """
        shown = {table["name"]: table for table in published["tables"]}
        for area in shown[PARTED[0]]["areas"]:
            for table, names in zip(PARTED, (sorted({*kind_of.values()}), sorted(kind_of)), strict=True):
                for name in names:
                    self._take_in_row(shown[table]["rows"], table, name, area)
            for kind in {*kind_of.values()}:
                self._tie_kind(kind, [one for one, of in kind_of.items() if of == kind], area)

    def _take_in_row(self, rows: Mapping[str, Any], table: str, name: str, area: str) -> None:
        for column in ("compared", *SIDES):
            figure = rows.get(f"{name}_{column}", {}).get(area)
            least, most = (0, highspy.kHighsInf) if figure is None else self._rounded_from(figure)
            self._of[table, f"{name}_{column}", area] = self._solver.addIntegral(least, most)
            if figure is not None:
                self.shown.add((table, f"{name}_{column}", area))
        sides = [self._of[table, f"{name}_{side}", area] for side in SIDES]
        self._solver.addConstr(sum(sides[1:], sides[0] + 0) == self._of[table, f"{name}_compared", area])
        for side, figure in zip(SIDES, sides, strict=True):
            self._solver.addConstr(figure <= self._of["beside", side, area])

    def _tie_kind(self, kind: str, indicators: Sequence[str], area: str) -> None:
        """Write down that a kind was told by one of its indicators at least, and that others told of it too."""
        for side in SIDES:
            of_kind = self._of[PARTED[0], f"{kind}_{side}", area]
            of_each = [self._of[PARTED[1], f"{one}_{side}", area] for one in indicators]
            for figure in of_each:
                self._solver.addConstr(figure <= of_kind)
            self._solver.addConstr(sum(of_each[1:], of_each[0] + 0) >= of_kind)
        compared, of_all = self._of[PARTED[0], f"{kind}_compared", area], self._of["kinds", kind, area]
        sides = [self._of["beside", side, area] for side in SIDES]
        all_compared = sum(sides[1:], sides[0] + 0)
        self._solver.addConstr(compared <= of_all)
        self._solver.addConstr(all_compared - compared <= self._of["opened", "opened", area] - of_all)

    def range_between(self, outer: Cells, inner: Cells, column: str) -> tuple[int, int] | None:
        """Return how many can be in the first and not in the second; None where a table does not speak of them."""
        if any((*cell, column) not in self._of for cell in (*outer, *inner)):
            return None
        of = [sum((self._of[t, r, column] for t, r in cells), 0.0) for cells in (outer, inner)]
        between = of[0] - of[1]
        return self._solve(between, highspy.ObjSense.kMinimize), self._solve(between, highspy.ObjSense.kMaximize)

    def places(self) -> tuple[tuple[str, str, str], ...]:
        """Return where there is a figure: table, row and column."""
        return tuple(self._of)

    def _take_in(self, table: Mapping[str, Any]) -> None:
        name, areas = table["name"], table["areas"]
        for row, figures in table["rows"].items():
            # Of a row that says nothing at all nobody knows whether there is a zero in it.
            unknown = (0 if all(figure is None for figure in figures.values()) else 1, highspy.kHighsInf)
            for column, figure in figures.items():
                least, most = unknown if figure is None else self._rounded_from(figure)
                self._of[name, row, column] = self._solver.addIntegral(least, most)
                if figure is not None:
                    self.shown.add((name, row, column))
            if ALL in figures:
                over_all = sum((self._of[name, row, area] for area in areas[1:]), self._of[name, row, areas[0]] + 0)
                self._solver.addConstr(over_all == self._of[name, row, ALL])

    def _tie(self, table: Table, shown: Mapping[str, Any]) -> None:
        """Write down that the rows make up the base, or that each is no more than it."""
        for area in shown["areas"]:
            base = self._of[*table.base, area]
            rows = [self._of[table.name, row, area] for row in table.rows]
            if not table.several:
                self._solver.addConstr(sum(rows[1:], rows[0] + 0) == base)
                continue
            for name, row in zip(table.rows, rows, strict=True):
                # A row that held everybody would not be hidden, unless the whole of it is.
                spare = int((table.name, name, area) not in self.shown and (table.name, name) in self._shown_rows())
                self._solver.addConstr(row + spare <= base)

    def _shown_rows(self) -> set[tuple[str, str]]:
        return {(table, row) for table, row, _ in self.shown}

    def _rounded_from(self, figure: int) -> tuple[int, int]:
        """Return from what to what a shown figure was rounded: from none to none, or from nothing small."""
        if figure == 0:
            return 0, 0
        half = -(-self._rounding // 2)
        least = figure - self._rounding // 2
        return max(least, self._under), figure + half - 1

    def _solve(self, figure: Any, sense: Any) -> int:
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        (self._solver.minimize if sense == highspy.ObjSense.kMinimize else self._solver.maximize)(figure + 0)
        status = self._solver.getModelStatus()
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return 10**9
        assert status == highspy.HighsModelStatus.kOptimal, status
        return round(self._solver.getObjectiveValue())


def too_narrow(
    published: Mapping[str, Any],
    exact: Mapping[str, Mapping[tuple[str, str], int]],
    tables: Sequence[Table] = TABLES,
    *,
    also: Sequence[tuple[Cells, Cells]] = (),
    levels: ByQuarter | None = None,
) -> list[tuple[Any, ...]]:
    """Return every small figure that is shown, or that can be told to within less than the rules promise.

    `also` and `levels` are what a reader knows beside the tables.
    """
    attack = Attack(published, tables)
    attack.also_knows(also)
    attack.knows_quarters(levels or {})
    return _narrow(attack, published, exact, attack.places())


def parted_too_narrow(
    published: Mapping[str, Any], exact: Mapping[str, Mapping[tuple[str, str], int]], kind_of: Mapping[str, str]
) -> list[tuple[Any, ...]]:
    """Return the same of where levels part. `kind_of` has the words that there are for what can be told.

    Kinds are tied to each other by nothing but figures that are shown, so each can be attacked by itself.
    """
    tables = [table for table in TABLES if table.name in ("desk", "beside", "kinds")]
    found = []
    for kind in {*kind_of.values()}:
        attack = Attack(published, tables)
        attack.also_parted({one: of for one, of in kind_of.items() if of == kind}, published)
        places = [place for place in attack.places() if place[0] in PARTED or place[:2] == ("kinds", kind)]
        found += _narrow(attack, published, exact, places)
        found += _left_of_kind(attack, published, exact, kind, [one for one, of in kind_of.items() if of == kind])
    return found


def _left_of_kind(
    attack: Attack,
    published: Mapping[str, Any],
    exact: Mapping[str, Mapping[tuple[str, str], int]],
    kind: str,
    indicators: Sequence[str],
) -> list[tuple[Any, ...]]:
    """Return every small group of those who told of a kind, and not by one indicator, that a reader can tell."""
    under, found = published["under"], []
    areas = next(t["areas"] for t in published["tables"] if t["name"] == PARTED[0])
    for one, side, area in product(indicators, ("compared", *SIDES), areas):
        outer, inner = (PARTED[0], f"{kind}_{side}"), (PARTED[1], f"{one}_{side}")
        true = exact[outer[0]].get((outer[1], area), 0) - exact[inner[0]].get((inner[1], area), 0)
        known = attack.range_between((outer,), (inner,), area) if 0 < true < under else None
        if known and known[1] - known[0] < under:
            found.append((outer, inner, area, true, *known))
    return found


def _narrow(
    attack: Attack,
    published: Mapping[str, Any],
    exact: Mapping[str, Mapping[tuple[str, str], int]],
    places: Sequence[tuple[str, str, str]],
) -> list[tuple[Any, ...]]:
    under, found = published["under"], []
    for place in places:
        name, row, column = place
        areas = next(t["areas"] for t in published["tables"] if t["name"] == name)
        true = sum(exact[name].get((row, area), 0) for area in (areas if column == ALL else [column]))
        if not 0 < true < under:
            continue
        least, most = attack.range_of(*place)
        assert least <= true <= most, (place, least, true, most)
        if place in attack.shown or most - least < under:
            found.append((*place, true, least, most))
    return found


def groups_told(
    published: Mapping[str, Any],
    exact: Mapping[str, Mapping[tuple[str, str], int]],
    also: Sequence[tuple[Cells, Cells]],
) -> list[tuple[Any, ...]]:
    """Return every small group of which a reader learns how large it is by taking one figure from another."""
    attack, found = Attack(published), []
    attack.also_knows(also)
    for outer, inner in GROUPS:
        for area in {area for _, area in exact["opened"]}:
            true = sum(exact[t][r, area] for t, r in outer) - sum(exact[t][r, area] for t, r in inner)
            known = attack.range_between(outer, inner, area) if 0 < true < published["under"] else None
            if known and known[1] - known[0] < published["under"]:
                found.append((outer, inner, area, true, *known))
    return found
