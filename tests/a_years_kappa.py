"""Agreement in a year that never was, by its maker's own sums."""

from collections import Counter

from tests.a_year import Known


def kappa_of(known: Known, area: str, power: int) -> float:
    """Return kappa from what the maker wrote down: what parts the two, beside what would if they were strangers."""
    levels, pairs = ("n1", "n2", "n3", "n4"), Counter()
    for table in ("agreed", "above", "below"):
        for (row, where), many in known.of[table].items():
            if where == area:
                assistant, worker = row.split("_")
                pairs[levels.index(assistant), levels.index(worker)] += many
    rows = [sum(pairs[a, w] for w in range(4)) for a in range(4)]
    columns = [sum(pairs[a, w] for a in range(4)) for w in range(4)]
    apart = sum(abs(a - w) ** power * many for (a, w), many in pairs.items())
    by_chance = sum(abs(a - w) ** power * rows[a] * columns[w] for a in range(4) for w in range(4)) / sum(rows)
    return 1 - apart / by_chance
