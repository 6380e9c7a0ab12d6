"""Private notes on a case: added here, shown on the case's page, and nowhere else."""

from typing import Annotated

from fastapi import APIRouter, Form, Response

from bot.consultation import RawText
from bot.web.console_cases import AtDesk
from bot.web.door import DoorRefusal
from bot.web.refusals import NOT_ALLOWED

router = APIRouter(prefix="/cases/{case_id}")

# A page sends an id of its own, so that a note that is sent twice is kept once.
ClientId = Annotated[str, Form(pattern=r"^([A-Za-z0-9_-]{8,64})?$")]


@router.post("/notes")
async def add_note(desk: AtDesk, client_id: ClientId = "", text: Annotated[str, Form()] = "") -> Response:
    """Keep a note that only colleagues read."""
    await desk.duty.case(desk.worker, desk.case_id)
    if desk.back_office is None:
        raise DoorRefusal(503, "broken")
    try:
        await desk.back_office.notes.add(desk.worker, desk.case_id, client_id, RawText(text), desk.door.clock())
    except NOT_ALLOWED as raised:
        return await desk.not_allowed(raised, note_draft=text)
    return desk.back("#notes")
