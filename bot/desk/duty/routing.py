"""Routing: whose turn a waiting case is. First who knows the child's school, then whoever is on duty, then the manager.

Nobody is ever kept from a case: a turn decides what *Take the next case* gives and what the queue says, and whoever
is not at the desk now has no turn. A red case is everybody's at once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.consultation import Stage
from bot.desk import repeats
from bot.desk.case import Case
from bot.desk.duty.at_once import AtOnceRecords
from bot.desk.duty.presence import STILL_HERE, PresenceRecords
from bot.desk.hand_over import DutyDesks
from bot.desk.ports import Person
from bot.desk.working_time import WorkingTime
from bot.knowledge.desk_settings import Fallback


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

    at_once: AtOnceRecords
    presence: PresenceRecords
    desks: DutyDesks

    def turns(self, cases: Iterable[Case], now: datetime) -> Mapping[str, Turn]:
        """Return whose turn each case is now, by case."""
        every = tuple(cases)
        waiting = [case for case in every if case.stage is Stage.WAITING]
        know_it = self._know(waiting)
        areas = {area: self._at_desk(area, now) for area in {case.area for case in waiting}}
        turns = {case.id: Turn() for case in every}
        for case in waiting:
            hours, after, here = areas[case.area]
            waited = hours.working_between(case.handed_over_at, now)
            turns[case.id] = turn_of(case, know_it[case.id], here, waited, after)
        return turns

    def _at_desk(self, area: str, now: datetime) -> tuple[WorkingTime, Fallback, frozenset[str]]:
        here = self.presence.who_is_here(area, now - STILL_HERE)
        return self.desks.hours_of(area, now), self.desks.settings_at(area, now).fallback, here

    def _know(self, cases: Collection[Case]) -> Mapping[str, frozenset[str]]:
        """Return by case its link workers, and who answered last about the same child, or this case before."""
        if not cases:
            return {}
        ids = {case.consultation_id for case in cases}
        links = self.at_once.link_workers_of_each(ids)
        before = self.at_once.holders_of({case.reopens for case in cases if case.reopens})
        children = self.at_once.last_holders_of_child(ids, repeats.LOOKED_BACK)
        found = {}
        for case in cases:
            knew = before.get(case.reopens) if case.reopens else children.get(case.consultation_id)
            found[case.id] = links.get(case.consultation_id, frozenset()) | ({knew} if knew else set())
        return found
