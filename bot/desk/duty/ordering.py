"""Ordering: in which order the desk's cases stand, and why each stands where it does.

Urgency first; then what has to happen first, the answer or the child's going home; then who waits longest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.consultation import Stage
from bot.desk.case import Case
from bot.desk.duty.urgency import MOST_URGENT_FIRST
from bot.desk.promise import Promise
from bot.desk.working_time import moment_today


@dataclass(frozen=True, slots=True)
class Standing:
    """A case in its place. `reasons` are ids of wording with their blanks, the weightiest first."""

    case: Case
    reasons: tuple[tuple[str, dict[str, str]], ...]


def goes_home_at(case: Case) -> datetime | None:
    """Return when the child goes home today, if that was said: on the day the case was handed over."""
    if case.goes_home != "today":
        return None
    return moment_today(case.handed_over_at, case.goes_home_time)


def in_order(cases: Iterable[Case], now: datetime) -> tuple[Case, ...]:
    """Return the cases as they stand: what still needs an answer first. Every two have an order."""
    return tuple(sorted(cases, key=lambda case: _key(case, now)))


def standing(case: Case, now: datetime, waits_since: datetime | None = None) -> Standing:
    """Return why a case stands where it does. `waits_since` is since when its DSL waits for who has claimed it."""
    reasons: list[tuple[str, dict[str, str]]] = [(f"utter_queue_{case.urgency}", {})]
    home = goes_home_at(case)
    if case.stage is Stage.ANSWERED:
        reasons.append(("utter_queue_answered", {}))
    elif home is not None and home > now:
        reasons.append(("utter_queue_home", {"time": case.goes_home_time, "in": _length(now, home)}))
    elif case.due_at <= now:
        reasons.append(("utter_queue_overdue", {"by": _length(case.due_at, now)}))
    else:
        reasons.append(("utter_queue_due", {"in": _length(now, case.due_at)}))
    if waits_since is not None:
        reasons.append(("utter_queue_silent", {"for": _length(waits_since, now)}))
    reasons.append(("utter_queue_waiting", {"for": _length(case.handed_over_at, now)}))
    return Standing(case, tuple(reasons))


def is_before(case: Case, promised: Promise, now: datetime) -> bool:
    """Whether a case that waits would stand before one that was handed over now with this promise."""
    there = (MOST_URGENT_FIRST.index(promised.urgency), promised.due_at)
    return _key(case, now)[1:3] <= there


def place(case: Case, queue: Iterable[Case], now: datetime) -> int:
    """Return at which place a case waits, from 1, among those that nobody has yet."""
    waiting = in_order([case, *(one for one in queue if one.stage is Stage.WAITING and one.id != case.id)], now)
    return waiting.index(case) + 1


def _key(case: Case, now: datetime) -> tuple[bool, int, datetime, datetime, str]:
    home = goes_home_at(case)
    # A child who has gone home already is no deadline any more; that the answer is late still is one.
    first = min(case.due_at, home) if home is not None and home > now else case.due_at
    answered = case.stage is Stage.ANSWERED
    return answered, MOST_URGENT_FIRST.index(case.urgency), first, case.handed_over_at, case.id


def _length(start: datetime, end: datetime) -> str:
    """Return how long it is, as people say it: 42 min, 3 h 5 min, 2 days."""
    minutes = max(0, int((end - start).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min" if minutes else "under 1 min"
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{hours // 24} days"
