"""The section of RESULTS.md on thresholds."""

from collections import Counter
from collections.abc import Iterable, Sequence

from evaluation.results import table
from evaluation.thresholds.rows import Came
from evaluation.thresholds.vignettes import Judged

_VERDICTS = ("agrees", "over", "under", "person")


def rows_section(title: str, came: Sequence[Came]) -> str:
    """Return how many published rows came out at their own level, by area, and every one that did not."""
    by_area: dict[str, list[Came]] = {}
    for one in came:
        by_area.setdefault(one.published.area, []).append(one)
    lines = [
        (area, len(some), sum(c.is_answered for c in some), sum(c.is_there for c in some))
        for area, some in sorted(by_area.items())
    ]
    lines.append(("all", len(came), sum(c.is_answered for c in came), sum(c.is_there for c in came)))
    heads = ("area", "rows", "at their level", "at it or reached before a person is asked")
    return f"### {title}\n\n{table(heads, lines)}\n\n{_strays(came)}"


def _strays(came: Iterable[Came]) -> str:
    rows = [
        (c.published.id, c.published.area, c.published.code, c.code or "none", c.outcome, ", ".join(c.reasons))
        for c in came
        if not c.is_answered
    ]
    if not rows:
        return "Every row came out at its own level."
    return table(("row", "area", "published at", "came out at", "as", "because"), rows)


def vignettes_section(title: str, judged: Sequence[Judged]) -> str:
    """Return agreement, over and under by basis, and every case."""
    counts = Counter((j.vignette.basis, j.verdict) for j in judged)
    bases = sorted({j.vignette.basis for j in judged})
    lines = [(basis, *(counts[basis, verdict] for verdict in _VERDICTS)) for basis in bases]
    lines.append(("all", *(sum(counts[basis, verdict] for basis in bases) for verdict in _VERDICTS)))
    cases = [
        (j.vignette.id, j.vignette.area, f"N{j.vignette.least} to N{j.vignette.most}", j.answer, j.verdict)
        for j in judged
    ]
    of_each = table(("case", "asked of", "acceptable", "answer", "verdict"), cases)
    return f"### {title}\n\n{table(('basis', *_VERDICTS), lines)}\n\n{of_each}"


def speed_section(loading: float, call: tuple[float, float, int], growth: Iterable[tuple[int, float]]) -> str:
    """Return the times."""
    middle, slow, made = call
    figures = [
        ("loading the national part and every area, seconds", f"{loading:.2f}"),
        (f"one assessment, milliseconds (median of {made})", f"{middle:.3f}"),
        ("one assessment, milliseconds (95th percentile)", f"{slow:.3f}"),
        *((f"one assessment in a pack of {size} rows, milliseconds", f"{took:.3f}") for size, took in growth),
    ]
    return f"### Speed\n\n{table(('figure', 'value'), figures)}"
