"""Knowledge at the desk: every area's fact-check sheet on a day, and the revisions of one's own area."""

import asyncio
from collections.abc import Callable
from datetime import date

from fastapi import APIRouter, Request, Response

from bot.desk.ports import Person
from bot.knowledge.errors import NotInForce
from bot.web.door import Door, SignedIn, TheDoor
from bot.web.pages import london, templates

router = APIRouter(prefix="/knowledge")


@router.get("")
async def knowledge(request: Request, door: TheDoor, worker: SignedIn) -> Response:
    """Show the areas, and an editor the revisions of their own."""
    return await knowledge_page(request, door, worker)


async def knowledge_page(
    request: Request, door: Door, worker: Person, status: int = 200, problem: str | None = None
) -> Response:
    """Return the page of areas and revisions, with why something was not done."""
    editing = door.house.editing
    revisions = await asyncio.to_thread(editing.revisions, worker)
    context = {"areas": editing.areas(), "revisions": revisions, "problem": problem, "on": today(door)}
    return door.page(request, "knowledge.html", status, **context)


@router.get("/{area}")
async def sheet(request: Request, door: TheDoor, worker: SignedIn, area: str, on: date | None = None) -> Response:
    """Show everything that the assistant would say for an area on a day."""
    day = on or today(door)
    name = next((one.name for one in door.house.editing.areas() if area in (one.slug, one.code)), area)
    return await sheet_page(request, door, name, f"/duty/knowledge/{area}", day, door.house.editing.sheet, area, day)


async def sheet_page(
    request: Request, door: Door, name: str, address: str, on: date, make: Callable, *given: object
) -> Response:
    """Return the sheet that `make(*given)` gives, or the page of a day on which nothing was in force."""
    context = {"address": address, "on": on, "called": name}
    try:
        made = await asyncio.to_thread(make, *given)
    except NotInForce as early:
        return door.page(request, "not_in_force.html", 404, what=early.what, first=early.first, **context)
    return door.page(request, "sheet.html", sheet=made, **context)


def today(door: Door) -> date:
    """Return what day it is in England."""
    return london(door.clock()).date()


def sheet_as_file(made: object) -> str:
    """Return a sheet as one file that needs nothing else: the styles stand in it."""
    from bot.web.app import STATIC

    page = templates("console").env.get_template("sheet_file.html").render(sheet=made)
    for name in ("base.css", "sheet.css"):
        styles = (STATIC / name).read_text("utf-8")
        page = page.replace(f'<link rel="stylesheet" href="/static/{name}">', f"<style>\n{styles}</style>")
    return page
