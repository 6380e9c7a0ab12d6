"""The record at the duty desk: what the school can keep of a case, word for word, as a page and as a paper.

It is made as the school's own is, so notes between colleagues cannot be in it.
"""

from fastapi import APIRouter, Request, Response

from bot.desk.case import Case
from bot.desk.record import Record
from bot.paper import PaperFailed
from bot.web.door import Door, SignedIn, TheDoor
from bot.web.record_pages import Records, on_paper, there


def router(records: Records | None) -> APIRouter:
    """Return the routes of a case's record. Without what is behind them, they say that something went wrong."""
    routes = APIRouter(prefix="/cases/{case_id}")

    @routes.get("/record")
    async def page(request: Request, door: TheDoor, worker: SignedIn, case_id: str) -> Response:
        """Show the record; it prints."""
        case, record = await there(records).keeping.at_desk(worker, case_id, door.clock())
        return _page(request, door, case, record)

    @routes.get("/record.pdf")
    async def paper(request: Request, door: TheDoor, worker: SignedIn, case_id: str) -> Response:
        """Send the record as a PDF, or the page where it cannot be made."""
        case, record = await there(records).keeping.at_desk(worker, case_id, door.clock())
        try:
            return await on_paper(records, record, door)
        except PaperFailed:
            return _page(request, door, case, record, failed=True)

    return routes


def _page(request: Request, door: Door, case: Case, record: Record, *, failed: bool = False) -> Response:
    problem = door.sentence("utter_door_no_paper_at_desk", case.area) if failed else ""
    shown = {"case": case, "record": record, "problem": problem}
    return door.page(request, "record.html", 503 if failed else 200, **shown)
