"""The promise made at hand-over: how urgent a case is, and by when a person answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.consultation import Facts, Level, Neutral, Outcome
from bot.desk.working_time import WorkingTime, moment_today
from bot.knowledge.desk_settings import PUBLISHED, Promised
from bot.knowledge.model import Pack

_FLAGLESS = frozenset({"none", "unknown"})
# What is promised where neither an area publishes a time nor its desk names one (ADR 15).
_USUAL = {"red": ("red_hours", 4), "amber": ("amber_days", 1), "green": ("green_days", 1)}
_NOTHING_OF_ITS_OWN = Promised()


class Reason(StrEnum):
    """Why a consultation goes to a person. The wording is `utter_desk_reason_<value>`."""

    ASKED = "asked"
    DISAGREES = "disagrees"
    CANNOT_RING = "cannot_ring"
    NOT_SETTLED = "not_settled"
    NO_LEVELS_HELD = "no_levels_held"
    ASSISTANT_DOWN = "assistant_down"
    ASKED_AGAIN = "asked_again"

    @property
    def words(self) -> str:
        """The id of the wording that a duty worker reads."""
        return f"utter_desk_reason_{self.value}"


@dataclass(frozen=True, slots=True)
class Promise:
    """How urgent a case is (`red`, `amber`, `green`) and when an answer is due."""

    urgency: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """Why a person is wanted.

    `view` is what the DSL thinks of the assessment (`agree`, `higher`, `lower`, `person` or
    nothing) and `why` their redacted reason.
    """

    reason: Reason
    view: str = ""
    why: str = ""


def promise(
    facts: Facts,
    assessment: Mapping[str, Any] | None,
    wish: Wish,
    now: datetime,
    *,
    pack: Pack | None,
    hours: WorkingTime,
    own: Promised = _NOTHING_OF_ITS_OWN,
) -> Promise:
    """Return how urgent a hand-over would be and when it would be answered, without making it.

    `assessment` is as `bot.thresholds.to_record` writes it. `own` is what the desk itself says of its answers;
    the sooner of that and what the area publishes is promised.
    """
    levels = pack.levels if pack else ()
    urgency = urgency_of(facts, assessment, wish, levels)
    due = _answer_within(urgency, now, hours, pack.said() if pack else {}, own)
    return Promise(urgency, _before_going_home(due, facts, now, hours))


def urgency_of(
    facts: Facts, assessment: Mapping[str, Any] | None, wish: Wish, levels: tuple[Level, ...]
) -> str:
    """Return `red`, `amber` or `green`. What is not known never makes it less urgent."""
    goes_home = facts.answers.get("goes_home", "unknown")
    if wish.reason is Reason.CANNOT_RING or goes_home == "today":
        return "red"
    if _may_be_in_danger(facts) or _is_at_the_top(assessment, levels):
        return "red"
    settled = assessment is not None and assessment["outcome"] == Outcome.LEVEL
    level = _level(assessment, levels)
    agreed = wish.view not in ("higher", "lower") and wish.reason is not Reason.DISAGREES
    low = level is not None and max(level.neutral) < Neutral.N3
    return "green" if settled and agreed and low and goes_home != "unknown" else "amber"


def _may_be_in_danger(facts: Facts) -> bool:
    # Danger that was not asked about, or not known of, has not been ruled out.
    if facts.answers.get("in_danger") != "no" or facts.answers.get("about_staff") == "yes":
        return True
    ticked = facts.answers.get("red_flag_list", ())
    return not _FLAGLESS.issuperset((ticked,) if isinstance(ticked, str) else ticked)


def _is_at_the_top(assessment: Mapping[str, Any] | None, levels: tuple[Level, ...]) -> bool:
    if assessment is None:
        return False
    if assessment["outcome"] == Outcome.EXIT:
        return True
    level = _level(assessment, levels)
    return level is not None and (level == levels[-1] or Neutral.N4 in level.neutral)


def _level(assessment: Mapping[str, Any] | None, levels: tuple[Level, ...]) -> Level | None:
    if assessment is None:
        return None
    so_far = assessment.get("at_least") or {}
    code = assessment.get("local_code") or so_far.get("code")
    return next((level for level in levels if level.code == code), None)


def _answer_within(
    urgency: str, now: datetime, hours: WorkingTime, profile: Mapping[str, str], own: Promised
) -> datetime:
    name, usual = _USUAL[urgency]
    written = profile.get(PUBLISHED[name], "")
    # A slip in a profile must not stop a hand-over.
    said = [int(written)] if written.isdecimal() else []
    said += [promised] if (promised := getattr(own, name)) else []
    length = min(said, default=usual)
    if urgency == "red":
        return hours.after(now, timedelta(hours=length))
    return hours.after_days(now, length)


def _before_going_home(due: datetime, facts: Facts, now: datetime, hours: WorkingTime) -> datetime:
    """Return when to answer at the latest: after the child has gone home is too late."""
    if facts.answers.get("goes_home") != "today":
        return due
    # Where no time was given, the end of the desk's day; where it has passed, at once.
    goes_home = moment_today(now, str(facts.answers.get("goes_home_time", ""))) or hours.closing(now)
    latest = max(goes_home, now)
    # A desk that opens only after that cannot promise it: the DSL is told to ring instead.
    if hours.next_opening(now) > latest:
        return due
    # Who goes home during a break of the desk, or after it has closed, is answered before that.
    return min(due, hours.after(now, hours.working_between(now, latest)))
