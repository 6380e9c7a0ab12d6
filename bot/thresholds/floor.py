"""The national floor: what stands in where an area's own document is silent.

A pack lists what its area publishes, and no area publishes everything. What was told and is not on
the area's list is looked up in England's pack and counts at the lowest local level that reaches the neutral
one. Rows that hold everywhere (combinations) count in every area beside its own.
"""

from collections.abc import Iterable, Iterator

from bot.consultation import Level
from bot.knowledge.model import Adjustment, National, Pack
from bot.thresholds.matching import Held, rows_not_ruled_out, rows_that_hold
from bot.thresholds.resolving import Resolved, with_implied


def levels_of(pack: Pack, national: National) -> tuple[Level, ...]:
    """Return the area's levels, or the neutral ones of the national floor where its scheme is not known."""
    return pack.levels or (national.floor.levels if national.floor else ())


def lowest_reaching(neutral: int, levels: tuple[Level, ...]) -> Level | None:
    """Return the lowest level whose neutral range reaches `neutral`, or else the top one; None without levels."""
    return next((level for level in levels if max(level.neutral) >= neutral), levels[-1] if levels else None)


def silent_about(indicators: Iterable[str], pack: Pack) -> frozenset[str]:
    """Return those of the indicators that the area's own rows put at no level by themselves.

    One that only counts there together with others is not levelled by the area where it stands alone.
    """
    return frozenset(indicators) - pack.lists


def all_rows_that_hold(known: Resolved, pack: Pack, national: National) -> tuple[Held, ...]:
    """Return the area's own rows that the facts satisfy, then the national ones beside them."""
    return (*rows_that_hold(known, pack), *floor_rows_that_hold(known, pack, national))


def floor_rows_that_hold(known: Resolved, pack: Pack, national: National) -> tuple[Held, ...]:
    """Return the national rows that stand in for what the area is silent about, at the area's levels."""
    if national.floor is None or pack.code == national.floor.code:
        return ()
    return _standing_in(rows_that_hold(known, national.floor), silent_about(known.told, pack), pack, national)


def floor_rows_not_ruled_out(known: Resolved, pack: Pack, national: National) -> tuple[Held, ...]:
    """Return the national rows that would stand in if what is unsure were so."""
    if national.floor is None or pack.code == national.floor.code:
        return ()
    unsure = silent_about(known.unsure, pack)
    return _standing_in(rows_not_ruled_out(known, national.floor), unsure, pack, national)


def counts_here(adjustment: Adjustment, known: Resolved, pack: Pack, national: National) -> bool:
    """Whether an adjustment that holds `where_silent` counts: something told is not on the area's own list."""
    if not adjustment.where_silent:
        return True
    unlisted = with_implied(silent_about(known.told, pack), national)
    return any(indicators & unlisted for indicators, _ in adjustment.when if indicators <= known.present)


def _standing_in(
    rows: Iterable[Held], silent: frozenset[str], pack: Pack, national: National
) -> tuple[Held, ...]:
    return tuple(sorted(_at_local_levels(rows, silent, levels_of(pack, national)), key=lambda h: -h.level.rank))


def _at_local_levels(rows: Iterable[Held], silent: frozenset[str], levels: tuple[Level, ...]) -> Iterator[Held]:
    for held in rows:
        if held.row.everywhere or any(silent & needed for needed in held.row.needs):
            level = lowest_reaching(max(held.row.level.neutral), levels)
            if level is not None:
                yield held._replace(level=level)
