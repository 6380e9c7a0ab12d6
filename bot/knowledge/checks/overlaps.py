"""Overlaps: the same thing written twice."""

from collections.abc import Iterator
from itertools import combinations

from bot.knowledge.checks.finding import Finding, note, problem
from bot.knowledge.checks.written import Written
from bot.knowledge.model import Row


def same_twice(seen: Written) -> Iterator[Finding]:
    """Rows of one level that hold of the same facts, and rows that another of that level or a higher contains."""
    for one, other in _akin(seen):
        # Rows are sorted by level, so `other` is never the lower of the two.
        if one.level == other.level and _same(one, other):
            yield _told(seen, other, one)
        elif _contains(other, one):
            yield _told(seen, one, other)
        elif one.level == other.level and _contains(one, other):
            yield _told(seen, other, one)


def _akin(seen: Written) -> Iterator[tuple[Row, Row]]:
    """Yield every two rows that share a way to hold, in the order of the pack."""
    by_way: dict[frozenset[str], list[Row]] = {}
    for row in seen.pack.rows:
        for needed in row.needs:
            by_way.setdefault(needed, []).append(row)
    akin = {(one.id, other.id): (one, other) for rows in by_way.values() for one, other in combinations(rows, 2)}
    yield from (two for name, two in akin.items() if name[0] != name[1])


def _told(seen: Written, row: Row, other: Row) -> Finding:
    """Tell of a row that never says more than the other."""
    place = seen.rows[row.id]
    if row.level == other.level and row.published and other.published and row.published != other.published:
        # What the area publishes twice stays twice, each with its own source.
        return note(place, f"row {row.id!r} holds of the same facts as row {other.id!r}: the area publishes both")
    where = "the same level" if row.level == other.level else f"level {other.level.code}"
    return problem(
        place,
        f"row {row.id!r} adds nothing: row {other.id!r} holds of the same facts at {where}. "
        "Delete one of them, or say what sets them apart under 'needs' or 'given'",
    )


def _same(one: Row, other: Row) -> bool:
    return set(one.needs) == set(other.needs) and one.given == other.given


def _contains(wider: Row, row: Row) -> bool:
    """Whether every way in which a row holds is written in the wider row too, which asks no more answers."""
    if not set(row.needs) <= set(wider.needs):
        return False
    return all(question in row.given and row.given[question] <= values for question, values in wider.given.items())


def numbers_twice(seen: Written) -> Iterator[Finding]:
    """Published numbers that two rows have."""
    first: dict[str, str] = {}
    for name, place in seen.rows.items():
        number = place.members().get("published")
        if number is None:
            continue
        if number.text() in first:
            yield problem(number, f"{number.text()} is the number of row {first[number.text()]!r} already")
        first.setdefault(number.text(), name)
