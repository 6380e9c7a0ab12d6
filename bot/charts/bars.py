"""Bars: rows of shares, one bar for each of at most three columns, with its figure beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.charts.plain import plain

_WIDTH, _ROW, _BAR, _REST = 760, 14, 18, 96
MOST = 3


@dataclass(frozen=True, slots=True)
class Bars:
    """What a chart shows: shares in per cent, None where one is not shown, by column and in the order of the rows.

    `about` says what it shows, in a sentence or two.
    """

    title: str
    about: str
    rows: tuple[str, ...]
    columns: tuple[tuple[str, tuple[float | None, ...]], ...]


def drawn(bars: Bars) -> str:
    """Return the picture as SVG. The same bars are always drawn the same."""
    import pygal  # it takes a while to load, and few ever look at a chart

    many = min(len(bars.columns), MOST)
    chart = pygal.HorizontalBar(
        **looks(),
        height=_REST + len(bars.rows) * (_ROW + many * _BAR),
        spacing=14,
        range=(0, round_top(share for _, shares in bars.columns for share in shares if share is not None)),
        legend_at_bottom_columns=many,
        show_legend=many > 1,
        print_values=True,
        print_values_position="top",
        print_zeroes=False,
    )
    # It draws from the bottom upwards.
    chart.x_labels = [_short(row) for row in reversed(bars.rows)]
    for name, shares in bars.columns[:MOST]:
        chart.add(_short(name), list(reversed(shares)))
    return plain(chart.render(), bars.title, bars.about)


def looks() -> dict[str, Any]:
    """Return what every chart of shares has: its width, its letters, and figures in per cent."""
    from pygal.style import Style

    return {
        "style": Style(background="white", plot_background="white", font_family="sans-serif", label_font_size=13),
        "js": [],
        "width": _WIDTH,
        "margin": 8,
        "legend_at_bottom": True,
        "value_formatter": lambda share: f"{share:.0f}%",
        "disable_xml_declaration": True,
    }


def round_top(shares: Iterable[float]) -> float:
    """Return a round figure that the longest bar stays below."""
    longest = max(shares, default=0)
    return next(top for top in (10, 20, 40, 60, 80, 100) if longest <= top)


def _short(words: str, most: int = 34) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def in_words(shares: Sequence[float | None], rows: Sequence[str], hidden: str) -> str:
    """Return rows with their shares as a list in words, for who does not see the picture."""
    return "; ".join(
        f"{row}: {hidden if share is None else f'{share:.0f}%'}" for row, share in zip(rows, shares, strict=True)
    )
