"""A year in which the mix of cases shifts all the while, and in which thresholds rise by so much, or do not.

Its maker knows of each consultation how likely level 3 or 4 is when the year begins and when it ends.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import exp

from tests.a_year import ENGLAND, KINDS, Maker

_APRIL = datetime(2025, 4, 1, tzinfo=ENGLAND)
# How grave a kind is to workers, in log-odds of level 3 or 4. The gravest counts, and one more adds a little.
GRAVE = {
    "physical_harm": 1.2, "sexual_harm": 2.0, "exploitation_missing": 1.5, "extremism": 1.5, "domestic_abuse": 1.0,
    "fgm_forced_marriage_honour": 2.0, "neglect": 0.6, "staff_allegation": 1.0, "child_on_child": 0.3,
}  # fmt: skip
_LIGHT, _ONE_MORE, _NOTHING = -0.8, 0.3, -1.5
# How many in a hundred have no level, of the high ones level 4, of the low ones level 1.
_NO_LEVEL, _FOUR, _ONE = 0.04, 0.25, 0.12


@dataclass
class MovingMaker(Maker):
    """Makes a year. `rises` is how much thresholds rise, `shifts` how much graver the mix becomes, in log-odds.

    `moved` is by area the difference that the rise makes for each consultation that a worker answered, in points, and
    `by_quarter` how many high and low levels there were.
    """

    rises: float = 0.0
    shifts: float = 0.0
    moved: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        super().__post_init__()
        self.by_quarter: defaultdict[str, list[list[int]]] = defaultdict(lambda: [[0, 0] for _ in range(4)])

    def kinds_of(self, monday: datetime) -> Mapping[str, float]:
        """Return how common each kind is: the graver ones more and more."""
        tilt = self.shifts * (_part(monday) - 0.5)
        return {kind: many * exp(tilt * GRAVE.get(kind, _LIGHT)) for kind, many in KINDS.items()}

    def levels_of(self, area: str, monday: datetime, kinds: Sequence[str]) -> Mapping[str, float]:
        """Return how often a worker gives each level to these kinds in this week."""
        grave = max((GRAVE.get(kind, _LIGHT) for kind in kinds), default=_NOTHING) + _ONE_MORE * max(0, len(kinds) - 1)
        self.moved[area].append(100 * (_share(grave - self.rises) - _share(grave)))
        high = (1 - _NO_LEVEL) * _share(grave - self.rises * _part(monday))
        low = 1 - _NO_LEVEL - high
        return {"n1": low * _ONE, "n2": low * (1 - _ONE), "n3": high * (1 - _FOUR), "n4": high * _FOUR,
                "no_level": _NO_LEVEL}  # fmt: skip

    def placed(self, area: str, monday: datetime, band: str) -> None:
        """Write down a worker's level."""
        if band != "no_level":
            self.by_quarter[area][(monday.month - 4) % 12 // 3][band in ("n1", "n2")] += 1

    def true_move(self, area: str) -> float:
        """Return by how many points the same facts moved in an area."""
        return sum(self.moved[area]) / len(self.moved[area])


def _part(monday: datetime) -> float:
    return (monday - _APRIL).days / 365


def _share(grave: float) -> float:
    return 1 / (1 + exp(-grave))
