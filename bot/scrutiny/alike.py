"""Alike: what makes two consultations comparable. From what was told alone, and by one yardstick for the whole year.

The assistant's level at the time is no yardstick: it moves with the area's own pack. Neither is the DSL's view.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.scrutiny.entry import Entry

MANY_SIGNS = 4
QUARTERS = 4
HIGH = 3  # from this place on the neutral scale on, children's social care is to be asked
_AGES = {
    "unborn": "under_5", "under_1": "under_5", "1_4": "under_5", "5_9": "5_12", "10_12": "5_12",
    "13_15": "13_17", "16_17": "13_17",
}  # fmt: skip

# How grave what was told is by England's rows of one day: 0 where none speaks of it, 1 to 4 on the neutral scale, 5
# for danger.
type Gravity = Callable[[frozenset[str], Mapping[str, str]], int]


def no_yardstick(told: frozenset[str], answers: Mapping[str, str]) -> int:
    """Place everything alike, where no rows are at hand."""
    return 0


@dataclass(frozen=True, slots=True, order=True)
class Placed:
    """A consultation that the worker placed: `level` is 1 to 4, `day` 0 to 365 from the first of April.

    Those of the same `area` and `group` are alike, but for their `kinds` and how many `signs` were told.
    """

    area: str
    day: int
    quarter: int
    group: tuple[int, str, str]
    kinds: tuple[str, ...]
    signs: int
    level: int


def placed(entry: Entry) -> Placed | None:
    """Return what drift is told of an entry; None where the worker gave no level."""
    level = entry.worker.rank if entry.worker else 0
    if not level:
        return None
    opened = entry.opened_at.date()
    begun = date(opened.year if opened.month >= 4 else opened.year - 1, 4, 1)
    return Placed(
        area=entry.area,
        day=(opened - begun).days,
        quarter=(opened.month - 4) % 12 // 3,
        group=(entry.gravity, _AGES.get(entry.age, entry.age), _before(entry.earlier)),
        kinds=tuple(sorted(entry.kinds)),
        signs=min(entry.signs, MANY_SIGNS),
        level=level,
    )


def _before(earlier: int | None) -> str:
    return "not_known" if earlier is None else "before" if earlier else "first"
