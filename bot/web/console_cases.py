"""A case at the duty desk: read the brief, claim it, talk, and follow what happens."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Header, Query, Request, Response
from fastapi.responses import RedirectResponse
from sse_starlette import EventSourceResponse

from bot.consultation import OPEN, RawText
from bot.desk.answer import NotYourCase
from bot.desk.duty.back_office import BackOffice
from bot.desk.duty.desk import DutyDesk
from bot.desk.ports import Person
from bot.web.door import Door, SignedIn, TheDoor, Token
from bot.web.events import follow, stream
from bot.web.refusals import NOT_ALLOWED, reason_of, wants_json

router = APIRouter(prefix="/cases/{case_id}")

ClientId = Annotated[str, Form(pattern=r"^[A-Za-z0-9_-]{8,64}$")]


def back_office_of(request: Request) -> BackOffice | None:
    """Return what the desk keeps for itself. Only the console's app has it at hand, and no door that a DSL uses."""
    return request.app.state.back_office


@dataclass(frozen=True, slots=True)
class Desk:
    """A duty worker at one case, and the request that brought them there."""

    request: Request
    door: Door
    worker: Person
    case_id: str
    back_office: BackOffice | None

    @property
    def duty(self) -> DutyDesk:
        """The duty desk's use-cases."""
        return self.door.house.duty

    async def page(self, status: int = 200, **context: Any) -> Response:
        """Return the page of the case as it now stands."""
        brief = await self.duty.brief(self.worker, self.case_id)
        everywhere: dict[str, Any] = {"filled": None, "missing": (), "problem": None, "draft": ""}
        everywhere |= {"looked_at": None, "typed_reason": ""}
        everywhere |= {"brief": brief, "case": brief.case, "levels": self.duty.levels(brief.case.area)}
        everywhere |= {"moves": await self.duty.moves(self.worker, self.case_id)}
        everywhere |= await self.duty.elsewhere(self.worker, brief.case)
        everywhere |= await self._own()
        return self.door.page(self.request, "case.html", status, **(everywhere | context))

    async def _own(self) -> dict[str, Any]:
        """Return what the desk has for itself: notes (None where none are kept), and approved replies."""
        if self.back_office is None:
            return {"notes": None, "replies": (), "note_draft": ""}
        replies = await self.back_office.replies(self.worker, self.case_id, self.door.clock())
        return {"notes": self.back_office.notes.of(self.worker, self.case_id), "replies": replies, "note_draft": ""}

    async def not_allowed(self, raised: Exception, **context: Any) -> Response:
        """Return the page with why it was not done, and what was written."""
        problem = self.door.sentence(reason_of(raised), self.worker.area)
        return await self.page(409, problem=problem, **context)

    def back(self, place: str = "") -> Response:
        """Go to the page of the case."""
        return RedirectResponse(f"/duty/cases/{self.case_id}{place}", 303)


def _desk(request: Request, door: TheDoor, worker: SignedIn, case_id: str) -> Desk:
    return Desk(request, door, worker, case_id, back_office_of(request))


AtDesk = Annotated[Desk, Depends(_desk)]


@router.get("")
async def read_case(desk: AtDesk) -> Response:
    """Show the brief, the conversation and what can be done next."""
    return await desk.page()


@router.post("/claim")
async def claim(desk: AtDesk) -> Response:
    """Claim the case. Whoever comes second is told who has it."""
    try:
        case = await desk.duty.claim(desk.worker, desk.case_id, desk.door.clock())
    except NOT_ALLOWED as raised:
        return await desk.not_allowed(raised)
    if case.claimed_by == desk.worker.id:
        return desk.back()
    problem = desk.door.sentence("utter_door_claimed_by", name=case.claimed_by_name or "")
    return await desk.page(409, problem=problem)


@router.post("/reply")
async def reply(desk: AtDesk, client_id: ClientId, text: Annotated[str, Form()] = "") -> Response:
    """Say something to the DSL, once, however often it is sent. The page sees it come back with the events."""
    try:
        await desk.duty.reply(desk.worker, desk.case_id, client_id, RawText(text), desk.door.clock())
    except NOT_ALLOWED as raised:
        if wants_json(desk.request):
            raise
        return await desk.not_allowed(raised, draft=text)
    return Response(status_code=204) if wants_json(desk.request) else desk.back("#write")


@router.post("/typing", status_code=204)
async def typing(desk: AtDesk) -> None:
    """Let the DSL see that the duty worker is writing. Only who has the case may."""
    case = await desk.duty.case(desk.worker, desk.case_id)
    if case.claimed_by != desk.worker.id or case.stage not in OPEN:
        raise NotYourCase
    desk.door.typing.notice(case.consultation_id, "duty_worker")


@router.post("/seen", status_code=204)
async def seen(desk: AtDesk, number: Annotated[int, Form(ge=1, le=10**9)]) -> None:
    """Let the DSL see how far who has the case has read."""
    case = await desk.duty.case(desk.worker, desk.case_id)
    await desk.door.house.asking.seen(desk.worker, case.consultation_id, number, desk.door.clock())


@router.get("/events")
async def events(
    desk: AtDesk,
    token: Token,
    after: Annotated[int, Query(ge=0)] = 0,
    last_event_id: Annotated[int | None, Header(ge=0)] = None,
) -> EventSourceResponse:
    """Follow the conversation of a case."""
    case = await desk.duty.follow(desk.worker, desk.case_id)
    start = after if last_event_id is None else last_event_id
    return stream(follow(desk.door, desk.worker, token, case.consultation_id, start))
