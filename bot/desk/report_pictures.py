"""Report pictures: a part of a report as a chart, and a whole report as what is set on paper."""

from dataclasses import asdict
from typing import Any

from bot.charts import MOST, Bars, Intervals, drawn, drawn_intervals, in_words
from bot.desk.drifting import NAME, DriftPart
from bot.desk.numbers import Say
from bot.desk.reporting import Part, Report


def bars(part: Part, say: Say) -> Bars | None:
    """Return what a part's chart shows; None where there is nothing to compare."""
    if not part.is_drawn:
        return None
    rows, hidden = tuple(row.words for row in part.rows), say("utter_report_hidden")
    columns = [(name, tuple(row.shares[at] for row in part.rows)) for at, name in enumerate(part.columns)]
    columns = [(name, shares) for name, shares in columns if any(one is not None for one in shares)]
    columns = columns if len(columns) <= MOST else columns[-1:]  # of many areas, all of them in one
    told = " ".join(f"{name}: {in_words(shares, rows, hidden)}." for name, shares in columns)
    return Bars(part.heading, f"{say('utter_report_chart', table=part.heading)} {told}", rows, tuple(columns))


def picture(part: Part, say: Say) -> str:
    """Return a part's chart as SVG, empty where there is none."""
    shown = bars(part, say)
    return drawn(shown) if shown else ""


def intervals(part: DriftPart, say: Say) -> Intervals | None:
    """Return what the chart of drift shows: the first area's quarters, as they were and for the same facts."""
    if not part.panels:
        return None
    panel = part.panels[0]
    steps, (_, crude, adjusted, _) = tuple(row[0] for row in panel.rows), part.heads
    told = " ".join(f"{step}: {crude} {was}; {adjusted} {same} ({ends})." for step, was, same, ends in panel.rows)
    columns = (
        (crude, tuple((was, None) for was, *_ in panel.figures)),
        (say("utter_report_drift_legend"), tuple((same, (low, high)) for _, same, low, high in panel.figures)),
    )
    about = say("utter_report_drift_chart", area=panel.name)
    return Intervals(f"{part.heading}: {panel.name}", f"{about} {told}", steps, columns)


def picture_of(report: Report, name: str, say: Say) -> str:
    """Return the chart of one part by its name as SVG, empty where there is none."""
    if name == NAME:
        shown = intervals(report.drift, say)
        return drawn_intervals(shown) if shown else ""
    part = next((one for one in report.parts if one.name == name), None)
    return picture(part, say) if part else ""


def on_paper(report: Report, say: Say) -> dict[str, Any]:
    """Return a report as the sheet `report` takes it: words, tables, and pictures with their own words."""
    parts = []
    for part in report.parts:
        shown = bars(part, say)
        drawing = {"svg": drawn(shown), "alt": shown.about} if shown else {"svg": "", "alt": ""}
        rows = [[row.words, *row.figures] for row in part.rows]
        heads = [say("utter_report_column_row"), *part.columns]
        parts.append({
            "heading": part.heading, "says": part.says, "instead": part.instead, "heads": heads,
            "base": [_of(many, say) for many in part.base] or [""] * len(part.columns), "rows": rows, **drawing,
        })  # fmt: skip
    words = {"title": report.title, "of": report.of, "lead": list(report.lead), "foot": report.foot}
    return {**words, "parts": parts, "drift": _drift_on_paper(report.drift, say)}


def _drift_on_paper(part: DriftPart, say: Say) -> dict[str, Any]:
    shown = intervals(part, say)
    drawing = {"svg": drawn_intervals(shown), "alt": shown.about} if shown else {"svg": "", "alt": ""}
    return {**asdict(part), **drawing}


def _of(many: str, say: Say) -> str:
    return say("utter_report_base", many=many)
