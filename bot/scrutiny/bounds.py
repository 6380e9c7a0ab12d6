"""Bounds: what figures of different tables tell of each other because they count the same consultations.

Each bound names figures of which the second ones are among the first: those whom the worker placed at level 2 hold
those whom both did. Who hides a figure in one table moves it, as far as readers can tell, by up to the width that the
rules promise. Where as many lie between both sides of a bound, no such move breaks it, so it tells nothing of what is
hidden. Where fewer do, and something is hidden, the later table does not speak of that area; nor does it where those
few could be counted by taking one side from the other.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from bot.scrutiny.rules import Rules
from bot.scrutiny.tables import LEVELS, table_of_pair

type Place = tuple[str, str]  # table and row
type Exact = Mapping[str, Mapping[tuple[str, str], int]]
type Hidden = Callable[[Place, str], bool | None]

_VIEWS = {"refer": ("refer",), "other": ("early_help", "school_support", "advice_only")}


@dataclass(frozen=True, slots=True)
class Bound:
    """Of all that are in `outer`, some are in `inner`."""

    outer: tuple[Place, ...]
    inner: tuple[Place, ...]

    def names(self, table: str) -> bool:
        """Whether it says something of a table."""
        return any(name == table for name, _ in (*self.outer, *self.inner))


def _of(table: str, *rows: str) -> tuple[Place, ...]:
    return tuple((table, row) for row in rows)


def _pairs(*, assistant: str = "", worker: str = "") -> tuple[Place, ...]:
    """Return the pairs of levels in which one of the two is known."""
    pairs = [(a, w) for a in LEVELS for w in LEVELS if a == (assistant or a) and w == (worker or w)]
    return tuple((table_of_pair(a, w), f"{a}_{w}") for a, w in pairs)


def _views(view: str) -> tuple[Place, ...]:
    return _of("views", *(f"{one}_{said}" for one in _VIEWS[view] for said in ("advised", "not")))


_COMPARED = _of("beside", "higher", "same", "lower")
_NOBODY = (*_of("thought", "not_compared"), *_of("assessed", "no"))
BOUNDS = (
    Bound(_of("beside", "not_compared"), _of("worker", "no_level")),
    Bound(_of("assistant", *LEVELS), _COMPARED),
    Bound(_of("worker", *LEVELS[1:]), _of("beside", "higher")),
    Bound(_of("worker", *LEVELS[:-1]), _of("beside", "lower")),
    *(Bound(_of("worker", level), _pairs(worker=level)) for level in LEVELS),
    *(Bound(_of("assistant", level), _pairs(assistant=level)) for level in LEVELS),
    Bound(_of("assistant", "n3", "n4", "exit"), _of("thought", "refer_refer", "other_refer")),
    Bound(_of("assistant", "n1", "n2"), _of("thought", "refer_other", "other_other")),
    Bound(_of("thought", "not_compared"), _of("assistant", "person")),
    *(
        Bound((*_views(view), *_of("desk", "waiting", "not_asked")), _of("thought", f"{view}_refer", f"{view}_other"))
        for view in _VIEWS
    ),
    *(Bound((*_of("thought", f"{view}_refer", f"{view}_other"), *_NOBODY), _views(view)) for view in _VIEWS),
    Bound(_NOBODY, _of("views", "not_told")),
)


def too_tight(
    table: str, areas: Collection[str], exact: Exact, hidden: Hidden, rules: Rules, bounds: Collection[Bound] = BOUNDS
) -> frozenset[str]:
    """Return the areas of which a table cannot speak, as a bound would tell more of what is hidden than is allowed.

    `hidden` says of a row in an area whether its figure is not shown, and None where its table does not speak of it.
    """
    concerned = [bound for bound in bounds if bound.names(table)]
    return frozenset(a for a in areas if any(_is_tight(one, a, exact, hidden, rules) for one in concerned))


def _is_tight(bound: Bound, area: str, exact: Exact, hidden: Hidden, rules: Rules) -> bool:
    inner = [place for place in bound.inner if hidden(place, area) is not None]
    if any(hidden(place, area) is None for place in bound.outer):
        return False  # of which nothing is known, that bounds nothing

    def many(places: Collection[Place]) -> int:
        return sum(exact[name][row, area] for name, row in places)

    between = many(bound.outer) - many(inner)
    if many(inner) == 0 or between >= rules.width:
        return False
    return between > 0 or any(hidden(place, area) for place in (*bound.outer, *inner))
