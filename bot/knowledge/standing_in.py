"""What stood in for an area's rows while it was silent, and rows that put less in its place.

A row that puts something at a level by itself ends the area's silence about it: neither the national row nor a
person stands in any longer. That can lower an answer although nothing that was there went.
"""

from collections.abc import Callable

from bot.knowledge.model import National, Pack, Row


def says_less_than_stood_in(before: Pack, after: Pack, national: National) -> Callable[[Row], bool]:
    """Return whether a row puts something at a level by itself for which more was said while the area was silent:
    a higher national row, or a person.
    """
    anew = after.lists - before.lists
    stood_in = _stood_in(before, after, national)
    asked = {
        name
        for adjustment in national.adjustments
        if adjustment.where_silent
        for indicators, _ in adjustment.when
        for name in indicators
    }

    def lowers(row: Row) -> bool:
        for name in _alone(row) & anew:
            known = national.indicators.get(name)
            if asked & {name, *(known.implies if known else ())}:
                return True
            if max(row.level.neutral) < stood_in.get(name, 0) and row.level != after.levels[-1]:
                return True
        return False

    return lowers


def _stood_in(before: Pack, after: Pack, national: National) -> dict[str, int]:
    """Return the highest neutral level of the national rows that stand in no longer, by what they rest on."""
    highest: dict[str, int] = {}
    rows = national.floor.rows if national.floor else ()
    # With certain answers or not: they stood in where those were given. What holds everywhere still does.
    ways = ((way, row) for row in rows if not row.everywhere for way in row.needs)
    for way, row in ways:
        if way <= after.lists and not way <= before.lists:
            for name in way:
                highest[name] = max(highest.get(name, 0), *row.level.neutral)
    return highest


def _alone(row: Row) -> frozenset[str]:
    """Return what each by itself makes a row hold."""
    return frozenset().union(*(way for way in row.needs if len(way) == 1)) if not row.given else frozenset()
