"""Agreement: how far two who place the same cases agree beyond chance, as Cohen's weighted kappa with an interval.

Of kappa: Cohen 1960; with weights: Cohen 1968. Linear weights count each step apart alike (Cicchetti and Allison 1971),
quadratic ones its square (Fleiss and Cohen 1973). The interval is the large-sample one of Fleiss, Cohen and Everitt
1969, which needs a hundred or more. Of two categories every weighting is plain kappa. Several who place the same cases:
Fleiss 1971. All of it is arithmetic on a table: nothing is drawn by chance.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

_95 = 1.959964  # of the normal distribution, both sides

type Square = Sequence[Sequence[float]]
type Weight = Callable[[int, int, int], float]


class NothingToCompare(ValueError):
    """Tried to tell agreement where nobody placed anything, or everybody everything in one place."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance: 1 is all of it, 0 what chance would give. `least` to `most` has it 95 times in 100."""

    value: float
    least: float
    most: float


def linear(one: int, other: int, places: int) -> float:
    """Return how far two places agree, each step apart counting alike."""
    return 1 - abs(one - other) / (places - 1)


def quadratic(one: int, other: int, places: int) -> float:
    """Return how far two places agree, steps apart counting by their square."""
    return 1 - (one - other) ** 2 / (places - 1) ** 2


def weighted_kappa(table: Square, weight: Weight) -> Kappa:
    """Return the agreement of two, of a square table that has the first's places in rows. Raises NothingToCompare."""
    total, places = sum(map(sum, table)), range(len(table))
    if not total:
        raise NothingToCompare
    share = [[cell / total for cell in row] for row in table]
    rows, columns = [sum(row) for row in share], [sum(row[at] for row in share) for at in places]
    weights = [[weight(i, j, len(table)) for j in places] for i in places]
    seen = sum(weights[i][j] * share[i][j] for i in places for j in places)
    chance = sum(weights[i][j] * rows[i] * columns[j] for i in places for j in places)
    if chance == 1:
        raise NothingToCompare
    value = (seen - chance) / (1 - chance)
    of_row = [sum(columns[j] * weights[i][j] for j in places) for i in places]
    of_column = [sum(rows[i] * weights[i][j] for i in places) for j in places]
    spread = sum(
        share[i][j] * (weights[i][j] - (of_row[i] + of_column[j]) * (1 - value)) ** 2 for i in places for j in places
    )
    variance = (spread - (value - chance * (1 - value)) ** 2) / (total * (1 - chance) ** 2)
    about = _95 * sqrt(max(0.0, variance))
    return Kappa(value, max(-1.0, value - about), min(1.0, value + about))


def same(table: Square) -> float:
    """Return the share that both placed alike. Raises NothingToCompare."""
    if not (total := sum(map(sum, table))):
        raise NothingToCompare
    return sum(row[at] for at, row in enumerate(table)) / total


def kappa_of_many(placed: Sequence[Sequence[int]]) -> float:
    """Return the agreement of several: for each case, how many chose each place (Fleiss 1971; Schouten 1986).

    Cases may have been placed by different numbers of people, each by two at least. Raises NothingToCompare.
    """
    cases = [case for case in placed if sum(case) > 1]
    total = sum(map(sum, cases))
    if not total:
        raise NothingToCompare
    pairs = [(sum(n * (n - 1) for n in case), sum(case)) for case in cases]
    seen = sum(alike / (many - 1) for alike, many in pairs) / total
    chance = sum((sum(case[at] for case in cases) / total) ** 2 for at in range(len(cases[0])))
    if chance == 1:
        raise NothingToCompare
    return (seen - chance) / (1 - chance)
