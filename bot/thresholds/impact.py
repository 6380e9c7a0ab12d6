"""What a change of a pack would have done: the same facts under two packs, counted.

Knows no consultation: facts go in, counts and row ids come out.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from bot.consultation import Assessment, Facts, Outcome
from bot.knowledge.model import National, Pack
from bot.thresholds.assessing import assess


class Way(StrEnum):
    """Which way an answer would change."""

    SAME = "same"
    HIGHER = "higher"
    LOWER = "lower"
    TO_A_PERSON = "to_a_person"
    FROM_A_PERSON = "from_a_person"
    EXIT_CHANGES = "exit_changes"


@dataclass(slots=True)
class Impact:
    """How many answers would change, which way, from and to which level, and because of which rows.

    `moves` counts (way, from, to) with local codes, or the outcome where there is no level; `rows` counts, for each
    way, the rows that hold under one pack alone or at another level.
    """

    total: int = 0
    ways: Counter[Way] = field(default_factory=Counter)
    moves: Counter[tuple[Way, str, str]] = field(default_factory=Counter)
    rows: Counter[tuple[Way, str]] = field(default_factory=Counter)

    @property
    def changed(self) -> int:
        """How many answers would change."""
        return self.total - self.ways[Way.SAME]


def impact(cases: Iterable[Facts], now: Pack, draft: Pack, national: National) -> Impact:
    """Return what the draft would do to the answers that the pack gives now."""
    found = Impact()
    for facts in cases:
        before, after = assess(facts, now, national, now.on), assess(facts, draft, national, draft.on)
        way = _way(before, after)
        found.total += 1
        found.ways[way] += 1
        if way is not Way.SAME:
            found.moves[way, _end(before), _end(after)] += 1
            found.rows.update((way, row) for row in _rows_that_differ(before, after))
    return found


def _way(before: Assessment, after: Assessment) -> Way:
    if Outcome.EXIT in (before.outcome, after.outcome):
        return Way.SAME if before.hard_exit is after.hard_exit else Way.EXIT_CHANGES
    if before.outcome is not after.outcome:
        return Way.TO_A_PERSON if after.outcome is Outcome.PERSON else Way.FROM_A_PERSON
    if _end(before) == _end(after):
        return Way.SAME
    return Way.HIGHER if _height(after) > _height(before) else Way.LOWER


def _height(found: Assessment) -> tuple[int, int]:
    """Return how high a level stands: on the neutral scale first, as a draft may number its levels anew."""
    level = found.level
    return (max(level.neutral), level.rank) if level else (0, 0)


def _end(found: Assessment) -> str:
    if found.outcome is Outcome.EXIT and found.hard_exit:
        return found.hard_exit.value
    # A person has no level; what was reached so far is for the worker and no answer.
    return found.level.code if found.level and found.outcome is Outcome.LEVEL else found.outcome.value


def _rows_that_differ(before: Assessment, after: Assessment) -> set[str]:
    held = {(row.row, row.level.code) for row in before.because}
    holds = {(row.row, row.level.code) for row in after.because}
    moved = {row for row, _ in held ^ holds}
    # Where the same rows hold, what raises or asks for a person has made the difference.
    return moved or set(before.reasons) ^ set(after.reasons)
