"""Reporting: a release in words, for one area or over all. What is shown here has passed `bot.scrutiny.releasing`.

A share is worked out from two figures that are shown, and from nothing else.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from bot.desk.drifting import DriftPart, area_words, drift_part
from bot.desk.numbers import Say
from bot.scrutiny.entry import NOT_RECORDED
from bot.scrutiny.parting import KINDS, TOLD, split
from bot.scrutiny.releasing import Published, Release
from bot.scrutiny.tables import OPENED, TABLES
from bot.scrutiny.withholding import ALL
from bot.scrutiny.year import in_words

type AreaName = Callable[[str], str]

# More do not fit on paper. The file of figures has them all.
MOST_COLUMNS = 7


@dataclass(frozen=True, slots=True)
class Row:
    """A row in words: its figures as they are shown, and its shares in per cent, None where there is none."""

    words: str
    figures: tuple[str, ...]
    shares: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A table in words. `columns` are areas by name, `base` how many there were; `instead` of rows a sentence."""

    name: str
    heading: str
    says: str
    columns: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    instead: str = ""

    @property
    def is_drawn(self) -> bool:
        """Whether there is something to compare in a chart."""
        return len(self.rows) > 1 and any(share is not None for row in self.rows for share in row.shares)


@dataclass(frozen=True, slots=True)
class Report:
    """A report of a year: `area` is empty over all. `parts` stand in the order of the tables, after them drift."""

    year: int
    area: str
    title: str
    of: str
    lead: tuple[str, ...]
    foot: str
    parts: tuple[Part, ...]
    drift: DriftPart

    def plain(self) -> dict[str, Any]:
        """Return it as values that JSON knows."""
        return asdict(self)


def report(release: Release, area: str, say: Say, name_of: AreaName) -> Report:
    """Return the report of an area, beside all areas, or over all for an empty `area`."""
    year, rules = in_words(release.year), release.rules
    numbers = {"under": str(rules.under), "rounding": str(rules.rounding), "base": str(rules.base)}
    lead = (
        say("utter_report_intro", first=str(release.year), last=str(release.year + 1)),
        say("utter_report_small", **numbers),
        *((say("utter_report_rounded", **numbers),) if rules.rounding > 1 else ()),
        say("utter_report_left_out", **numbers),
        say("utter_report_not_a_score"),
        say("utter_report_not_checked"),
    )
    rows = {OPENED[0]: (OPENED[1],)} | {table.name: table.rows for table in TABLES}
    parts = tuple(_part(release.table(name), name, held, area, say, name_of) for name, held in rows.items())
    of = say("utter_report_of_area", area=name_of(area)) if area else say("utter_report_all_areas")
    foot = say("utter_report_foot", year=year, **numbers)
    drift = drift_part(release, area, say, name_of)
    return Report(release.year, area, say("utter_report_title", year=year), of, lead, foot, parts, drift)


def row_words(table: str, row: str, say: Say, told: Callable[[str], str] = str) -> str:
    """Return what a row is called. `told` words indicators."""
    if table in (KINDS, TOLD):
        what, column = split(row)
        words = say(f"utter_category_{what}") if table == KINDS else told(what)
        return f"{words[:1].upper()}{words[1:]}: {say(f'utter_report_parted_{column}')}"
    table = "kappa" if table.startswith("kappa_") else table
    return say(f"utter_category_{row}") if table == "kinds" else say(f"utter_report_{table}_{row}")


def _part(
    held: Published | None, name: str, rows: tuple[str, ...], area: str, say: Say, name_of: AreaName
) -> Part:
    heading, says = say(f"utter_report_{name}"), say(f"utter_report_{name}_says")
    columns = columns_of(held, area)
    if held is None:  # it was published before there was such a table
        return Part(name, heading, says, instead=say("utter_report_not_recorded"))
    if not columns:
        by_area = not area and held.areas  # there are more than fit, and no totals
        return Part(name, heading, says, instead=say("utter_report_by_area" if by_area else "utter_report_too_few"))
    if all(held.figures.get(NOT_RECORDED, {}).get(column) == held.base[column] for column in columns):
        return Part(name, heading, says, instead=say("utter_report_not_recorded"))
    hidden = say("utter_report_hidden")
    shown = [
        Row(
            row_words(name, row, say),
            tuple(hidden if (figure := held.figures[row][column]) is None else f"{figure:,}" for column in columns),
            tuple(share(held.figures[row][column], held.base[column]) for column in columns),
        )
        for row in rows
    ]
    words = tuple(area_words(column, say, name_of) for column in columns)
    base = tuple(f"{held.base[column]:,}" for column in columns)
    return Part(name, heading, says, words, base, tuple(shown))


def columns_of(held: Published | None, area: str) -> tuple[str, ...]:
    """Return the columns of a report: of one area, that and all; over all, every one."""
    if held is None:
        return ()
    if not area:
        return held.columns if len(held.columns) <= MOST_COLUMNS else (ALL,) if ALL in held.columns else ()
    if area not in held.areas:
        return ()
    return (area, ALL) if ALL in held.columns else (area,)


def share(figure: float | None, base: float) -> float | None:
    """Return a share, which rounding may lift above the whole, and that it is not."""
    return None if figure is None or not base else min(100.0, round(100 * figure / base, 1))
