"""The ladder of a disagreement: an area's own stages, which of them one is at, and what may come of it.

Pure: nothing is kept here. A clock runs only where the area has published a whole number of working days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.desk.people import Person, Role
from bot.desk.working_time import NeverOpen, WorkingTime

_AT_MOST_DAYS = 60


class About(StrEnum):
    """What somebody does not agree with."""

    LEVEL = "level"
    ADVICE = "advice"
    NO_ANSWER = "no_answer"
    OTHER = "other"


class Resolution(StrEnum):
    """What came of a stage. Whoever moves up goes on; the others end the disagreement."""

    CHANGED = "changed"
    KEPT = "kept"
    WITHDRAWN = "withdrawn"
    MOVED_UP = "moved_up"


# A disagreement is its DSL's: nobody else takes it back.
OF_THE_DESK = frozenset(Resolution) - {Resolution.WITHDRAWN}


class LadderRefused(Exception):
    """Tried to do something with a disagreement that cannot be done."""


class NoLadder(LadderRefused):
    """Tried to open a disagreement where the area's stages are not held, or at a stage that it does not have."""


class MovedOn(LadderRefused):
    """Tried to do something at a stage that is over, or that has been answered by now."""


class TopOfTheLadder(LadderRefused):
    """Tried to move up to a stage that is not above the present one."""


class NothingWritten(LadderRefused):
    """Tried to keep an answer or good practice with nothing in it."""


class NotTheirs(LadderRefused):
    """Tried to end a disagreement in a way that is another side's to choose."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One stage as an area publishes it. `number` counts from 1; `days` are working days, None where not published.

    `within` is what is published of the time, in words. `checked` is a day as 2026-11-02.
    """

    number: int
    stage: str
    role: str
    within: str
    days: int | None
    source: str
    section: str
    checked: str

    def due(self, since: datetime, hours: WorkingTime) -> datetime | None:
        """Return by when an answer is due, in UTC; None where no time is published."""
        if self.days is None:
            return None
        try:
            return hours.after_days(since, self.days)
        except NeverOpen:
            return None  # closed for months: a time that was worked out from that would be no promise


@dataclass(frozen=True, slots=True)
class Ladder:
    """The stages of an area from the first to the last; none where they are not held."""

    area: str
    rungs: tuple[Rung, ...]

    def rung(self, number: int) -> Rung:
        """Return a stage by its number, or raise NoLadder."""
        if not 1 <= number <= len(self.rungs):
            raise NoLadder
        return self.rungs[number - 1]


@dataclass(frozen=True, slots=True)
class LadderStep:
    """A stage that was begun: whose it was then, since when, by when an answer was due, and what came of it.

    `answer` is redacted; `ended` is None as long as the disagreement is at this stage.
    """

    number: int
    stage: str
    role: str
    started_at: datetime
    due_at: datetime | None
    answered_at: datetime | None = None
    answered_by: str | None = None
    answered_by_name: str | None = None
    answer: str = ""
    ended: Resolution | None = None

    def is_late(self, now: datetime) -> bool:
        """Whether an answer was due and nobody has given one."""
        return self.due_at is not None and self.due_at < now and self.answered_at is None and self.ended is None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A disagreement about a consultation, with the stages that it went through.

    `area` is the one whose ladder it goes up, `case_id` the newest case when it began. `learning` is what was
    learnt, redacted, a line for each time. `opened_by` and `closed_by` are ids of people.
    """

    id: str
    consultation_id: str
    case_id: str | None
    area: str
    opened_at: datetime
    opened_by: str
    about: About
    steps: tuple[LadderStep, ...]
    resolution: Resolution | None = None
    learning: str = ""
    closed_at: datetime | None = None
    closed_by: str | None = None

    @property
    def at(self) -> LadderStep:
        """Return the stage that it is at, or was at last."""
        return self.steps[-1]

    @property
    def is_open(self) -> bool:
        """Whether nothing has come of it yet."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class LadderMove:
    """An answer to a stage, or with a `resolution` its end. `stage` is the number of the one that was looked at.

    `answer` and `learning` are redacted. `begins` is the stage that follows, for who moves up.
    """

    by: Person
    now: datetime
    stage: int
    answer: str = ""
    resolution: Resolution | None = None
    learning: str = ""
    begins: LadderStep | None = None


@dataclass(frozen=True, slots=True)
class GoodPractice:
    """Something that went well, in redacted words. `side` is `dsl` or `desk`, `by` a person's id."""

    id: str
    consultation_id: str
    area: str
    at: datetime
    by: str
    side: str
    words: str


def ladder_of(area: str, steps: Iterable[Mapping[str, str]]) -> Ladder:
    """Return the ladder of an area from its pack's steps."""
    return Ladder(
        area,
        tuple(
            Rung(
                number=number,
                days=_whole(step.get("days", "")),
                **{name: step[name] for name in ("stage", "role", "within", "source", "section", "checked")},
            )
            for number, step in enumerate(steps, start=1)
        ),
    )


def begun(rung: Rung, now: datetime, hours: WorkingTime) -> LadderStep:
    """Return a stage that begins now, with its clock."""
    return LadderStep(rung.number, rung.stage, rung.role, now, rung.due(now, hours))


def moved(was: Disagreement, move: LadderMove) -> Disagreement:
    """Return a disagreement after a move. Raises MovedOn, TopOfTheLadder and NotTheirs."""
    if not was.is_open or was.at.number != move.stage:
        raise MovedOn
    if move.resolution is None:
        return _answered(was, move)
    if move.by.role != Role.DSL and move.resolution not in OF_THE_DESK:
        raise NotTheirs
    ended = (*was.steps[:-1], replace(was.at, ended=move.resolution))
    learning = "\n".join(filter(None, (was.learning, move.learning)))
    if move.resolution is not Resolution.MOVED_UP:
        closed = {"resolution": move.resolution, "closed_at": move.now, "closed_by": move.by.id}
        return replace(was, steps=ended, learning=learning, **closed)
    if move.begins is None or move.begins.number <= was.at.number:
        raise TopOfTheLadder
    return replace(was, steps=(*ended, move.begins), learning=learning)


def in_order(disagreements: Iterable[Disagreement], now: datetime) -> tuple[Disagreement, ...]:
    """Return disagreements as a desk sees to them: the late ones, then by when they are due, then the oldest."""
    last = now + timedelta(days=3650)
    return tuple(
        sorted(disagreements, key=lambda d: (not d.at.is_late(now), d.at.due_at or last, d.at.started_at, d.id))
    )


def _answered(was: Disagreement, move: LadderMove) -> Disagreement:
    if was.at.answered_at is not None:
        raise MovedOn
    answer = {"answer": move.answer, "answered_by": move.by.id, "answered_by_name": move.by.name}
    return replace(was, steps=(*was.steps[:-1], replace(was.at, answered_at=move.now, **answer)))


def _whole(days: str) -> int | None:
    """Return a number of working days; None for what is no whole number, such as "2-3"."""
    number = days.strip()
    return int(number) if number.isascii() and number.isdigit() and 1 <= int(number) <= _AT_MOST_DAYS else None
