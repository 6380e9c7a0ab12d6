"""Signing in with a council account: out to the council, back, and in.

The browser comes back from another site, so it brings none of our strict cookies, and would bring none if it were
led on from there. So coming back has two steps. The first answers with a page of ours that goes on by itself. The
second, which only a page of ours can ask for, signs in and ends the session that the browser had.
"""

import logging
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from bot.desk.council import ERRAND_LASTS, Council, CouncilUnavailable, NotBelieved
from bot.web.door import Client, Cookie, Door, TheDoor, Token

log = logging.getLogger("noname.web")
router = APIRouter()

_FORM = "/duty/sign-in"
_LONGEST_CODE = 2000  # with the rest of an errand it has to fit into a cookie

FromCouncil = Annotated[str, Query(max_length=_LONGEST_CODE)]


@router.get("/sign-in/council")
async def set_out(request: Request, door: TheDoor) -> Response:
    """Send the browser to the council, with an errand to come back with."""
    council: Council | None = request.app.state.council
    if council is None:
        return RedirectResponse(_FORM, 303)
    try:
        begun = await council.set_out(door.clock())
    except CouncilUnavailable as failure:
        return _not_in(request, door, failure, 503, "utter_door_council_away")
    answer = RedirectResponse(begun.address, 303)
    _kept(door, "lax").give(answer, begun.errand)
    return answer


@router.get("/sign-in/council/back")
async def back(
    request: Request,
    door: TheDoor,
    client: Client,
    token: Token,
    code: FromCouncil = "",
    state: FromCouncil = "",
    iss: FromCouncil = "",
) -> Response:
    """Take in what the council sent, then sign in with it. What was wrong is not said."""
    council: Council | None = request.app.state.council
    if council is None:
        return RedirectResponse(_FORM, 303)
    errand = request.cookies.get(_kept(door, "lax").name, "")
    now = door.clock()
    try:
        if request.query_params:
            return _carry_on(request, door, council.came_back(errand, state, code, iss, now))
        council.can_go_on(errand, now)
        signed_in = await door.house.sign_in_by_council(lambda: council.login(errand, now), now, client=client)
    except CouncilUnavailable as failure:
        return _not_in(request, door, failure, 503, "utter_door_council_away")
    except NotBelieved as failure:
        return _not_in(request, door, failure, 401, "utter_door_council_not_through")
    if signed_in is None:
        return _not_in(request, door, NotBelieved("not_here"), 401, "utter_door_council_not_here")
    answer = RedirectResponse("/duty/", 303)
    _kept(door, "lax").take_back(answer)
    await door.let_in(answer, token, signed_in[1])
    return answer


def _carry_on(request: Request, door: Door, errand: str) -> Response:
    # The code is in the cookie now and not in the address, and only a page of ours can make the browser send it.
    answer = door.page(request, "council_back.html")
    _kept(door, "strict").give(answer, errand)
    return answer


def _not_in(request: Request, door: Door, why: Exception, status: int, words: str) -> Response:
    log.warning("council_sign_in_failed kind=%s", why)
    answer = door.page(request, "sign_in.html", status, problem=door.sentence(words))
    _kept(door, "lax").take_back(answer)
    return answer


def _kept(door: Door, same_site: str) -> Cookie:
    """Return the cookie of an errand. It is lax on the way there, as the way back starts at another site."""
    path = "/duty/sign-in/council"
    return replace(door.cookie, stem="noname_council", path=path, lasts=ERRAND_LASTS, same_site=same_site)
