"""Files: a release as comma-separated values, a line for each figure, and what its columns and rows mean.

Programs that open such a file take a cell that begins like a formula for one. No cell of ours does.
"""

import csv
import io
from collections.abc import Callable, Iterable

from bot.scrutiny.releasing import Published, Release
from bot.scrutiny.withholding import ALL

COLUMNS = ("year", "area", "table", "table_words", "row", "row_words", "base", "figure", "shown")
DRIFT = "drift"
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")

type Words = Callable[[str, str], str]


def cell(value: object) -> str:
    """Return a value as a cell that no program takes for a formula: an apostrophe stands before it.

    A number is none, even one below zero.
    """
    text = str(value)
    if isinstance(value, int | float):
        return text
    begins = text.lstrip().startswith(_BEGINS_A_FORMULA) or text.startswith(_BEGINS_A_FORMULA)
    return f"'{text}" if begins else text


def figures(release: Release, area: str, words: Words) -> str:
    """Return every figure of an area, and of all areas; of every area for an empty `area`.

    `words` says what a table's row is called, and of an empty row what the table is.
    """
    return _written(COLUMNS, _lines(release, area, words))


def dictionary(release: Release, words: Words, fields: Callable[[str], str]) -> str:
    """Return what each column of the figures is, then each table and row."""
    lines = [("column", name, "", fields(name)) for name in COLUMNS]
    for table in release.tables:
        lines.append(("table", table.name, "", words(table.name, "")))
        lines += [("row", table.name, row, words(table.name, row)) for row in table.figures]
    if release.drift:
        lines.append(("table", DRIFT, "", words(DRIFT, "")))
        lines += [("row", DRIFT, row, words(DRIFT, row)) for row in release.drift[0].lines()]
    return _written(("what", "name", "row", "words"), lines)


def _lines(release: Release, area: str, words: Words) -> Iterable[tuple[object, ...]]:
    for table in release.tables:
        for column in _columns(table, area):
            for row, held in table.figures.items():
                figure = held[column]
                shown = ("", "no") if figure is None else (figure, "yes")
                named = (table.name, words(table.name, ""), row, words(table.name, row))
                yield (release.year, column, *named, table.base.get(column, ""), *shown)
    told = {one.area for one in release.drift or ()}
    for one in release.drift or ():
        if not area or (area in told and one.area in (area, ALL)):
            for row, figure in one.lines().items():
                named = (DRIFT, words(DRIFT, ""), row, words(DRIFT, row))
                yield (release.year, one.area, *named, one.base, figure, "yes")


def _columns(table: Published, area: str) -> tuple[str, ...]:
    """Return the columns of an area's files: its own and that of all areas, where the table speaks of it."""
    if not area:
        return table.columns
    return tuple(one for one in table.columns if one in (area, ALL)) if area in table.areas else ()


def _written(heads: Iterable[str], lines: Iterable[Iterable[object]]) -> str:
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([cell(one) for one in line] for line in lines)
    return held.getvalue()
