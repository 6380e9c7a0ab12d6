"""Standings: why each case of a queue stands where it does, and whose turn it is, for all of them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.consultation import Stage
from bot.desk.case import Case
from bot.desk.duty.at_once import silent_since
from bot.desk.duty.ordering import Standing, standing
from bot.desk.duty.routing import Routing, Turn
from bot.desk.ports import Person


def standings(routing: Routing, cases: Sequence[Case], worker: Person, now: datetime) -> tuple[Standing, ...]:
    """Return the cases in their order, each with why it stands there as that worker sees it."""
    turns = routing.turns(cases, now)
    first = {id for turn in turns.values() for id in turn.first}
    names = routing.at_once.names_of(first) if first else {}
    silent = silent_since(routing.at_once, [case for case in cases if case.stage is Stage.CLAIMED])
    return tuple(_with_turn(standing(case, now, silent.get(case.id)), turns[case.id], worker, names) for case in cases)


def _with_turn(stands: Standing, turn: Turn, worker: Person, names: Mapping[str, str]) -> Standing:
    known = [names[id] for id in sorted(turn.first) if id in names]
    whose = "utter_queue_yours_first" if turn.first and turn.is_for(worker) else "utter_queue_first_for"
    said = [(whose, {"names": ", ".join(known)})] if turn.first else []
    said += [("utter_queue_manager", {})] if turn.is_managers else []
    return replace(stands, reasons=(*stands.reasons, *said)) if said else stands
