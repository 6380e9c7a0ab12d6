"""One's own sign-in: where one is signed in, and how to end it everywhere."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from bot.web.door import Door, SignedIn, TheDoor, Token

widget = APIRouter(include_in_schema=False)
console = APIRouter()


@console.get("/account")
async def account(request: Request, door: TheDoor, worker: SignedIn, token: Token) -> Response:
    """Show one's own sessions by when they began and when they were last heard of."""
    sessions = await door.house.sessions(worker, token, door.clock())
    return door.page(request, "account.html", sessions=sessions)


@console.post("/sign-out-everywhere")
async def worker_out(door: TheDoor, worker: SignedIn) -> Response:
    """End every session of one's own, this one too."""
    return await _out(door, worker, "/duty/sign-in")


@widget.post("/sign-out-everywhere")
async def dsl_out(door: TheDoor, person: SignedIn) -> Response:
    """End every session of one's own, this one too."""
    return await _out(door, person, "/")


async def _out(door: Door, person: SignedIn, sign_in: str) -> Response:
    await door.house.sign_out_everywhere(person, door.clock())
    answer = RedirectResponse(sign_in, 303)
    door.cookie.take_back(answer)
    return answer
