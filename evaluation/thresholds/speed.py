"""How long an assessment takes once a pack is loaded, how long loading takes, and how cost grows with rows."""

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median, quantiles

from bot.consultation import Facts
from bot.knowledge import load_everything
from bot.knowledge.model import National, Pack, Row
from bot.thresholds import assess

TIMES = 5


def loading(root: Path, on: date) -> float:
    """Return the seconds it takes to load the national part and every area, median of five times."""
    return median(_seconds(lambda: load_everything(root, on)) for _ in range(TIMES))


def a_call(packs: Iterable[Pack], national: National, facts: Iterable[Facts]) -> tuple[float, float, int]:
    """Return median and 95th percentile of an assessment in milliseconds, and how many were made."""
    told = tuple(facts)
    took = [_seconds(lambda p=p, f=f: assess(f, p, national, p.on)) * 1000 for p in packs for f in told]
    return median(took), quantiles(took, n=20)[-1], len(took)


def growth(pack: Pack, national: National, facts: Iterable[Facts], sizes: Iterable[int]) -> list[tuple[int, float]]:
    """Return, for packs of so many rows, the median milliseconds of an assessment. The rows are the pack's, again."""
    told = tuple(facts)
    found = []
    for size in sizes:
        larger = replace(pack, rows=_rows(pack, size))
        took = [_seconds(lambda f=f, p=larger: assess(f, p, national, p.on)) * 1000 for _ in range(3) for f in told]
        found.append((size, median(took)))
    return found


def _rows(pack: Pack, size: int) -> tuple[Row, ...]:
    again = (replace(row, id=f"{row.id}-{n}") for n in range(size // len(pack.rows) + 1) for row in pack.rows)
    return tuple(sorted((row for row, _ in zip(again, range(size), strict=False)), key=lambda row: row.level.rank))


def _seconds(call) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started
