"""Drift: whether the same facts get the same level as a year goes on, whatever else comes in.

Each consultation is compared with others of its own group (`alike.py`) and with no other. What is left, kinds of worry
and the number of signs, is allowed for by least squares within the groups. Exact figures: they go to `moved` alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from bot.scrutiny.alike import HIGH, QUARTERS, Placed

type Array = np.ndarray[Any, Any]

YEAR_DAYS = 365
WEEK = 7
QUARTER_RISK = 0.05  # how often an interval of a quarter may miss
_BLUNT = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Consultations side by side: `group` and `desk` are numbers, `beside` has a row of noughts and ones for each."""

    group: Array
    beside: Array
    day: Array
    quarter: Array
    desk: Array
    level: Array


@dataclass(frozen=True, slots=True)
class Between:
    """A figure, and between what it is likely to be."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Drift:
    """By quarter the share of level 3 or 4, as it is and for the same facts; how far it moved over the year.

    Shares are 0 to 1, and a move is the difference between the year's end and its beginning. `mean` is the same of the
    level itself, in levels.
    """

    crude: tuple[float, ...]
    adjusted: tuple[Between, ...]
    share: Between
    mean: Between


def columns(placed: Mapping[Placed, int], kinds: Sequence[str]) -> Columns:
    """Return consultations as columns, in an order of their own. `placed` says how often each was there."""
    ordered = [one for one, many in sorted(placed.items()) for _ in range(many)]
    groups = {key: number for number, key in enumerate(sorted({(one.area, one.group) for one in ordered}))}
    desks = {area: number for number, area in enumerate(sorted({one.area for one in ordered}))}
    return Columns(
        group=np.array([groups[one.area, one.group] for one in ordered], dtype=int),
        beside=np.array([[*(kind in one.kinds for kind in kinds), one.signs] for one in ordered], dtype=float),
        day=np.array([one.day for one in ordered], dtype=float),
        quarter=np.array([one.quarter for one in ordered], dtype=int),
        desk=np.array([desks[one.area] for one in ordered], dtype=int),
        level=np.array([one.level for one in ordered], dtype=float),
    )


def drift(held: Columns, risk: float) -> Drift:
    """Return the drift of a year. `risk` is how often the interval of a move may miss where nothing moved.

    Every quarter has to have some.
    """
    high = (held.level >= HIGH).astype(float)
    time = (held.day / YEAR_DAYS)[:, None]
    in_quarter = (held.quarter[:, None] == np.arange(QUARTERS)).astype(float)
    left, spent = _left_of(np.column_stack([time, in_quarter[:, 1:], high, held.level]), held)
    along, between, outcomes = left[:, :1], left[:, 1:QUARTERS], left[:, QUARTERS:]
    weeks = np.unique(held.desk * 100 + held.day.astype(int) // WEEK, return_inverse=True)[1]
    share, mean = (_Effects(along, outcome, weeks, spent) for outcome in outcomes.T)
    quarters = _Effects(between, outcomes[:, 0], weeks, spent)
    return Drift(
        crude=tuple(float(high[held.quarter == quarter].mean()) for quarter in range(QUARTERS)),
        adjusted=_of_quarters(quarters, in_quarter, high),
        share=share.between(share.pull(np.ones(1)), high, risk),
        mean=mean.between(mean.pull(np.ones(1)), held.level, risk),
    )


def _of_quarters(effects: "_Effects", in_quarter: Array, high: Array) -> tuple[Between, ...]:
    """Return the share of each quarter had it had the year's own mix.

    It is the whole year's share, and by how much the quarter lies above the average one.
    """
    many, average = len(high), in_quarter.mean(axis=0)
    pulls = (effects.pull((one - average)[1:]) + 1 / many for one in np.eye(QUARTERS))
    return tuple(effects.between(pull, high, QUARTER_RISK) for pull in pulls)


class _Effects:
    """Least squares of what is left of an outcome on what is left of the `wanted` columns."""

    def __init__(self, wanted: Array, outcome: Array, weeks: Array, spent: int) -> None:
        self._wanted, self._weeks, self._spent = wanted, weeks, spent + wanted.shape[1]
        self._sharp = np.linalg.pinv(wanted.T @ wanted, rcond=_BLUNT, hermitian=True)
        self._residual = outcome - wanted @ (self._sharp @ wanted.T @ outcome)

    def pull(self, contrast: Array) -> Array:
        """Return with what weight each outcome goes into a combination of the wanted effects."""
        return self._wanted @ (self._sharp @ contrast)

    def between(self, pull: Array, outcome: Array, risk: float) -> Between:
        """Return a weighted sum of outcomes with its interval.

        Who is on duty for a week answers more than one: the spread between weeks counts where it is the larger.
        """
        each = pull * self._residual
        many, weeks = len(each), int(self._weeks.max()) + 1
        fair = many / max(1, many - self._spent)
        by_week = float((np.bincount(self._weeks, each) ** 2).sum()) * weeks / max(1, weeks - 1)
        error = (fair * max(float((each**2).sum()), by_week)) ** 0.5
        value, reach = float(pull @ outcome), _student(risk, max(1, weeks - 2)) * error
        return Between(value, value - reach, value + reach)


def _left_of(values: Array, held: Columns) -> tuple[Array, int]:
    """Return what groups and `beside` do not account for, and how many figures that took."""
    within = _within_groups(np.column_stack([held.beside, values]), held.group)
    beside, rest = within[:, : held.beside.shape[1]], within[:, held.beside.shape[1] :]
    square = beside.T @ beside
    fitted = np.linalg.pinv(square, rcond=_BLUNT, hermitian=True) @ (beside.T @ rest)
    return rest - beside @ fitted, len(np.unique(held.group)) + int(np.linalg.matrix_rank(square, hermitian=True))


def _within_groups(values: Array, group: Array) -> Array:
    """Return values less the average of their group."""
    sums = np.stack([np.bincount(group, column) for column in values.T], axis=1)
    many = np.bincount(group)
    return values - (sums / np.maximum(many, 1)[:, None])[group]


def _student(risk: float, free: int) -> float:
    """Return how many standard errors an interval reaches, by Student's distribution (Fisher's expansion)."""
    z = NormalDist().inv_cdf(1 - risk / 2)
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    return z + first / free + second / free**2
