"""The board: how an area's queue stands, worked out once for all who look at it.

Thirty colleagues have the queue open, and whoever waits for an answer is told their place in it. All of them hear of a
change in the same moment; what they look at then is the same, but for whose turn a case is.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from bot.consultation import Stage
from bot.desk.case import Case
from bot.desk.duty.at_once import silent_since
from bot.desk.duty.ordering import Standing, in_order, standing
from bot.desk.duty.routing import Routing, Turn
from bot.desk.ports import Person, Records
from bot.desk.watch import Watch

# What looks by itself may be shown what is so old: another process may have written what no bell told of.
AT_MOST = timedelta(seconds=1)
# A page that asks because it was told of a change may be shown what is so old, even where more has changed since: it
# will be told of that too.
ASKED_AT_MOST = timedelta(seconds=0.5)


class Stand:
    """How the open cases of an area stood at a moment, in their order.

    `written` is for who shows it: what they have made of a case, by its id and whatever else tells one from another.
    What was made when it stood otherwise, `before`, is there too, for cases that are still there. `rung` is how often
    queues had been rung by then.
    """

    def __init__(
        self, cases: tuple[Case, ...], now: datetime, routing: Routing, rung: int = 0, before: "Stand | None" = None
    ) -> None:
        self.cases, self.now, self.rung = cases, now, rung
        self._routing = routing
        there = {case.id for case in cases}
        self.written: dict[tuple[str, ...], Any] = {
            key: made for key, made in (before.written.items() if before else ()) if key[0] in there
        }

    def standings(self, worker: Person) -> tuple[Standing, ...]:
        """Return why each case stands where it does, as that worker sees it."""
        names = self._names
        return tuple(_with_turn(stands, turn, worker, names) for stands, turn in self._worked_out)

    @cached_property
    def turns(self) -> dict[str, Turn]:
        """Whose turn each case is, by case."""
        return dict(self._routing.turns(self.cases, self.now))

    @cached_property
    def _names(self) -> dict[str, str]:
        first = {id for turn in self.turns.values() for id in turn.first}
        return dict(self._routing.at_once.names_of(first)) if first else {}

    @cached_property
    def _worked_out(self) -> tuple[tuple[Standing, Turn], ...]:
        silent = silent_since(self._routing.at_once, [one for one in self.cases if one.stage is Stage.CLAIMED])
        return tuple((standing(one, self.now, silent.get(one.id)), self.turns[one.id]) for one in self.cases)


class Board:
    """How the queue of each area stands."""

    def __init__(self, records: Records, routing: Routing, watch: Watch) -> None:
        self._records, self._routing, self._watch = records, routing, watch
        self._held: dict[str, Stand] = {}

    def nothing(self, now: datetime) -> Stand:
        """Return what stands where there is no queue."""
        return Stand((), now, self._routing)

    def anew(self, area: str, now: datetime) -> Stand:
        """Return how an area's queue stands now: for whoever asks for it, or acts on it."""
        rung = self._watch.queues_rung
        cases = in_order(self._records.queue(area), now)
        before = self._held.get(area)
        if before:  # what is as it was stays the very same, so that who has seen it sees that at a glance
            known = {case.id: case for case in before.cases}
            cases = tuple(was if (was := known.get(case.id)) == case else case for case in cases)
            cases = before.cases if cases == before.cases else cases
        self._held[area] = Stand(cases, now, self._routing, rung, before)
        return self._held[area]

    def at(self, area: str, now: datetime) -> Stand:
        """Return how an area's queue stands, at most so old, and after the last change that was rung."""
        stand = self._held.get(area)
        if stand and stand.rung == self._watch.queues_rung and abs(now - stand.now) < AT_MOST:
            return stand
        return self.anew(area, now)

    def told_of(self, area: str, now: datetime) -> Stand:
        """Return how an area's queue stood when a page that has it open was told of it last, or after that."""
        if self._watch.is_shared:  # another process may have told it, and of more than is known here
            return self.anew(area, now)
        stand = self._held.get(area)
        return stand if stand and abs(now - stand.now) < ASKED_AT_MOST else self.at(area, now)


def _with_turn(stands: Standing, turn: Turn, worker: Person, names: Mapping[str, str]) -> Standing:
    known = [names[id] for id in sorted(turn.first) if id in names]
    whose = "utter_queue_yours_first" if turn.first and turn.is_for(worker) else "utter_queue_first_for"
    said = [(whose, {"names": ", ".join(known)})] if turn.first else []
    said += [("utter_queue_manager", {})] if turn.is_managers else []
    return replace(stands, reasons=(*stands.reasons, *said)) if said else stands
