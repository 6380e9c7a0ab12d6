"""Samples: a scrutineer asks to see some records, a manager of the area decides, and for a week they can be read."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from bot.desk.ports import NotKept, Person
from bot.desk.sampling import NoSuchSample, NotTheirsToDecide, Sampling, Why
from bot.desk.scrutinising import NoSuchYear
from bot.web.door import Door, DoorRefusal, SignedIn, TheDoor
from bot.web.report_pages import FormYear


def router(sampling: Sampling | None) -> APIRouter:
    """Return the routes of samples. Without what is behind them, they say that something went wrong."""
    routes = APIRouter(prefix="/samples")
    _asking(routes, sampling)
    _decided(routes, sampling)
    return routes


def _asking(routes: APIRouter, sampling: Sampling | None) -> None:
    @routes.get("")
    async def requests(request: Request, door: TheDoor, person: SignedIn) -> Response:
        """Show the requests of one's area, with what one may do about them."""
        return await _page(request, door, person, sampling)

    @routes.post("")
    async def ask(
        request: Request, door: TheDoor, person: SignedIn, year: FormYear, reason: Annotated[Why, Form()]
    ) -> Response:
        """Ask for a sample of one's own area."""
        try:
            _there(sampling).ask(person, year, reason, door.clock())
        except NoSuchYear:
            problem = door.sentence("utter_door_no_such_year", person.area)
            return await _page(request, door, person, sampling, 409, problem)
        return RedirectResponse("/duty/samples", 303)


def _decided(routes: APIRouter, sampling: Sampling | None) -> None:
    @routes.post("/{request_id}")
    async def decide(
        request: Request,
        door: TheDoor,
        person: SignedIn,
        request_id: str,
        decision: Annotated[Literal["grant", "refuse"], Form()],
    ) -> Response:
        """Grant or refuse a request of one's own area."""
        try:
            _there(sampling).decide(person, request_id, decision == "grant", door.clock())
        except (NoSuchSample, NotKept):
            raise DoorRefusal(404, "not_found") from None
        except NotTheirsToDecide:
            problem = door.sentence("utter_door_decided_already", person.area)
            return await _page(request, door, person, sampling, 409, problem)
        return RedirectResponse("/duty/samples", 303)

    @routes.get("/{request_id}")
    async def look(request: Request, door: TheDoor, person: SignedIn, request_id: str) -> Response:
        """Show the records of a request that was granted, to whoever asked, as long as it lasts."""
        try:
            asked, shown = await asyncio.to_thread(_there(sampling).look, person, request_id, door.clock())
        except NoSuchSample:
            raise DoorRefusal(404, "not_found") from None
        return door.page(request, "sample.html", asked=asked, shown=shown)


def _there(sampling: Sampling | None) -> Sampling:
    if sampling is None:
        raise DoorRefusal(500, "broken")
    return sampling


def _years(there: Sampling, person: Person) -> list[int]:
    return [year for year in there.scrutiny.years() if person.area in there.scrutiny.areas(year)]


async def _page(
    request: Request, door: Door, person: Person, sampling: Sampling | None, status: int = 200, problem: str = ""
) -> Response:
    there = _there(sampling)
    years = await asyncio.to_thread(_years, there, person)
    shown = {"asked": there.of_area(person), "years": years, "reasons": tuple(Why), "problem": problem}
    return door.page(request, "samples.html", status, **shown)
