"""Years that move, or do not: how often drift is found where there is some, and where there is none.

Drawn from a seed as columns, in thousands. A worker's level comes from a hidden gravity that the yardstick, kinds and
age only partly tell, and from a threshold that rises over the year by so much. The mix of cases shifts all the while.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.scrutiny.drift import Columns, drift
from bot.scrutiny.moved import FALSE_ALARMS, Finding, Moved, shown

# By kind, how much it adds to the gravity, and how common it is when the year begins. The graver become more common.
_GRAVITY = np.array([2.2, 1.8, 1.5, 1.2, 0.9, 0.6, 0.4, 0.2, 0.0, -0.3, -0.5, -0.8])
_COMMON = np.array([0.03, 0.06, 0.08, 0.10, 0.15, 0.12, 0.10, 0.08, 0.10, 0.08, 0.06, 0.04])
_CUTS = np.array([-1.6, 0.6, 2.6])  # from which gravity on a worker gives level 2, 3 and 4
_TERM_DAYS = np.array([day for day in range(365) if day % 7 < 5 and not 110 <= day < 155])


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of year: how much thresholds rise, how much the mix shifts, how much the weeks' workers differ.

    All on the scale of a worker's log-odds, from the first day to the last.
    """

    rises: float = 0.0
    shifts: float = 0.0
    restless: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """An area's year, and by how much the share of level 3 or 4 moved for the same facts: its maker knows."""

    columns: Columns
    moved: float


def area(chance: np.random.Generator, many: int, kind: Kind) -> Drawn:
    """Return a year of so many consultations that workers placed."""
    day = np.sort(chance.choice(_TERM_DAYS, many))
    time = day / 365
    tilt = np.exp(kind.shifts * (time - 0.5)[:, None] * _GRAVITY) * _COMMON
    kinds = chance.random((many, len(_COMMON))) < np.minimum(2 * tilt, 0.9)
    each = np.where(kinds, _GRAVITY, -1.0)
    # Not the sum that is allowed for: the gravest counts, and the others a little.
    told = each.max(axis=1) + 0.25 * np.where(kinds, np.maximum(_GRAVITY, 0), 0).sum(axis=1)
    yardstick = np.clip(np.round(told + chance.normal(0, 0.7, many)), -1, 3).astype(int) + 1
    age, before = chance.integers(0, 4, many), chance.integers(0, 3, many)
    weeks = chance.normal(0, kind.restless, 60)[day // 7]
    gravity = told + 0.3 * (yardstick - 2) + 0.2 * (before == 2) - 0.15 * age + weeks
    noise = chance.logistic(0, 1, many)
    level = 1 + (gravity[:, None] + noise[:, None] - kind.rises * time[:, None] > _CUTS).sum(axis=1)
    columns = Columns(
        group=yardstick * 12 + age * 3 + before,
        beside=np.column_stack([kinds, np.minimum(kinds.sum(axis=1), 4)]).astype(float),
        day=day.astype(float),
        quarter=np.minimum(day // 91, 3),
        desk=np.zeros(many, dtype=int),
        level=level.astype(float),
    )
    return Drawn(columns, float((_share(gravity - kind.rises) - _share(gravity)).mean()))


def together(areas: Sequence[Columns]) -> Columns:
    """Return several areas as one, each with groups and a desk of its own."""
    names = ("beside", "day", "quarter", "level")
    same = {name: np.concatenate([getattr(one, name) for one in areas]) for name in names}
    group = np.concatenate([one.group + 1000 * number for number, one in enumerate(areas)])
    return Columns(group=group, desk=np.repeat(np.arange(len(areas)), [len(one.day) for one in areas]), **same)


def reported(areas: Sequence[Columns]) -> list[Moved]:
    """Return what a report would say of each area, and at last of all: by the rule, as it would be shown."""
    series = [*areas, together(areas)] if len(areas) > 1 else list(areas)
    return [shown("", len(one.day), drift(one, FALSE_ALARMS / len(series))) for one in series]


def false_alarms(seed: int, years: int, sizes: Sequence[int], kind: Kind) -> float:
    """Return in how many of so many years a report finds a movement somewhere."""
    chance = np.random.default_rng(seed)
    found = 0
    for _ in range(years):
        said = reported([area(chance, many, kind).columns for many in sizes])
        found += any(one.finding is not Finding.NONE_FOUND for one in said)
    return found / years


def power(seed: int, years: int, many: int, kind: Kind, series: int = 4) -> dict[str, Any]:
    """Return how an area of one size fares among so many series: found, found the wrong way, true move covered."""
    chance, found, wrong, covered, moved = np.random.default_rng(seed), 0, 0, 0, []
    for _ in range(years):
        drawn = area(chance, many, kind)
        one = shown("", many, drift(drawn.columns, FALSE_ALARMS / series))
        true = 100 * drawn.moved
        found += one.finding is (Finding.DOWN if true < 0 else Finding.UP)
        wrong += one.finding is (Finding.UP if true < 0 else Finding.DOWN)
        covered += one.share[1] <= true <= one.share[2]
        moved.append(true)
    return {"many": many, "moved": round(sum(moved) / years, 1), "found": found / years, "wrong": wrong / years,
            "covered": covered / years}  # fmt: skip


def _share(gravity: Any) -> Any:
    return 1 / (1 + np.exp(_CUTS[1] - gravity))
