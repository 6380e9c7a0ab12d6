"""Agreeing: how far assistant, DSL and worker agree in a year, worked out of what is published and of nothing else.

So it tells nothing that the tables do not tell: a reader could do the same sums. Where a few pairs of levels are not
shown, what is left of their table is spread evenly over them; where that is more than a little, nothing is said.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.scrutiny.agreement import Kappa, NothingToCompare, Square, linear, quadratic, same, weighted_kappa
from bot.scrutiny.releasing import Published, Release
from bot.scrutiny.tables import LEVELS, SIDE_OF, table_of_pair
from bot.scrutiny.withholding import ALL

PAIRS = ("assistant_worker", "dsl_worker", "dsl_assistant")
LEAST = 100  # the interval is one of large samples
_LITTLE = 0.05
_VIEWS = ("refer", "early_help", "school_support", "advice_only")
_ADVISED = ("advised", "not")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two agree in an area: on how many, the share alike, and beyond chance by linear and quadratic weights.

    Of two categories both weights are the same.
    """

    pair: str
    compared: int
    alike: float
    linear: Kappa
    quadratic: Kappa


def agreements(release: Release, column: str) -> Iterator[Agreement]:
    """Yield what can be said of a column: assistant and worker on levels, the DSL and each on a referral or not."""
    for pair, square in (
        (PAIRS[0], levels(release, column)),
        (PAIRS[1], _referral(release, "views", column, _by_worker)),
        (PAIRS[2], _referral(release, "thought", column, _by_assistant)),
    ):
        many = sum(map(sum, square)) if square else 0
        if square and many >= LEAST:
            try:
                kappas = (weighted_kappa(square, weight) for weight in (linear, quadratic))
                yield Agreement(pair, round(many), same(square), *kappas)
            except NothingToCompare:
                continue


def derived(release: Release) -> tuple[Published, ...]:
    """Return agreement as tables of its own: shares in per cent, kappas to two places."""
    columns = beside.columns if (beside := release.table("beside")) else ()
    found = {column: {one.pair: one for one in agreements(release, column)} for column in columns}
    tables = []
    for pair in PAIRS:
        told = {column: of[pair] for column, of in found.items() if pair in of}
        rows: dict[str, dict[str, float | None]] = {}
        for column, agreement in told.items():
            for row, figure in _as_rows(agreement).items():
                rows.setdefault(row, dict.fromkeys(columns))[column] = figure
        base = {column: one.compared for column, one in told.items()}
        tables.append(Published(f"kappa_{pair}", beside.areas if beside and told else (), base, rows))
    return tuple(tables)


def _as_rows(agreement: Agreement) -> dict[str, float]:
    """Return an agreement as rows; where both weights are the same there is one kappa."""
    names = ("linear", "quadratic") if agreement.pair == PAIRS[0] else ("linear",)
    rows = {"alike": round(100 * agreement.alike, 1)}
    for name in names:
        kappa = getattr(agreement, name)
        held = {"": kappa.value, "_least": kappa.least, "_most": kappa.most}
        as_called = name if len(names) > 1 else "plain"
        rows |= {f"{as_called}{which}": round(value, 2) + 0.0 for which, value in held.items()}
    return rows


def levels(release: Release, column: str) -> Square | None:
    """Return the assistant's levels in rows beside the worker's, None where too much of it is not shown.

    These tables have no totals: over all are those areas of which it can be told.
    """
    beside = release.table("beside")
    if column != ALL or beside is None:
        return _levels(release, column)
    each = [one for one in (_levels(release, area) for area in beside.areas) if one]
    return [[sum(one[i][j] for one in each) for j in range(len(LEVELS))] for i in range(len(LEVELS))] if each else None


def _levels(release: Release, column: str) -> Square | None:
    beside = release.table("beside")
    pairs = {name: [(a, w) for a in LEVELS for w in LEVELS if table_of_pair(a, w) == name] for name in SIDE_OF}
    found: dict[str, float] = {}
    unsure = total = 0.0
    for name, side in SIDE_OF.items():
        many = beside.figures.get(side, {}).get(column) if beside else None
        if many is None:
            return None
        rows = [f"{a}_{w}" for a, w in pairs[name]]
        filled, spread = _filled(release.table(name), rows, column, many)
        found |= filled
        unsure, total = unsure + spread, total + many
    if unsure > _LITTLE * total:
        return None
    return [[found[f"{a}_{w}"] for w in LEVELS] for a in LEVELS]


def _filled(
    table: Published | None, rows: Sequence[str], column: str, many: int
) -> tuple[dict[str, float], float]:  # fmt: skip
    """Return each row, those that are not shown sharing what is left, and how much that is."""
    shown = {row: table.figures.get(row, {}).get(column) if table else None for row in rows}
    unknown = [row for row, figure in shown.items() if figure is None]
    left = max(0.0, many - sum(figure or 0 for figure in shown.values())) if unknown else 0.0
    return {row: left / len(unknown) if figure is None else float(figure) for row, figure in shown.items()}, left


def _by_worker(view: str) -> tuple[tuple[str, ...], ...]:
    views = ("refer",) if view == "refer" else _VIEWS[1:]
    return tuple(tuple(f"{one}_{said}" for one in views) for said in _ADVISED)


def _by_assistant(view: str) -> tuple[tuple[str, ...], ...]:
    return tuple((f"{view}_{said}",) for said in ("refer", "other"))


def _referral(
    release: Release, name: str, column: str, cells: Callable[[str], tuple[tuple[str, ...], ...]]
) -> Square | None:
    """Return the DSL's view, a referral or not, in rows beside another's; None where too much of it is not shown."""
    table = release.table(name)
    if table is None or column not in table.columns:
        return None
    filled, unsure = _filled(table, list(table.figures), column, table.base[column])
    square = [[sum(filled[row] for row in of) for of in cells(view)] for view in ("refer", "other")]
    return square if unsure <= _LITTLE * sum(map(sum, square)) else None
