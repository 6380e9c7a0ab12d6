"""The record to keep, for the DSL whose consultation it is: a page to read and print, a text, and a paper to file.

All three are made from one record and say the same. Where the paper cannot be made, the page says so and has the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from fastapi import APIRouter, Request, Response

from bot.desk.case import Case
from bot.desk.people import Person
from bot.desk.record import Record, as_text
from bot.desk.working_time import ENGLAND
from bot.paper import PaperFailed
from bot.web.door import Door, DoorRefusal, SignedIn, TheDoor

PDF = "application/pdf"
TEXT = "text/plain; charset=utf-8"
_ENDINGS = {PDF: "pdf", TEXT: "txt"}


class Keeping(Protocol):
    """What makes a record. Raises NotKept for a consultation, and NoSuchCase for a case, that is not the person's."""

    async def of(self, dsl: Person, consultation_id: str, now: datetime) -> Record: ...
    async def at_desk(self, worker: Person, case_id: str, now: datetime) -> tuple[Case, Record]: ...


class Paper(Protocol):
    """What sets a record on paper. Raises PaperFailed."""

    async def pdf(self, record: Mapping[str, Any]) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Records:
    """What the pages need: who makes a record, and who sets it on paper."""

    keeping: Keeping
    paper: Paper


def router(records: Records | None) -> APIRouter:
    """Return the routes of a record. Without what is behind them, they say that something went wrong."""
    routes = APIRouter(prefix="/consultations/{consultation_id}", include_in_schema=False)

    @routes.get("/record")
    async def page(request: Request, door: TheDoor, person: SignedIn, consultation_id: str) -> Response:
        """Show the record; it works without a script, and prints."""
        record = await _record(records, door, person, consultation_id)
        return await _page(request, door, person, consultation_id, record)

    @routes.get("/record.txt")
    async def text(door: TheDoor, person: SignedIn, consultation_id: str) -> Response:
        """Send the record as plain text."""
        record = await _record(records, door, person, consultation_id)
        return _file(as_text(record).encode(), TEXT, record, door)

    @routes.get("/record.pdf")
    async def paper(request: Request, door: TheDoor, person: SignedIn, consultation_id: str) -> Response:
        """Send the record as a PDF, or the page where it cannot be made."""
        record = await _record(records, door, person, consultation_id)
        try:
            return await on_paper(records, record, door)
        except PaperFailed:
            return await _page(request, door, person, consultation_id, record, failed=True)

    return routes


async def on_paper(records: Records | None, record: Record, door: Door) -> Response:
    """Return a record as a PDF to file. Raises PaperFailed."""
    return _file(await there(records).paper.pdf(record.plain()), PDF, record, door)


def there(records: Records | None) -> Records:
    """Return what is behind the pages. Raises DoorRefusal without it."""
    if records is None:
        raise DoorRefusal(500, "broken")
    return records


async def _page(
    request: Request, door: Door, person: Person, consultation_id: str, record: Record, *, failed: bool = False
) -> Response:
    consultation = await door.house.consultation(person, consultation_id)
    problem = door.sentence("utter_door_no_paper", consultation.area) if failed else ""
    shown = {"consultation": consultation, "record": record, "problem": problem}
    return door.page(request, "record.html", 503 if failed else 200, **shown, area=consultation.area)


async def _record(records: Records | None, door: Door, person: Person, consultation_id: str) -> Record:
    # Whose it is comes first: somebody else's is as good as not there, whatever else does not work.
    await door.house.consultation(person, consultation_id)
    return await there(records).keeping.of(person, consultation_id, door.clock())


def _file(made: bytes, kind: str, record: Record, door: Door) -> Response:
    """Return a file. There is no reference in its name: names of files stay in lists of downloads."""
    ending, what = _ENDINGS[kind], "practice-record" if record.practice else "no-name-consultation-record"
    name = f"{what}-{door.clock().astimezone(ENGLAND):%Y-%m-%d}.{ending}"
    return Response(made, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
