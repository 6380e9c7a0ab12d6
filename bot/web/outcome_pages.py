"""The outcome by itself: who answered, what they said and why, what was agreed, and what can be done now."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from bot.consultation import IllegalMove, Stage
from bot.desk.came_of_it import Came, CameOfIt, Meeting, TakenUp
from bot.desk.case import CallBackSafe, Case, FollowUp, ReferralResult
from bot.web.door import SignedIn, TheDoor

_WAITING = (Stage.WAITING, Stage.CLAIMED, Stage.TRANSFERRED)

router = APIRouter(prefix="/consultations/{consultation_id}", include_in_schema=False)


@router.get("/outcome")
async def outcome(request: Request, door: TheDoor, person: SignedIn, consultation_id: str) -> Response:
    """Show every answer there has been, the newest first; it works without a script."""
    return await _page(request, door, person, consultation_id)


@router.post("/outcome")
async def act(
    request: Request,
    door: TheDoor,
    person: SignedIn,
    consultation_id: str,
    act: Annotated[Literal["settled", "again", "changed"], Form()],
) -> Response:
    """Say that it is settled, ask again, or go back to the assistant because things have changed."""
    house, now = door.house.asking, door.clock()
    what = {"settled": house.settled, "again": house.ask_again, "changed": house.changed}[act]
    try:
        await what(person, consultation_id, now)
    except IllegalMove:
        problem = door.sentence("utter_door_moved_on_dsl")
        return await _page(request, door, person, consultation_id, 409, problem)
    there = "/outcome" if act == "settled" else ""
    return RedirectResponse(f"/consultations/{consultation_id}{there}", 303)


@router.post("/referral")
async def referral(
    request: Request, door: TheDoor, person: SignedIn, consultation_id: str, result: Annotated[ReferralResult, Form()]
) -> Response:
    """Keep what became of a referral that was made with the child's name, elsewhere."""
    keep = door.house.asking.told_of_referral(person, consultation_id, result, door.clock())
    return await _keep(request, door, person, consultation_id, keep)


@router.post("/follow-up")
async def follow_up(
    request: Request, door: TheDoor, person: SignedIn, consultation_id: str, answer: Annotated[FollowUp, Form()]
) -> Response:
    """Keep whether things have improved since the answer."""
    keep = door.house.asking.follow_up(person, consultation_id, answer, door.clock())
    return await _keep(request, door, person, consultation_id, keep)


@router.post("/came-of-it")
async def came_of_it(
    request: Request,
    door: TheDoor,
    person: SignedIn,
    consultation_id: str,
    taken_up: Annotated[TakenUp | Literal[""], Form()] = "",
    meeting: Annotated[Meeting | Literal[""], Form()] = "",
    came: Annotated[list[Came], Form()] = [],  # noqa: B006 - a form's list is made anew for each
) -> Response:
    """Keep what came of the answer: whether early help was taken up, and who came to a meeting."""
    told = CameOfIt(taken_up or None, meeting or None, tuple(came))
    keep = door.house.asking.came_of_it(person, consultation_id, told, door.clock())
    return await _keep(request, door, person, consultation_id, keep)


@router.post("/call-back")
async def call_back(
    request: Request,
    door: TheDoor,
    person: SignedIn,
    consultation_id: str,
    at: Annotated[datetime, Form()],
    safe: Annotated[CallBackSafe, Form()],
) -> Response:
    """Ask to be rung back, at one of the times that are offered and in a way that is safe."""
    keep = door.house.asking.call_back(person, consultation_id, at, safe, door.clock())
    return await _keep(request, door, person, consultation_id, keep)


async def _keep(
    request: Request, door: TheDoor, person: SignedIn, consultation_id: str, keep: Awaitable[Case]
) -> Response:
    try:
        await keep
    except IllegalMove:
        problem = door.sentence("utter_door_moved_on_dsl")
        return await _page(request, door, person, consultation_id, 409, problem)
    return RedirectResponse(f"/consultations/{consultation_id}/outcome", 303)


async def _page(
    request: Request, door: TheDoor, person: SignedIn, consultation_id: str, status: int = 200, problem: str = ""
) -> Response:
    consultation = await door.house.consultation(person, consultation_id)
    case = await door.house.case_of(person, consultation_id)
    waits = case is not None and case.stage in _WAITING
    shown = {
        "consultation": consultation,
        "case": case,
        "call_back_times": door.house.asking.call_back_times(case, door.clock()) if waits else (),
        "safe_ways": tuple(CallBackSafe),
        "follow_ups": tuple(FollowUp),
        "answers": tuple(reversed(door.house.duty.answers(consultation.id))),
        "results": tuple(ReferralResult),
        "taken_up": tuple(TakenUp),
        "meetings": tuple(Meeting),
        "agencies": tuple(Came),
        "problem": problem,
    }
    return door.page(request, "outcome.html", status, **shown, area=consultation.area)
