"""Routing: whose turn a waiting case is. First who knows the child's school, then whoever is on duty, then the manager.

Nobody is ever kept from a case: a turn decides what *Take the next case* gives and what the queue says, and whoever
is not at the desk now has no turn. A red case is everybody's at once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.consultation import Stage
from bot.desk import repeats
from bot.desk.case import Case
from bot.desk.duty.presence import STILL_HERE, PresenceRecords
from bot.desk.hand_over import DutyDesks
from bot.desk.ports import Person, Records
from bot.knowledge.desk_settings import Fallback


class ClusterRecords(Protocol):
    """Which workers are the link workers of a school (bot.storage)."""

    def link_workers_of(self, consultation_id: str) -> frozenset[str]:
        """Return the ids of the link workers of the cluster that the consultation's school is in."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn a case is: `first` are ids of workers, none for everybody. `is_managers`: it has waited too long."""

    first: frozenset[str] = frozenset()
    is_managers: bool = False

    def is_for(self, worker: Person) -> bool:
        """Whether it is the worker's turn."""
        return not self.first or worker.id in self.first


def turn_of(case: Case, know_it: frozenset[str], here: frozenset[str], waited: timedelta, after: Fallback) -> Turn:
    """Return whose turn a case is. `know_it` are the link workers and who answered the child's last consultation,
    `here` who has the desk open and takes cases, `waited` the working time since the hand-over.
    """
    if case.stage is not Stage.WAITING:
        return Turn()
    if waited >= timedelta(minutes=after.manager):
        return Turn(is_managers=True)
    is_early = waited < timedelta(minutes=after.link_worker)
    return Turn(know_it & here if is_early and case.urgency != "red" else frozenset())


@dataclass(frozen=True, slots=True)
class Routing:
    """Finds whose turn a case is."""

    records: Records
    clusters: ClusterRecords
    presence: PresenceRecords
    desks: DutyDesks

    def turn(self, case: Case, now: datetime) -> Turn:
        """Return whose turn a case is now."""
        if case.stage is not Stage.WAITING:
            return Turn()
        waited = self.desks.hours_of(case.area, now).working_between(case.handed_over_at, now)
        here = self.presence.who_is_here(case.area, now - STILL_HERE)
        know_it = self.clusters.link_workers_of(case.consultation_id) | self._knew(case)
        return turn_of(case, know_it, here, waited, self.desks.settings_at(case.area, now).fallback)

    def _knew(self, case: Case) -> frozenset[str]:
        """Return who answered last about the same child, as the school's alias tells, or this case before."""
        before = self.records.case(case.reopens) if case.reopens else None
        last = before or next((one.case for one in reversed(repeats.earlier(self.records, case.consultation_id))), None)
        return frozenset({last.claimed_by}) if last and last.claimed_by else frozenset()
