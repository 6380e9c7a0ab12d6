"""The national floor: a row for every worry of the vocabulary, and combinations that say more than their parts."""

from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.checks.finding import Finding, problem
from bot.knowledge.checks.written import Written, places
from bot.knowledge.entry import read
from bot.knowledge.model import National


def indicators_without_row(here: Path, national: National) -> Iterator[Finding]:
    """Indicators that no row of England's pack has for itself: no area could fall back on it."""
    rows = national.floor.rows if national.floor else ()
    alone = {i for row in rows if not row.given for needed in row.needs if len(needed) == 1 for i in needed}
    for file in sorted((here / "indicators").glob("*.yml")):
        for name, place in read(file).members()["indicators"].members().items():
            if name not in alone:
                yield problem(
                    place, f"England's pack has no row for {name!r} alone: give it one, with its neutral level"
                )


def combinations(seen: Written) -> Iterator[Finding]:
    """Rows that hold everywhere: only in England's pack, and only of more than one fact."""
    is_floor = seen.national.floor is not None and seen.pack.code == seen.national.floor.code
    if not is_floor:
        for name, place in places(read(seen.here / "thresholds.yml")):
            if name == "everywhere" and place.yes_or_no():
                yield problem(place, "only England's pack has rows that hold everywhere: delete 'everywhere'")
        return
    for row in seen.pack.rows:
        if row.everywhere and any(len(needed) + len(row.given) < 2 for needed in row.needs):
            yield problem(
                seen.rows[row.id],
                f"row {row.id!r} holds everywhere and is no combination: it would overrule every area's own level",
            )
