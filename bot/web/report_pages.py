"""Annual reports for scrutiny: which there are, each as a page with charts, as a paper, and as files of figures.

Everything here was published as a whole. There is nothing to choose by which it could be cut another way.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Form, Path, Request, Response
from fastapi.responses import RedirectResponse

from bot.desk.ports import Person
from bot.desk.report_pictures import on_paper, picture_of
from bot.desk.reporting import Report
from bot.desk.scrutinising import NoSuchYear, Scrutinising
from bot.paper import PaperFailed
from bot.web.door import Door, DoorRefusal, SignedIn, TheDoor
from bot.web.record_pages import PDF

ALL_AREAS = "all"
_LIKELY = {"ge": 2000, "le": 2999}  # a number without end is none that a database takes
Year = Annotated[int, Path(**_LIKELY)]
FormYear = Annotated[int, Form(**_LIKELY)]
_CSV, _SVG = "text/csv; charset=utf-8; header=present", "image/svg+xml"
_FILES = {"figures.csv": "figures", "dictionary.csv": "dictionary"}


class Paper(Protocol):
    """What sets a report on paper. Raises PaperFailed."""

    async def pdf(self, record: Mapping[str, Any], sheet: str = "record") -> bytes: ...


@dataclass(frozen=True, slots=True)
class Reports:
    """What the pages need: who publishes, and who sets a report on paper."""

    scrutiny: Scrutinising
    paper: Paper


def router(reports: Reports | None) -> APIRouter:
    """Return the routes of reports. Without what is behind them, they say that something went wrong."""
    routes = APIRouter(prefix="/reports")
    _to_read(routes, reports)
    _to_keep(routes, reports)
    return routes


def _to_read(routes: APIRouter, reports: Reports | None) -> None:
    @routes.get("")
    async def years(request: Request, door: TheDoor, person: SignedIn) -> Response:
        """Show of which years there is a report, and whether there is one to make."""
        return await _years(request, door, reports)

    @routes.post("")
    async def make(request: Request, door: TheDoor, person: SignedIn, year: FormYear) -> Response:
        """Count a year that is over and publish it; it is done once."""
        return await _make(request, door, person, reports, year)

    @routes.get("/{year}/{area}")
    async def report(request: Request, door: TheDoor, person: SignedIn, year: Year, area: str) -> Response:
        """Show a report."""
        return await _page(request, door, reports, year, area)


def _to_keep(routes: APIRouter, reports: Reports | None) -> None:
    @routes.get("/{year}/{area}/report.pdf")
    async def paper(request: Request, door: TheDoor, person: SignedIn, year: Year, area: str) -> Response:
        """Send a report as a PDF, or its page where that cannot be made."""
        there = _there(reports)
        try:
            plain = await asyncio.to_thread(on_paper, await _report(reports, year, area), door.say)
            return _file(await there.paper.pdf(plain, "report"), PDF, f"report-{year}-{area}.pdf")
        except PaperFailed:
            return await _page(request, door, reports, year, area, failed=True)

    @routes.get("/{year}/{area}/{name}.csv")
    async def figures(person: SignedIn, year: Year, area: str, name: str) -> Response:
        """Send the figures, or what they mean, as comma-separated values."""
        return await _figures(reports, year, area, f"{name}.csv")

    @routes.get("/{year}/{area}/{table}.svg")
    async def chart(door: TheDoor, person: SignedIn, year: Year, area: str, table: str) -> Response:
        """Send the chart of one table."""
        drawing = await asyncio.to_thread(picture_of, await _report(reports, year, area), table, door.say)
        if not drawing:
            raise DoorRefusal(404, "not_found")
        return Response(drawing, media_type=_SVG)


def _there(reports: Reports | None) -> Reports:
    if reports is None:
        raise DoorRefusal(500, "broken")
    return reports


async def _years(
    request: Request, door: Door, reports: Reports | None, status: int = 200, problem: str = ""
) -> Response:
    scrutiny = _there(reports).scrutiny
    shown = {"years": scrutiny.years(), "to_make": scrutiny.to_make(door.clock()), "problem": problem}
    return door.page(request, "reports.html", status, **shown)


async def _make(request: Request, door: Door, person: Person, reports: Reports | None, year: int) -> Response:
    try:
        await _there(reports).scrutiny.made(year, person, door.clock())
    except NoSuchYear:
        return await _years(request, door, reports, 409, door.sentence("utter_door_year_not_over", person.area))
    return RedirectResponse(f"/duty/reports/{year}/{ALL_AREAS}", 303)


async def _report(reports: Reports | None, year: int, area: str) -> Report:
    try:
        return await asyncio.to_thread(_there(reports).scrutiny.report, year, "" if area == ALL_AREAS else area)
    except NoSuchYear:
        raise DoorRefusal(404, "not_found") from None


async def _page(
    request: Request, door: Door, reports: Reports | None, year: int, area: str, *, failed: bool = False
) -> Response:
    report = await _report(reports, year, area)
    problem = door.sentence("utter_door_no_report_on_paper", None) if failed else ""
    areas = await asyncio.to_thread(_there(reports).scrutiny.areas, year)
    shown = {"report": report, "areas": areas, "whose": area, "problem": problem}
    return door.page(request, "report.html", 503 if failed else 200, **shown)


async def _figures(reports: Reports | None, year: Year, area: str, name: str) -> Response:
    if name not in _FILES:
        raise DoorRefusal(404, "not_found")
    try:
        held = await asyncio.to_thread(_there(reports).scrutiny.files, year, "" if area == ALL_AREAS else area)
    except NoSuchYear:
        raise DoorRefusal(404, "not_found") from None
    # With the mark of its encoding: programs that open it guess otherwise.
    return _file(getattr(held, _FILES[name]).encode("utf-8-sig"), _CSV, f"report-{year}-{area}-{name}")


def _file(made: bytes, kind: str, name: str) -> Response:
    return Response(made, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
