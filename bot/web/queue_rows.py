"""The rows of a queue as its page shows them, each written once for all who see it alike.

Thirty open pages ask for them in the second after a change; with a hundred cases there writing them is what that costs.
"""

from markupsafe import Markup

from bot.desk.duty.board import Stand
from bot.desk.duty.ordering import Standing
from bot.desk.ports import Person
from bot.web.door import Door


def rows(door: Door, stand: Stand, worker: Person) -> list[Markup]:
    """Return the rows in their order. What has been written of how it stands is kept with it."""
    return [_row(door, stand, one, worker) for one in stand.standings(worker)]


def _row(door: Door, stand: Stand, one: Standing, worker: Person) -> Markup:
    seen = one.case.id, _whose(one, worker), tuple(name for name, _ in one.reasons)
    if seen not in stand.written:
        row = door.templates.get_template("queue_row.html")
        stand.written[seen] = Markup(row.render(standing=one, whose=seen[1], now=stand.now))  # escaped as pages are
    return stand.written[seen]


def _whose(one: Standing, worker: Person) -> str:
    """Return whose the case is as the worker sees it: `offered` to them, their `own`, or another's."""
    case = one.case
    if case.stage == "transferred":
        return "offered" if case.transferred_to == worker.id or case.transferred_area == worker.area else ""
    return "own" if case.claimed_by == worker.id else ""
