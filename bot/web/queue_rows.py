"""The rows of a queue as its page shows them, each written once for all who see it alike.

Thirty open pages ask for them in the second after a change; with a hundred cases there writing them is what that costs.
"""

from datetime import date

from markupsafe import Markup

from bot.desk.duty.board import Stand
from bot.desk.duty.ordering import Standing
from bot.desk.ports import Person
from bot.web.door import Door
from bot.web.pages import london, minutes_until


def rows(door: Door, stand: Stand, worker: Person) -> list[Markup]:
    """Return the rows in their order. What has been written is kept with how the queue stands, and goes on with it."""
    today = london(stand.now).date()
    return [_row(door, stand, today, one, worker) for one in stand.standings(worker)]


def _row(door: Door, stand: Stand, today: date, one: Standing, worker: Person) -> Markup:
    whose = _whose(one, worker)
    key = one.case.id, whose, *(name for name, _ in one.reasons)
    # All that is in a row: as long as it is the same, so is the row.
    said = one.case, one.reasons, minutes_until(one.case.due_at, stand.now), today
    held = stand.written.get(key)
    if held is None or held[0] != said:
        row = door.templates.get_template("queue_row.html")
        held = said, Markup(row.render(standing=one, whose=whose, now=stand.now))  # escaped as pages are
        stand.written[key] = held
    return held[1]


def _whose(one: Standing, worker: Person) -> str:
    """Return whose the case is as the worker sees it: `offered` to them, their `own`, or another's."""
    case = one.case
    if case.stage == "transferred":
        return "offered" if case.transferred_to == worker.id or case.transferred_area == worker.area else ""
    return "own" if case.claimed_by == worker.id else ""
