"""Report of agreement: how far assistant, DSL and worker agree in a year, and where the levels part, in words.

Nothing here counts. Kappa is worked out from published figures, so it cannot tell more than they do.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.desk.drifting import area_words
from bot.desk.numbers import Say
from bot.desk.reporting import AreaName, Part, Report, Row, columns_of, share
from bot.scrutiny.agreeing import LEAST, PAIRS, derived
from bot.scrutiny.parting import COLUMNS, COMPARED, KINDS, SIDES, TOLD, split
from bot.scrutiny.releasing import Published, Release
from bot.scrutiny.tables import LEVELS, SIDE_OF, table_of_pair
from bot.scrutiny.withholding import ALL

MOST_ROWS = 15

type Told = Callable[[str], str]


def with_agreement(of: Report, release: Release, say: Say, name_of: AreaName, told: Told) -> Report:
    """Return a report with the parts on agreement after the others. `told` words an indicator."""
    return replace(of, parts=(*of.parts, *agreement_parts(release, of.area, say, name_of, told)))


def in_files(release: Release) -> Release:
    """Return a release as it goes into files: with agreement as tables of its own."""
    return replace(release, tables=(*release.tables, *derived(release)))


def agreement_parts(release: Release, area: str, say: Say, name_of: AreaName, told: Told) -> Iterator[Part]:
    """Yield how often they agree, kappa, the pairs of levels, and where levels part by kind and by indicator."""
    columns = columns_of(release.table("beside"), area)
    held = {one.name.removeprefix("kappa_"): one for one in derived(release)}
    words = tuple(area_words(column, say, name_of) for column in columns)
    yield _part("alike", say, words, [_alike(pair, held[pair], columns, say) for pair in PAIRS])
    rows = [row for pair in PAIRS for row in _kappas(pair, held[pair], columns, say)]
    yield _part("kappa", say, words, rows, least=str(LEAST))
    column = area or (ALL if len(columns) != 1 else columns[0])
    yield _pairs(release, column, say)
    for name, wording in ((KINDS, lambda kind: say(f"utter_category_{kind}")), (TOLD, told)):
        yield _parted(release, name, column, say, wording)


def _part(name: str, say: Say, columns: tuple[str, ...], rows: Sequence[Row], **blanks: str) -> Part:
    says = (f"utter_report_{name}", f"utter_report_{name}_says")
    heading, about = say(says[0]), say(says[1], **blanks)
    hidden = say("utter_report_hidden")
    if not columns or all(figure == hidden for row in rows for figure in row.figures):
        return Part(name, heading, about, instead=say("utter_report_too_few"))
    return Part(name, heading, about, columns, (), tuple(rows))


def _alike(pair: str, held: Published, columns: Sequence[str], say: Say) -> Row:
    shares = [held.figures.get("alike", {}).get(column) for column in columns]
    figures = [
        say("utter_report_hidden") if one is None else say("utter_report_of", share=f"{one:.0f}", many=f"{many:,}")
        for one, many in zip(shares, (held.base.get(column, 0) for column in columns), strict=True)
    ]
    return Row(say(f"utter_report_pair_{pair}"), tuple(figures), tuple(shares))


def _kappas(pair: str, held: Published, columns: Sequence[str], say: Say) -> Iterator[Row]:
    for weights in ("linear", "quadratic") if pair == PAIRS[0] else ("plain",):
        figures = []
        for column in columns:
            value, least, most = (
                held.figures.get(f"{weights}{which}", {}).get(column) for which in ("", "_least", "_most")
            )
            if value is None:
                figures.append(say("utter_report_hidden"))
                continue
            told = {"value": f"{value:.2f}", "least": f"{least:.2f}", "most": f"{most:.2f}"}
            figures.append(say("utter_report_between", **told))
        yield Row(say(f"utter_report_kappa_{pair}_{weights}"), tuple(figures), (None,) * len(figures))


def _pairs(release: Release, column: str, say: Say) -> Part:
    """Return the assistant's levels in rows beside the worker's in columns, of one area: they have no totals."""
    tables = [release.table(name) for name in SIDE_OF]
    if None in tables or column == ALL:
        return _instead("pairs", tables, say)

    def figure(assistant: str, worker: str) -> str:
        name = table_of_pair(assistant, worker)
        found = (table := release.table(name)) and table.figures.get(f"{assistant}_{worker}", {}).get(column)
        if found is None and _is_none(release, name, column):
            return "0"
        return say("utter_report_hidden") if found is None else f"{found:,}"

    heads = tuple(say("utter_report_pairs_worker", level=say(f"utter_report_worker_{one}")) for one in LEVELS)
    rows = [
        Row(
            say("utter_report_pairs_assistant", level=say(f"utter_report_assistant_{one}")),
            tuple(figure(one, other) for other in LEVELS),
            (None,) * len(LEVELS),
        )
        for one in LEVELS
    ]
    return _part("pairs", say, heads, rows)


def _instead(name: str, tables: Sequence[Published | None], say: Say, **blanks: str) -> Part:
    """Return a part that is shown by area alone, or that a report of long ago does not have."""
    if None in tables:
        why = "utter_report_not_recorded"
    else:
        why = "utter_report_by_area" if any(table.areas for table in tables if table) else "utter_report_too_few"
    return Part(name, say(f"utter_report_{name}"), say(f"utter_report_{name}_says", **blanks), instead=say(why))


def _is_none(release: Release, name: str, column: str) -> bool:
    """Whether it is shown that there are none on this side."""
    beside = release.table("beside")
    return beside is not None and beside.figures.get(SIDE_OF[name], {}).get(column) == 0


def _parted(release: Release, name: str, column: str, say: Say, wording: Told) -> Part:
    """Return where levels part in one area, those first over which they part most often."""
    held, beside = release.table(name), release.table("beside")
    heading, says = say(f"utter_report_{name}"), say(f"utter_report_{name}_says", most=str(MOST_ROWS))
    if held is None or column == ALL:
        return _instead(name, [held], say, most=str(MOST_ROWS))
    told: dict[str, dict[str, float]] = {}
    for row, figures in held.figures.items():
        if (figure := figures.get(column)) is not None:
            what, side = split(row)
            told.setdefault(what, {})[side] = figure
    if not told or beside is None:
        return Part(name, heading, says, instead=say("utter_report_too_few"))
    most_first = sorted(told, key=lambda what: (told[what]["same"] / told[what][COMPARED], what))
    rows = [_told(wording(what), told[what]) for what in most_first[:MOST_ROWS]]
    of_all = {COMPARED: held.base[column]} | {side: beside.figures[side][column] or 0 for side in SIDES}
    columns = tuple(say(f"utter_report_parted_{one}") for one in COLUMNS)
    return Part(name, heading, says, columns, tuple(f"{of_all[one]:,}" for one in COLUMNS), tuple(rows))


def _told(words: str, row: Mapping[str, float]) -> Row:
    figures = tuple(f"{row[one]:,}" for one in COLUMNS)
    shares = (None, *(share(row[side], row[COMPARED]) for side in SIDES))
    return Row(f"{words[:1].upper()}{words[1:]}", figures, shares)
