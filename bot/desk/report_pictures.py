"""Report pictures: a part of a report as a chart, and a whole report as what is set on paper."""

from typing import Any

from bot.charts import MOST, Bars, drawn, in_words
from bot.desk.numbers import Say
from bot.desk.reporting import Part, Report

_FEWEST_ROWS = 2


def bars(part: Part, say: Say) -> Bars | None:
    """Return what a part's chart shows; None where there is nothing to compare."""
    if len(part.rows) < _FEWEST_ROWS:
        return None
    rows, hidden = tuple(row.words for row in part.rows), say("utter_report_hidden")
    columns = [(name, tuple(row.shares[at] for row in part.rows)) for at, name in enumerate(part.columns)]
    columns = columns if len(columns) <= MOST else columns[-1:]  # of many areas, all of them in one
    told = " ".join(f"{name}: {in_words(shares, rows, hidden)}." for name, shares in columns)
    return Bars(part.heading, f"{say('utter_report_chart', table=part.heading)} {told}", rows, tuple(columns))


def picture(part: Part, say: Say) -> str:
    """Return a part's chart as SVG, empty where there is none."""
    shown = bars(part, say)
    return drawn(shown) if shown else ""


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
            "base": [_of(many, say) for many in part.base], "rows": rows, **drawing,
        })  # fmt: skip
    return {"title": report.title, "of": report.of, "lead": list(report.lead), "foot": report.foot, "parts": parts}


def _of(many: str, say: Say) -> str:
    return say("utter_report_base", many=many)
