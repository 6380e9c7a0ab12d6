"""The duty desk's front: sign in, and the queue, which grows without being reloaded."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from sse_starlette import ServerSentEvent

from bot.consultation import RawText, Stage
from bot.desk.case import Case
from bot.desk.duty.presence import Presence
from bot.desk.ports import Person
from bot.desk.watch import QUEUES
from bot.web.door import Client, Door, SignedIn, TheDoor, Token
from bot.web.events import LONGEST_WAIT, QUIET_WAITS, RETRY_AFTER, is_quiet, stream
from bot.web.queue_rows import rows

router = APIRouter()
TOGETHER = 0.3  # seconds
MOST_MARKS = 6000  # characters: what stands in front of us takes an address of 8,000


@router.get("/sign-in")
async def sign_in_page(request: Request, door: TheDoor) -> Response:
    """Show the sign-in page."""
    return door.page(request, "sign_in.html")


@router.post("/sign-in")
async def sign_in(
    request: Request,
    door: TheDoor,
    client: Client,
    token: Token,
    login: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=500)] = "",
    second_factor: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Sign in. What was wrong is not said: that would help somebody who guesses."""
    signed_in = await door.house.sign_in_worker(login, RawText(password), second_factor, door.clock(), client=client)
    if signed_in is None:
        problem = door.sentence("utter_door_wrong_sign_in")
        return door.page(request, "sign_in.html", 401, problem=problem, login=login)
    answer = RedirectResponse("/duty/", 303)
    await door.let_in(answer, token, signed_in[1])
    return answer


@router.post("/sign-out")
async def sign_out(door: TheDoor, token: Token) -> Response:
    """Sign out and show the sign-in page."""
    await door.house.sign_out(token)
    answer = RedirectResponse("/duty/sign-in", 303)
    door.cookie.take_back(answer)
    return answer


@router.get("/")
async def queue(request: Request, door: TheDoor, worker: SignedIn) -> Response:
    """Show where a colleague begins: the open cases of their area, most urgent first, for those who answer."""
    if worker.edits:
        return RedirectResponse("/duty/knowledge", 303)
    if not worker.answers:
        return door.page(request, "own_place.html")
    return door.page(request, "queue.html", **_shown(door, worker))


@router.get("/queue")
async def queue_rows(
    request: Request, door: TheDoor, worker: SignedIn, have: Annotated[str, Query(max_length=MOST_MARKS)] = ""
) -> Response:
    """Return the table alone, for a page that is open already. `have` are the marks of its rows, with dots between."""
    queue = rows(door, door.house.duty.stand_told_of(worker, door.clock()), worker, frozenset(have.split(".")))
    return door.page(request, "queue_table.html", queue=queue)


@router.post("/presence")
async def presence(door: TheDoor, worker: SignedIn, state: Annotated[Presence, Form()]) -> Response:
    """Say whether one wants cases now: schools are told honestly whether anybody is there."""
    door.house.duty.here(worker, door.clock(), state)
    return RedirectResponse("/duty/", 303)


@router.post("/next")
async def next_case(request: Request, door: TheDoor, worker: SignedIn) -> Response:
    """Take the first case that waits, and go to it."""
    case = await door.house.duty.next_case(worker, door.clock())
    if case is None:
        nobody = door.sentence("utter_door_nobody_waits")
        return door.page(request, "queue.html", **_shown(door, worker), problem=nobody)
    return RedirectResponse(f"/duty/cases/{case.id}", 303)


@router.get("/events")
async def queue_events(door: TheDoor, worker: SignedIn, token: Token) -> Response:
    """Tell when the queue is no longer as it was."""
    return stream(follow_queue(door, worker, token))


def _shown(door: Door, worker: Person) -> dict[str, Any]:
    duty = door.house.duty
    return {"queue": rows(door, duty.stand(worker, door.clock()), worker), "presence": duty.presence_of(worker)}


async def follow_queue(door: Door, worker: Person, token: str) -> AsyncIterator[ServerSentEvent]:
    """Yield a `queue` event whenever a case comes, goes or changes hands: `red` if one of those waits that did not."""
    shown, quiet, seen_at = None, QUIET_WAITS, _now()
    yield ServerSentEvent(comment="following", retry=RETRY_AFTER)
    with door.house.followed(QUEUES) as news, door.house.followed(worker.id) as own:
        while True:
            door.house.duty.here(worker, door.clock())
            if news.take() or quiet >= QUIET_WAITS:
                quiet = 0
                queue = door.house.duty.stand_seen(worker, door.clock()).cases
                if queue is not shown:  # as long as nothing is new they are the very same
                    new = _red_and_waiting(queue) - _red_and_waiting(shown or ())
                    shown = queue
                    yield ServerSentEvent("red" if new else "changed", event="queue")
                await asyncio.sleep(TOGETHER)  # what else changes meanwhile is told of once
            quiet += await is_quiet(news, own)
            # Nothing of a case is told here: if the session holds is asked when its own bell rings, and now and then.
            if own.take() or _now() - seen_at >= LONGEST_WAIT:
                seen_at = _now()
                if await door.house.whoami(token, door.clock(), active=False) is None:
                    yield ServerSentEvent("signed_out", event="signed_out")
                    return


def _red_and_waiting(queue: Sequence[Case]) -> set[str]:
    return {case.id for case in queue if case.urgency == "red" and case.stage is Stage.WAITING}


def _now() -> float:
    return asyncio.get_running_loop().time()
