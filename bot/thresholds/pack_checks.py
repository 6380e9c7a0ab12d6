"""Checks of a pack that need the engine: rows that can never decide anything."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import product
from pathlib import Path

from bot.consultation import Facts, Status
from bot.knowledge.check import known_nationally
from bot.knowledge.checks.finding import Finding, note, problem
from bot.knowledge.checks.written import Nation, Written, folders, written
from bot.knowledge.errors import NotInForce, PackError
from bot.knowledge.model import National, Row
from bot.thresholds.floor import all_rows_that_hold
from bot.thresholds.matching import Held
from bot.thresholds.resolving import Resolved, resolve


def findings(root: Path, on: date, area: str = "") -> list[Finding]:
    """Return what the engine finds in the packs of the day, or in one area's. Raises UnknownArea.

    What cannot be read is left out: `bot.knowledge.check` tells of it.
    """
    here = folders(root, area)
    with suppress(PackError, NotInForce):
        nation = known_nationally(root, on)
        return sorted(finding for one in here for finding in of_area(one, nation))
    return []


def of_area(here: Path, nation: Nation) -> list[Finding]:
    """Return what the engine finds in the folder of one area."""
    with suppress(PackError, NotInForce):
        return list(never_decides(written(here, nation)))
    return []


def never_decides(seen: Written) -> Iterator[Finding]:
    """Rows that never settle a level: whatever makes them hold makes a row of a higher level hold too.

    A problem where the area's own rows do it, as the two contradict each other; a note where a national
    combination does.
    """
    for row in seen.pack.rows:
        if seen.is_strength(row):
            continue
        above = [_above(row, known, seen) for known in _ways(row, seen.national)]
        own = [[held for held in rows if held.level == held.row.level and held.row.id in seen.rows] for rows in above]
        if all(own):
            other = own[0][0].row
            yield problem(
                seen.rows[row.id],
                f"row {row.id!r} never decides: whatever makes it hold makes row {other.id!r} hold as well, at level "
                f"{other.level.code}. Look at its 'needs', or at what its indicators imply",
            )
        elif all(above):
            other, level = above[0][0].row, above[0][0].level
            yield note(
                seen.rows[row.id],
                f"row {row.id!r} never decides: England's row {other.id!r} holds too, here at level {level.code}",
            )


def _above(row: Row, known: Resolved, seen: Written) -> list[Held]:
    held = all_rows_that_hold(known, seen.pack, seen.national)
    return [other for other in held if other.level.rank > row.level.rank]


def _ways(row: Row, national: National) -> Iterator[Resolved]:
    """Yield the facts of every way in which a row holds, and of nothing else."""
    for needed in row.needs:
        for answers in _answers(row.given):
            yield resolve(Facts(dict.fromkeys(needed, Status.PRESENT), answers), national)


def _answers(given: Mapping[str, frozenset[str]]) -> Iterator[dict[str, str]]:
    questions = sorted(given)
    for values in product(*(sorted(given[question]) for question in questions)):
        yield dict(zip(questions, values, strict=True))
