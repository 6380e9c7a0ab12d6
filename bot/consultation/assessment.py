"""An assessment: what the facts amount to in one area on one day, and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.consultation.levels import Level


class Outcome(StrEnum):
    """How an assessment ends: at a level, at a hard exit, or with a person."""

    LEVEL = "level"
    EXIT = "exit"
    PERSON = "person"


class HardExit(StrEnum):
    """Routes that end a no-name consultation at once, most urgent first.

    The police's 101 stands before the front door because its words name the front door too, and
    the duty to ring 101 is the teacher's own.
    """

    EMERGENCY = "999"
    POLICE_101 = "police_101"
    FRONT_DOOR_NOW = "front_door_now"
    LADO = "lado"
    PRIVATE_FOSTERING = "private_fostering"
    ALLOCATED_WORKER = "allocated_worker"

    @property
    def is_danger(self) -> bool:
        """Whether a child may be in danger: it counts as significant harm, and a doubt about it is a person's."""
        return self in (HardExit.EMERGENCY, HardExit.POLICE_101, HardExit.FRONT_DOOR_NOW)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement comes from: document, section, the document's date and our check."""

    source: str
    title: str
    section: str
    dated: str
    verified: date
    url: str = ""


@dataclass(frozen=True, slots=True)
class MatchedIndicator:
    """A published row that the facts satisfy, and the national indicators that satisfied it.

    `basis` is `published` for the area's own rows, `professional_judgement` where no document says so, and
    `national` for a row of the national floor, which stands in where the area is silent.
    """

    row: str
    words: str
    level: Level
    citation: Citation
    held_by: tuple[str, ...]
    basis: str = "published"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the facts are most consistent with, with reasons.

    `level` is the highest level reached; with `Outcome.PERSON` it is what was reached so far and
    is shown to the duty worker, never to the DSL as an answer. `because` is highest first.
    `not_ruled_out` are rows that would match if what is unsure were so. `would_change` are rows
    of a higher level that lack one fact, in words; `tips` is the one of them that would reach the
    runner-up. `unknown` are question ids answered "don't know". `reasons` are ids of wording that explain
    a raise, a floor or a hand-over. `protective` are rows that speak for the child's safety: they are
    said, and never lower anything.
    """

    outcome: Outcome
    area: str
    on: date
    pack_version: str
    level: Level | None = None
    hard_exit: HardExit | None = None
    because: tuple[MatchedIndicator, ...] = ()
    runner_up: Level | None = None
    not_ruled_out: tuple[MatchedIndicator, ...] = ()
    would_change: tuple[MatchedIndicator, ...] = ()
    unknown: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    tips: MatchedIndicator | None = None
    protective: tuple[MatchedIndicator, ...] = ()
