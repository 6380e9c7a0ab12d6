"""Moved: what may be published of drift, and in which cases a movement is said to have been found.

Nothing that stands behind it is small: of an area it speaks only where every figure by quarter and level could be shown
as it is, and where the area hides nothing of that in other tables. The rules were fixed before there was a year.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, astuple, dataclass
from enum import StrEnum
from math import ceil, floor, inf
from typing import Any

from bot.scrutiny.alike import HIGH, QUARTERS, Placed
from bot.scrutiny.drift import Between, Drift, columns, drift
from bot.scrutiny.rules import Rules
from bot.scrutiny.tables import table
from bot.scrutiny.withholding import ALL

FEWEST = 100  # consultations with a worker's level, in each quarter of an area
FALSE_ALARMS = 0.05  # in how many years without any movement a report may find one, in whichever area
RESTS_ON = ("quarters", "worker")  # the tables whose figures drift could tell, were any of them hidden

# A figure to the nearest, the ends of its interval away from it.
_WAYS = (lambda figure: floor(figure + 0.5), floor, ceil)

type Three = tuple[float, float, float]


class Finding(StrEnum):
    """What is said of a movement."""

    UP = "up"
    DOWN = "down"
    NONE_FOUND = "none_found"


@dataclass(frozen=True, slots=True)
class Moved:
    """Drift as it may be read: shares in whole per cent, each figure with the ends of its interval, these outwards.

    `crude` and `adjusted` are by quarter the share of level 3 or 4. `share` is its move over the year in points, `mean`
    that of the level in tenths of one.
    """

    area: str
    base: int
    crude: tuple[int, ...]
    adjusted: tuple[Three, ...]
    share: Three
    mean: Three

    @property
    def finding(self) -> Finding:
        """Return what its own figures say: a movement is found where the interval has no nought in it."""
        _, low, high = self.share
        return Finding.UP if low > 0 else Finding.DOWN if high < 0 else Finding.NONE_FOUND

    def lines(self) -> dict[str, float | str]:
        """Return each figure by the name of its row, for a file."""
        ends = ("", "_low", "_high")
        found: dict[str, float | str] = {}
        for place, (crude, adjusted) in enumerate(zip(self.crude, self.adjusted, strict=True), start=1):
            found[f"quarter_{place}_crude"] = crude
            found |= {f"quarter_{place}_adjusted{end}": figure for end, figure in zip(ends, adjusted, strict=True)}
        for name, move in (("share", self.share), ("mean", self.mean)):
            found |= {f"{name}{end}": figure for end, figure in zip(ends, move, strict=True)}
        return found | {"finding": str(self.finding)}

    def plain(self) -> dict[str, Any]:
        """Return it as values that JSON knows."""
        return {**asdict(self), "finding": str(self.finding)}


def from_plain(kept: Mapping[str, Any]) -> Moved:
    """Return it from what `plain` gave."""
    adjusted = tuple(tuple(one) for one in kept["adjusted"])
    return Moved(kept["area"], kept["base"], tuple(kept["crude"]), adjusted, tuple(kept["share"]), tuple(kept["mean"]))


def large_enough(
    placed: Mapping[Placed, int], opened: Mapping[tuple[str, str], int], rules: Rules
) -> tuple[str, ...]:
    """Return the areas in which no figure by quarter and level is small. `opened` is by row of `quarters` and area."""
    areas = sorted({one.area for one in placed})
    return tuple(area for area in areas if _has_nothing_small(_by_quarter(placed, area), opened, area, rules))


def moved(placed: Mapping[Placed, int], areas: Collection[str], rules: Rules) -> tuple[Moved, ...]:
    """Return drift as it is published: of each of these areas, then of them together.

    They have to be large enough, and none of their figures hidden on which drift RESTS_ON.
    """
    fit = tuple(sorted(areas))
    series = {area: (area,) for area in fit} | ({ALL: fit} if len(fit) > 1 else {})
    found = []
    for name, its in series.items():
        own = {one: many for one, many in placed.items() if one.area in its}
        held = columns(own, table("kinds").rows)
        found.append(shown(name, rules.rounded(sum(own.values())), drift(held, FALSE_ALARMS / len(series))))
    return tuple(found)


def _has_nothing_small(
    by_quarter: Mapping[tuple[int, bool], int], opened: Mapping[tuple[str, str], int], area: str, rules: Rules
) -> bool:
    """Whether each quarter has enough of high levels, of low ones, and of the rest unless there is none."""
    for quarter in range(QUARTERS):
        sides = by_quarter[quarter, True], by_quarter[quarter, False]
        rest = opened[f"quarter_{quarter + 1}", area] - sum(sides)
        if sum(sides) < FEWEST or min(sides) < rules.base or 0 < rest < rules.base:
            return False
    return True


def shown(name: str, base: int, found: Drift) -> Moved:
    """Return a drift as it is shown: rounded, the ends of intervals away from the figure."""
    adjusted = tuple(_rounded(one, 100, 0, 100) for one in found.adjusted)
    crude = tuple(_WAYS[0](100 * share) for share in found.crude)
    value, low, high = (one / 10 for one in _rounded(found.mean, 10))
    return Moved(name, base, crude, adjusted, _rounded(found.share, 100), (value, low, high))


def _by_quarter(placed: Mapping[Placed, int], area: str) -> Counter[tuple[int, bool]]:
    found: Counter[tuple[int, bool]] = Counter()
    for one, many in placed.items():
        if one.area == area:
            found[one.quarter, one.level >= HIGH] += many
    return found


def _rounded(one: Between, times: int, least: float = -inf, most: float = inf) -> Three:
    value, low, high = (int(min(max(f(times * of), least), most)) for f, of in zip(_WAYS, astuple(one), strict=True))
    return value, low, high
