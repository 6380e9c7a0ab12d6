"""A case at the duty desk: read the brief, claim it, talk, and close it with a level and a reason."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Header, Query, Request, Response
from fastapi.responses import RedirectResponse
from sse_starlette import EventSourceResponse

from bot.consultation import RawText
from bot.desk.answer import NotYourCase
from bot.desk.close import OutcomeIncomplete
from bot.desk.ports import Person
from bot.web.door import Door, SignedIn, TheDoor, Token
from bot.web.events import follow, stream
from bot.web.refusals import NOT_ALLOWED, reason_of, wants_json

router = APIRouter(prefix="/cases/{case_id}")


@dataclass(frozen=True, slots=True)
class FilledIn:
    """The close form as it was filled in. It stays with the worker if something is missing."""

    level: str = ""
    reason: str = ""
    advice: str = ""
    referral_advised: str = ""

    def outcome(self) -> dict[str, Any]:
        """Return the outcome as the house takes it, with everything typed as raw text."""
        return {
            "level": self.level,
            "reason": RawText(self.reason),
            "advice": RawText(self.advice),
            "referral_advised": {"yes": True, "no": False}.get(self.referral_advised),
        }


def _filled_in(
    level: Annotated[str, Form(max_length=40)] = "",
    reason: Annotated[str, Form()] = "",
    advice: Annotated[str, Form()] = "",
    referral_advised: Annotated[str, Form(max_length=3)] = "",
) -> FilledIn:
    return FilledIn(level, reason, advice, referral_advised)


@dataclass(frozen=True, slots=True)
class Desk:
    """A duty worker at one case, and the request that brought them there."""

    request: Request
    door: Door
    worker: Person
    case_id: str

    async def page(self, status: int = 200, **context: Any) -> Response:
        """Return the page of the case as it now stands."""
        brief = await self.door.house.brief(self.worker, self.case_id)
        everywhere = {"filled": FilledIn(), "missing": (), "problem": None, "draft": ""}
        everywhere |= {"brief": brief, "case": brief.case, "levels": self.door.house.levels(brief.case.area)}
        return self.door.page(self.request, "case.html", status, **(everywhere | context))

    async def not_allowed(self, raised: Exception, **context: Any) -> Response:
        """Return the page with why it was not done, and what was written."""
        problem = self.door.sentence(reason_of(raised), self.worker.area)
        return await self.page(409, problem=problem, **context)

    def back(self, place: str = "") -> Response:
        """Go to the page of the case."""
        return RedirectResponse(f"/duty/cases/{self.case_id}{place}", 303)


def _desk(request: Request, door: TheDoor, worker: SignedIn, case_id: str) -> Desk:
    return Desk(request, door, worker, case_id)


AtDesk = Annotated[Desk, Depends(_desk)]


@router.get("")
async def read_case(desk: AtDesk) -> Response:
    """Show the brief, the conversation and what can be done next."""
    return await desk.page()


@router.post("/claim")
async def claim(desk: AtDesk) -> Response:
    """Claim the case. Whoever comes second is told who has it."""
    try:
        case = await desk.door.house.claim(desk.worker, desk.case_id, desk.door.clock())
    except NOT_ALLOWED as raised:
        return await desk.not_allowed(raised)
    if case.claimed_by == desk.worker.id:
        return desk.back()
    problem = desk.door.sentence("utter_door_claimed_by", name=case.claimed_by_name or "")
    return await desk.page(409, problem=problem)


@router.post("/release")
async def release(desk: AtDesk) -> Response:
    """Put the case back in the queue."""
    try:
        await desk.door.house.release(desk.worker, desk.case_id, desk.door.clock())
    except NOT_ALLOWED as raised:
        return await desk.not_allowed(raised)
    return RedirectResponse("/duty/", 303)


@router.post("/reply")
async def reply(desk: AtDesk, text: Annotated[str, Form()] = "") -> Response:
    """Say something to the DSL. The page that sent it sees it come back with the events."""
    try:
        await desk.door.house.reply(desk.worker, desk.case_id, RawText(text), desk.door.clock())
    except NOT_ALLOWED as raised:
        if wants_json(desk.request):
            raise
        return await desk.not_allowed(raised, draft=text)
    return Response(status_code=204) if wants_json(desk.request) else desk.back("#write")


@router.post("/close")
async def close(desk: AtDesk, filled: Annotated[FilledIn, Depends(_filled_in)]) -> Response:
    """Close the case with the worker's own level, the reason, the advice and whether to refer."""
    try:
        await desk.door.house.close(desk.worker, desk.case_id, filled.outcome(), desk.door.clock())
    except OutcomeIncomplete as raised:
        return await desk.page(422, missing=raised.missing, filled=filled)
    except NOT_ALLOWED as raised:
        return await desk.not_allowed(raised, filled=filled)
    return desk.back()


@router.post("/typing", status_code=204)
async def typing(desk: AtDesk) -> None:
    """Let the DSL see that the duty worker is writing. Only who has the case may."""
    case = await desk.door.house.case(desk.worker, desk.case_id)
    if case.claimed_by != desk.worker.id:
        raise NotYourCase
    desk.door.typing.notice(case.consultation_id, "duty_worker")


@router.get("/events")
async def events(
    desk: AtDesk,
    token: Token,
    after: Annotated[int, Query(ge=0)] = 0,
    last_event_id: Annotated[int | None, Header(ge=0)] = None,
) -> EventSourceResponse:
    """Follow the conversation of a case."""
    case = (await desk.door.house.brief(desk.worker, desk.case_id)).case
    start = after if last_event_id is None else last_event_id
    return stream(follow(desk.door, desk.worker, token, case.consultation_id, start))
