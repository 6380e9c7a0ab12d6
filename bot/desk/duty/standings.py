"""Standings: what is said of a case's place beyond the case itself: whose turn it is, as one who looks sees it."""

from collections.abc import Mapping
from dataclasses import replace

from bot.desk.duty.ordering import Standing
from bot.desk.duty.routing import Turn
from bot.desk.ports import Person


def for_whom(stands: Standing, turn: Turn, worker: Person, names: Mapping[str, str]) -> Standing:
    """Return the standing with whose turn it is. `names` are those of who comes first, by id."""
    known = [names[id] for id in sorted(turn.first) if id in names]
    whose = "utter_queue_yours_first" if turn.first and turn.is_for(worker) else "utter_queue_first_for"
    said = [(whose, {"names": ", ".join(known)})] if turn.first else []
    said += [("utter_queue_manager", {})] if turn.is_managers else []
    return replace(stands, reasons=(*stands.reasons, *said)) if said else stands
