"""Intervals: a bar for each quarter or other step, in at most three columns, with a line from low to high across it."""

from dataclasses import dataclass

from bot.charts.bars import looks, round_top
from bot.charts.plain import plain

_HEIGHT = 340


@dataclass(frozen=True, slots=True)
class Intervals:
    """What a chart shows: shares in per cent by column, in the order of the steps, each with its ends or None.

    `about` says what it shows, in a sentence or two.
    """

    title: str
    about: str
    steps: tuple[str, ...]
    columns: tuple[tuple[str, tuple[tuple[float, tuple[float, float] | None], ...]], ...]


def drawn_intervals(shown: Intervals) -> str:
    """Return the picture as SVG. The same is always drawn the same."""
    import pygal  # it takes a while to load, and few ever look at a chart

    top = round_top(end for _, figures in shown.columns for share, ends in figures for end in (share, *(ends or ())))
    chart = pygal.Bar(
        **looks(),
        height=_HEIGHT,
        spacing=22,
        range=(0, top),
        y_labels=[top * part / 4 for part in range(5)],
        legend_at_bottom_columns=len(shown.columns),
        truncate_label=40,
        truncate_legend=60,
    )
    chart.x_labels = list(shown.steps)
    for name, figures in shown.columns:
        chart.add(name, [_with_ends(share, ends) for share, ends in figures])
    return plain(chart.render(), shown.title, shown.about)


def _with_ends(share: float, ends: tuple[float, float] | None) -> dict[str, object]:
    return {"value": share} | ({"ci": {"low": ends[0], "high": ends[1]}} if ends else {})
