"""Counting: entries into every table's exact figures. They go no further than `releasing`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.scrutiny.alike import Placed, placed
from bot.scrutiny.entry import Entry
from bot.scrutiny.parting import KINDS, TOLD, rows_of
from bot.scrutiny.tables import OPENED, TABLES, Table, beside

type Exact = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Counted:
    """A year as it is: `exact` by table has each row in each area, and under `opened` how many there were.

    `placed` has how often each combination was there that drift looks at. `kind_of` has every indicator that there is,
    with the kind of worry it is of.
    """

    areas: tuple[str, ...]
    exact: Mapping[str, Exact]
    placed: Mapping[Placed, int] = field(default_factory=dict)
    kind_of: Mapping[str, str] = field(default_factory=dict)


def counted(
    entries: Iterable[Entry], tables: Sequence[Table] = TABLES, kind_of: Mapping[str, str] | None = None
) -> Counted:
    """Count every entry in every table whose base it is in. Entries are taken one by one and let go."""
    names = (OPENED[0], KINDS, TOLD, *(table.name for table in tables))
    found: dict[str, Counter[tuple[str, str]]] = {name: Counter() for name in names}
    compared: Counter[Placed] = Counter()
    for entry in entries:
        found[OPENED[0]][OPENED[1], entry.area] += 1
        if (one := placed(entry)) is not None:
            compared[one] += 1
        for table_of, row in rows_of(entry, beside(entry)):
            found[table_of][row, entry.area] += 1
        within = {OPENED}
        for table in tables:  # a base stands before what is counted of it
            if table.base in within:
                for row in table.rows_of(entry):
                    found[table.name][row, entry.area] += 1
                    within.add((table.name, row))
    areas = tuple(sorted({area for _, area in found[OPENED[0]]}))
    rows = {OPENED[0]: (OPENED[1],)} | {table.name: table.rows for table in tables}
    exact = {name: {(row, area): found[name][row, area] for row in rows[name] for area in areas} for name in rows}
    return Counted(areas, exact | {name: dict(found[name]) for name in (KINDS, TOLD)}, compared, kind_of or {})
