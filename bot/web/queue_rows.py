"""The rows of a queue as its page shows them, each written once for all who see it alike.

Thirty open pages ask for them in the second after a change; with a hundred cases there writing them is what that costs,
and then sending them. So each is marked by what is in it: a page says which it has, and those are only named to it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from markupsafe import Markup

from bot.desk.duty.board import Stand
from bot.desk.duty.ordering import Standing
from bot.desk.ports import Person
from bot.web.door import Door
from bot.web.pages import london, minutes_until


@dataclass(frozen=True, slots=True)
class Row:
    """A row by all that is in it, as it is written, and as it is named to a page that has it."""

    said: tuple[Any, ...]
    written: Markup
    named: Markup
    mark: str


def rows(door: Door, stand: Stand, worker: Person, had: Collection[str] = ()) -> list[Markup]:
    """Return the rows in their order. What has been written is kept with how the queue stands, and goes on with it.

    `had` are the marks of rows that are on the page: of them only the names are returned.
    """
    today = london(stand.now).date()
    found = [_row(door, stand, today, one, worker) for one in stand.standings(worker)]
    return [row.named if row.mark in had else row.written for row in found]


def _row(door: Door, stand: Stand, today: date, one: Standing, worker: Person) -> Row:
    whose = _whose(one, worker)
    key = one.case.id, whose, *(name for name, _ in one.reasons)
    # All that is in a row: as long as it is the same, so is the row.
    said = one.case, one.reasons, minutes_until(one.case.due_at, stand.now), today
    held = stand.written.get(key)
    if held is None or held.said != said:
        row = door.templates.get_template("queue_row.html")
        held = stand.written[key] = _marked(said, row.render(standing=one, whose=whose, now=stand.now), one.case.id)
    return held


def _marked(said: tuple[Any, ...], written: str, case: str) -> Row:
    mark = blake2b(written.encode(), digest_size=6).hexdigest()  # in its letters no name is written by chance
    marked = written.replace(" data-case=", f' data-as="{mark}" data-case=', 1)
    named = Markup('<tr data-as="{}" data-case="{}"></tr>').format(mark, case)
    return Row(said, Markup(marked), named, mark)  # the template has escaped it


def _whose(one: Standing, worker: Person) -> str:
    """Return whose the case is as the worker sees it: `offered` to them, their `own`, or another's."""
    case = one.case
    if case.stage == "transferred":
        return "offered" if case.transferred_to == worker.id or case.transferred_area == worker.area else ""
    return "own" if case.claimed_by == worker.id else ""
