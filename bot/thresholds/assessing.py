"""The assessment itself: red flags, then levels, then what is not known."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.consultation import Assessment, Facts, Level, MatchedIndicator, Outcome
from bot.knowledge.model import National, Pack, RedFlag
from bot.thresholds import matching
from bot.thresholds.conditions import (
    adjustments_that_hold,
    core_questions_unknown,
    flags_that_hold,
    flags_that_may_hold,
    open_red_flag_questions,
)
from bot.thresholds.resolving import Resolved, resolve

# With this many core questions answered "don't know" no level is given. The number is a national
# adjustment's (`core_unknown`); this one stands in on a day for which the knowledge base has none.
TOO_MANY_UNKNOWN = 3

# Reasons of the engine's own, beside the ids of red flags and adjustments.
RED_FLAG_UNKNOWN = "red_flag_unknown"
RED_FLAG_POSSIBLE = "red_flag_possible"
CORE_UNKNOWN = "too_many_unknown"
NOT_IN_VOCABULARY = "not_in_vocabulary"
NOTHING_MATCHED = "nothing_matched"
TOP_LEVEL_ANYWAY = "top_level_anyway"
TOP_LEVEL_TOO = "top_level_too"


def assess(facts: Facts, pack: Pack, national: National, on: date) -> Assessment:
    """Return what the facts are most consistent with in the pack's area, with reasons.

    The most urgent red flag ends it. Otherwise it is the highest level reached, unless too much
    is unknown or nothing matched: then a person, who is told the level reached so far. At the top
    level the answer stays that level, because a person is no quicker than referring now. Unknown
    never lowers an assessment and neither does one concern more; see `bot.thresholds.urgency`.
    """
    known = resolve(facts, national)
    rows = matching.rows_that_hold(known, pack)
    level, moved_by = _level(rows, known, pack, national)
    maybe = flags_that_may_hold(known, national)
    so_far = Assessment(
        Outcome.PERSON,
        area=pack.area,
        on=on,
        pack_version=f"{pack.version}/{national.version}",
        level=level,
        because=rows,
        not_ruled_out=(*matching.as_reasons(maybe, known), *matching.rows_not_ruled_out(known, pack)),
        unknown=known.unknown,
        reasons=moved_by,
    )
    flags = flags_that_hold(known, national)
    if flags:
        return _ended_by(flags, so_far, known, pack)
    return _settled(so_far, _doubts(known, bool(maybe), bool(rows), national), known, pack, national)


def _ended_by(flags: tuple[RedFlag, ...], so_far: Assessment, known: Resolved, pack: Pack) -> Assessment:
    """Return the hard exit of the most urgent flag; the level reached is kept for the duty worker."""
    also = [TOP_LEVEL_TOO] if so_far.level == pack.levels[-1] else []
    return replace(
        so_far,
        outcome=Outcome.EXIT,
        hard_exit=flags[0].exit,
        because=(*matching.as_reasons(flags, known), *so_far.because),
        reasons=(*(flag.id for flag in flags), *so_far.reasons, *also),
    )


def _settled(
    so_far: Assessment, doubts: list[str], known: Resolved, pack: Pack, national: National
) -> Assessment:
    """Return the level reached, or a person where there is doubt below the top level."""
    level, rows = so_far.level, so_far.because
    at_top = level == pack.levels[-1]
    would_change = matching.rows_that_would_change(known, level or matching.NO_LEVEL, pack, national)
    return replace(
        so_far,
        outcome=Outcome.PERSON if doubts and not at_top else Outcome.LEVEL,
        runner_up=_runner_up(level, rows, would_change, pack),
        would_change=would_change,
        reasons=(*so_far.reasons, *doubts, *([TOP_LEVEL_ANYWAY] if doubts and at_top else [])),
    )


def _level(
    rows: tuple[MatchedIndicator, ...], known: Resolved, pack: Pack, national: National
) -> tuple[Level | None, tuple[str, ...]]:
    """Return the level reached, raised and floored, and the ids of what moved it."""
    level = rows[0].level if rows else None
    moved_by: list[str] = []
    if level is not None and level != pack.levels[-1]:
        raises = adjustments_that_hold("raise", known, national)
        if raises:
            level = next(higher for higher in pack.levels if higher.rank > level.rank)
            moved_by += [adjustment.id for adjustment in raises]
    for adjustment in adjustments_that_hold("floor", known, national):
        floor = _lowest_reaching(adjustment.floor or 0, pack)
        if level is None or floor.rank > level.rank:
            level = floor
            moved_by.append(adjustment.id)
    return level, tuple(moved_by)


def _lowest_reaching(neutral: int, pack: Pack) -> Level:
    """Return the lowest local level whose neutral range reaches `neutral`, or else the top one."""
    return next((level for level in pack.levels if max(level.neutral) >= neutral), pack.levels[-1])


def _doubts(known: Resolved, red_flag_possible: bool, matched: bool, national: National) -> list[str]:
    """Return the reasons for which a person is needed, none if a level can be given."""
    uncounted = all(adjustment.core_unknown is None for adjustment in national.adjustments)
    core_unknown = core_questions_unknown(known, national)
    doubts = {
        NOT_IN_VOCABULARY: bool(known.foreign),
        RED_FLAG_UNKNOWN: bool(open_red_flag_questions(known, national)),
        RED_FLAG_POSSIBLE: red_flag_possible,
        CORE_UNKNOWN: uncounted and core_unknown >= TOO_MANY_UNKNOWN,
        NOTHING_MATCHED: not matched,
    }
    adjusted = [adjustment.id for adjustment in adjustments_that_hold("person", known, national)]
    return [*(reason for reason, doubt in doubts.items() if doubt), *adjusted]


def _runner_up(
    level: Level | None,
    rows: Iterable[MatchedIndicator],
    would_change: Iterable[MatchedIndicator],
    pack: Pack,
) -> Level | None:
    """Return the next level that rows speak for, or the one above if a single fact would reach it."""
    if level is None:
        return None
    below = next((row.level for row in rows if row.level.rank < level.rank), None)
    if below is not None:
        return below
    above = next((higher for higher in pack.levels if higher.rank > level.rank), None)
    return above if any(row.level == above for row in would_change) else None
