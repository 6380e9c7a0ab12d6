"""The assessment itself: red flags, then levels, then what is not known."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.consultation import Assessment, Facts, Level, MatchedIndicator, Neutral, Outcome
from bot.knowledge.model import National, Pack, RedFlag
from bot.knowledge.vocabulary import CATEGORIES, STRENGTHS, as_a_whole
from bot.thresholds import floor, matching
from bot.thresholds.conditions import (
    adjustments_that_hold,
    core_questions_unknown,
    flags_that_hold,
    flags_that_may_hold,
    open_red_flag_questions,
)
from bot.thresholds.matching import Held
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
ONLY_STRENGTHS = "only_strengths"
KIND_TOLD_SIGNS_NOT = "kind_told_signs_not"
LEVELS_NOT_HELD = "levels_not_held"
NATIONAL_FLOOR = "national_floor"
TOP_LEVEL_ANYWAY = "top_level_anyway"
TOP_LEVEL_TOO = "top_level_too"


@dataclass(frozen=True, slots=True)
class _Case:
    """One set of facts in one area: what everything below works from.

    `rows` hold and speak of a need, highest level first; `strengths` hold and speak for the child. `levels`
    are the area's, or the neutral ones where its scheme is not known.
    """

    facts: Facts
    known: Resolved
    pack: Pack
    national: National
    levels: tuple[Level, ...]
    rows: tuple[Held, ...]
    strengths: tuple[Held, ...]

    @property
    def top(self) -> Level | None:
        return self.levels[-1] if self.levels else None


def assess(facts: Facts, pack: Pack, national: National, on: date) -> Assessment:
    """Return what the facts are most consistent with in the pack's area, with reasons.

    The most urgent red flag ends it. Otherwise it is the highest level reached by the area's own rows,
    by the national floor where the area is silent, and by what raises or holds it up; unless too much
    is unknown or nothing matched: then a person, who is told the level reached so far. At the top
    level the answer stays that level, because a person is no quicker than referring now. Unknown
    never lowers an assessment and neither does one concern more; see `bot.thresholds.urgency`.
    """
    national = national.asked_in(pack)
    case = _case(facts, pack, national)
    known = case.known
    level, moved_by = _level(case)
    maybe = flags_that_may_hold(known, national)
    unruled = (*matching.rows_not_ruled_out(known, pack), *floor.floor_rows_not_ruled_out(known, pack, national))
    so_far = Assessment(
        Outcome.PERSON,
        area=pack.area,
        on=on,
        pack_version=f"{pack.version}/{national.version}",
        level=level,
        because=_reasons(case.rows),
        not_ruled_out=(*matching.as_reasons(maybe, known), *_reasons(r for r in unruled if not _is_strength(r, case))),
        unknown=known.unknown,
        reasons=moved_by,
        protective=_reasons(case.strengths),
    )
    flags = flags_that_hold(known, national)
    if flags:
        return _ended_by(flags, so_far, case)
    return _settled(so_far, _doubts(case, level, bool(maybe)), case)


def _case(facts: Facts, pack: Pack, national: National) -> _Case:
    known = resolve(facts, national)
    held = floor.all_rows_that_hold(known, pack, national)
    levels = floor.levels_of(pack, national)
    case = _Case(facts, known, pack, national, levels, (), ())
    strengths = tuple(row for row in held if _is_strength(row, case))
    # The area's own come first within a level.
    needs = sorted((row for row in held if not _is_strength(row, case)), key=lambda row: -row.level.rank)
    return replace(case, rows=tuple(needs), strengths=strengths)


def _is_strength(held: Held, case: _Case) -> bool:
    """Whether a row can only hold by strengths, and is at the lowest level. Any other speaks of a need."""
    # A higher level that an area gives for a strength is never lost behind the first worry beside it.
    if held.level.rank > case.levels[0].rank:
        return False
    vocabulary = case.national.indicators
    named = frozenset().union(*held.row.needs)
    return all(i in vocabulary and vocabulary[i].category == STRENGTHS for i in named)


def _reasons(rows: Iterable[Held]) -> tuple[MatchedIndicator, ...]:
    return tuple(row.as_reason() for row in rows)


def _ended_by(flags: tuple[RedFlag, ...], so_far: Assessment, case: _Case) -> Assessment:
    """Return the hard exit of the most urgent flag; danger counts as the level of significant harm."""
    level = so_far.level
    also = [TOP_LEVEL_TOO] if level is not None and level == case.top else []
    if any(flag.exit.is_danger for flag in flags):
        danger = floor.lowest_reaching(Neutral.N4, case.levels)
        if danger is not None and (level is None or danger.rank > level.rank):
            level = danger
    return replace(
        so_far,
        outcome=Outcome.EXIT,
        hard_exit=flags[0].exit,
        level=level,
        because=(*matching.as_reasons(flags, case.known), *so_far.because),
        reasons=(*(flag.id for flag in flags), *so_far.reasons, *also),
    )


def _settled(so_far: Assessment, doubts: list[str], case: _Case) -> Assessment:
    """Return the level reached, or a person where there is doubt below the top level."""
    level = so_far.level
    # Where the area's scheme is not known there is no level of its own to give, however high it is.
    at_top = level is not None and level == case.top and bool(case.pack.levels)
    more = matching.rows_that_would_change(case.known, level or matching.NO_LEVEL, case.pack, case.national)
    would_change = _reasons(more)
    runner_up = _runner_up(level, would_change, case)
    return replace(
        so_far,
        outcome=Outcome.PERSON if doubts and not at_top else Outcome.LEVEL,
        runner_up=runner_up,
        would_change=would_change,
        tips=_tips(level, runner_up, would_change, case),
        reasons=(*so_far.reasons, *doubts, *([TOP_LEVEL_ANYWAY] if doubts and at_top else [])),
    )


def _level(case: _Case) -> tuple[Level | None, tuple[str, ...]]:
    """Return the level reached, raised and floored, and the ids of what moved it."""
    level = case.rows[0].level if case.rows else None
    moved_by: list[str] = []
    if level is not None:
        highest = [row for row in case.rows if row.level == level]
        if all(row.as_reason().basis == matching.NATIONAL for row in highest):
            moved_by.append(NATIONAL_FLOOR)
        if level != case.top:
            level = _raised(level, highest, case, moved_by)
    elif case.strengths:
        level = case.strengths[0].level
    for adjustment in adjustments_that_hold("floor", case.known, case.national):
        least = floor.lowest_reaching(adjustment.floor or 0, case.levels)
        if least is not None and (level is None or least.rank > level.rank):
            level = least
            moved_by.append(adjustment.id)
    return level, tuple(moved_by)


def _raised(level: Level, highest: list[Held], case: _Case, moved_by: list[str]) -> Level:
    """Return the level one up where something raises it that its rows have not weighed already."""
    raises = [
        adjustment.id
        for adjustment in adjustments_that_hold("raise", case.known, case.national)
        if not all(adjustment.id in held.row.weighed for held in highest)
    ]
    moved_by += raises
    return next(higher for higher in case.levels if higher.rank > level.rank) if raises else level


def _doubts(case: _Case, level: Level | None, red_flag_possible: bool) -> list[str]:
    """Return the reasons for which a person is needed, none if a level can be given."""
    known, national = case.known, case.national
    uncounted = all(adjustment.core_unknown is None for adjustment in national.adjustments)
    core_unknown = core_questions_unknown(known, national)
    doubts = {
        LEVELS_NOT_HELD: not case.pack.levels,
        NOT_IN_VOCABULARY: bool(known.foreign),
        RED_FLAG_UNKNOWN: bool(open_red_flag_questions(known, national)),
        RED_FLAG_POSSIBLE: red_flag_possible,
        CORE_UNKNOWN: uncounted and core_unknown >= TOO_MANY_UNKNOWN,
        ONLY_STRENGTHS: _may_hide_a_worry(level, case),
        KIND_TOLD_SIGNS_NOT: _is_a_guess(level, case),
        NOTHING_MATCHED: not case.rows and not case.strengths,
    }
    asking = adjustments_that_hold("person", known, national)
    adjusted = [a.id for a in asking if floor.counts_here(a, known, case.pack, national)]
    return [*(reason for reason, doubt in doubts.items() if doubt), *adjusted]


def _is_a_guess(level: Level | None, case: _Case) -> bool:
    """Whether a level below N3 may be too low: the kind of a worry is told, and no sign of it is known."""
    told = any(as_a_whole(category) in case.known.present for category in CATEGORIES)
    return told and (level is None or max(level.neutral) < Neutral.N3)


def _may_hide_a_worry(level: Level | None, case: _Case) -> bool:
    """Whether an answer that sees no need may have missed a worry: one not understood, or one not known to be so."""
    sees_none = level is not None and (level == case.levels[0] or max(level.neutral) is Neutral.N1)
    return sees_none and (case.facts.unread or "worry" in case.facts.answers or bool(case.known.unsure))


def _runner_up(level: Level | None, would_change: Iterable[MatchedIndicator], case: _Case) -> Level | None:
    """Return the level above if a single fact would reach it, or else the next that rows speak for."""
    if level is None:
        return None
    above = next((higher for higher in case.levels if higher.rank > level.rank), None)
    if any(row.level == above for row in would_change):
        return above
    return next((row.level for row in case.rows if row.level.rank < level.rank), None)


def _tips(
    level: Level | None, runner_up: Level | None, would_change: Iterable[MatchedIndicator], case: _Case
) -> MatchedIndicator | None:
    """Return the one row between the level and the runner-up.

    Above, the row whose missing fact would reach it; below, the row by which alone the level is held.
    """
    if level is None or runner_up is None:
        return None
    if runner_up.rank > level.rank:
        return next(row for row in would_change if row.level == runner_up)
    holding = [row for row in case.rows if row.level == level]
    return holding[0].as_reason() if len(holding) == 1 else None
