"""The lead practitioner's kit to take away: a document and calendar dates, with nothing in them of any child."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Annotated, Protocol

from fastapi import APIRouter, Query, Response

from bot.desk.working_time import ENGLAND
from bot.knowledge.errors import NotInForce, UnknownArea
from bot.web.door import Door, DoorRefusal, SignedIn, TheDoor

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ICS = "text/calendar; charset=utf-8"
# Plans begin about now; a day far away is a slip.
_BACK, _AHEAD = timedelta(days=90), timedelta(days=366)

From = Annotated[str, Query(alias="from", pattern=r"^(\d{4}-\d{2}-\d{2})?$")]


class Kits(Protocol):
    """What makes the files. Both raise UnknownArea, or NotInForce for an area whose pack has not begun."""

    def document(self, area: str, starts: date, on: date) -> bytes: ...
    def calendar(self, area: str, starts: date, now: datetime) -> bytes: ...


def router(kits: Kits) -> APIRouter:
    """Return the routes of the kit. `from` is the first day of the plan, and today if it is not given."""
    routes = APIRouter(prefix="/kit", include_in_schema=False)

    @routes.get("/{area}.docx")
    def document(door: TheDoor, person: SignedIn, area: str, starts: From = "") -> Response:
        """Send the kit as a document."""
        begins = _first_day(starts, door)
        return _file(lambda: kits.document(area, begins, _today(door)), DOCX, f"lead-practitioner-kit-{area}.docx")

    @routes.get("/{area}.ics")
    def calendar(door: TheDoor, person: SignedIn, area: str, starts: From = "") -> Response:
        """Send the days of the plan as a calendar file."""
        begins = _first_day(starts, door)
        return _file(lambda: kits.calendar(area, begins, door.clock()), ICS, f"early-help-dates-{area}.ics")

    return routes


def _file(make: Callable[[], bytes], kind: str, name: str) -> Response:
    try:
        made = make()
    except (UnknownArea, NotInForce):
        raise DoorRefusal(404, "not_found") from None
    # An area that is known is called in letters, digits and hyphens, so its name can stand in a header.
    return Response(made, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _first_day(written: str, door: Door) -> date:
    today = _today(door)
    if not written:
        return today
    try:
        begins = date.fromisoformat(written)
    except ValueError:
        raise DoorRefusal(422, "not_understood") from None
    if not today - _BACK <= begins <= today + _AHEAD:
        raise DoorRefusal(422, "not_understood")
    return begins


def _today(door: Door) -> date:
    return door.clock().astimezone(ENGLAND).date()
