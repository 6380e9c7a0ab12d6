"""Re-scoring: a manager opens and closes a round, duty workers place practice cases blind, and both read what came out.

A page of an open round shows a worker the stories that they have left, and to nobody what anybody has said.
"""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from bot.desk.ports import Person
from bot.desk.rescoring import (
    EXIT,
    FEWEST_CASES,
    FEWEST_WORKERS,
    PERSON,
    AlreadyAnswered,
    NoSuchRound,
    NotAnAnswer,
    Reason,
    Rescoring,
    RoundClosed,
    RoundOpen,
    TooFewCases,
)
from bot.web.door import Door, DoorRefusal, SignedIn, TheDoor

ROUNDS = "/duty/rescoring"


def router(rescoring: Rescoring | None) -> APIRouter:
    """Return the routes of re-scoring. Without what is behind them, they say that something went wrong."""
    routes = APIRouter(prefix="/rescoring")
    _rounds(routes, rescoring)
    _placing(routes, rescoring)
    return routes


def _rounds(routes: APIRouter, rescoring: Rescoring | None) -> None:
    @routes.get("")
    async def rounds(request: Request, door: TheDoor, person: SignedIn) -> Response:
        """Show the rounds of one's area, with what one may do about them."""
        return await _page(request, door, person, rescoring)

    @routes.post("")
    async def start(request: Request, door: TheDoor, person: SignedIn) -> Response:
        """Open a round."""
        try:
            await asyncio.to_thread(_there(rescoring).start, person, door.clock())
        except (RoundOpen, TooFewCases) as refused:
            is_open = isinstance(refused, RoundOpen)
            problem = door.sentence("utter_door_round_open" if is_open else "utter_door_too_few_cases", person.area)
            return await _page(request, door, person, rescoring, 409, problem)
        return RedirectResponse(ROUNDS, 303)

    @routes.post("/{round_id}/close")
    async def close(request: Request, door: TheDoor, person: SignedIn, round_id: str) -> Response:
        """Close a round."""
        try:
            await asyncio.to_thread(_there(rescoring).close, person, round_id, door.clock())
        except RoundClosed:
            return await _closed(request, door, person, rescoring)
        except NoSuchRound:
            raise DoorRefusal(404, "not_found") from None
        return RedirectResponse(f"{ROUNDS}/{round_id}", 303)

    @routes.get("/{round_id}")
    async def result(request: Request, door: TheDoor, person: SignedIn, round_id: str) -> Response:
        """Show what a closed round came to."""
        there = _there(rescoring)
        try:
            found = await asyncio.to_thread(there.result, person, round_id)
        except NoSuchRound:
            raise DoorRefusal(404, "not_found") from None
        levels = _levels(door, there, person)
        names = dict(levels) | {EXIT: door.say("utter_rescoring_exit")}
        shown = {"result": found, "levels": levels, "names": names, "reasons": tuple(Reason)}
        return door.page(request, "rescoring_result.html", **shown, workers=FEWEST_WORKERS, cases=FEWEST_CASES)


def _placing(routes: APIRouter, rescoring: Rescoring | None) -> None:
    @routes.get("/{round_id}/next")
    async def left(request: Request, door: TheDoor, person: SignedIn, round_id: str) -> Response:
        """Show the next case that one has not placed."""
        return await _next(request, door, person, rescoring, round_id)

    @routes.post("/{round_id}/next")
    async def place(
        request: Request,
        door: TheDoor,
        person: SignedIn,
        round_id: str,
        case: Annotated[str, Form(max_length=100)],
        level: Annotated[str, Form(max_length=100)] = "",
        reasons: Annotated[list[Reason] | None, Form()] = None,
    ) -> Response:
        """Place a case, and go on to the next."""
        try:
            there = _there(rescoring)
            await asyncio.to_thread(there.place, person, round_id, case, level, reasons or (), door.clock())
        except NotAnAnswer:
            problem = door.sentence("utter_door_level_and_reason", person.area)
            filled = {"level": level, "reasons": reasons or ()}
            return await _next(request, door, person, rescoring, round_id, 422, problem, filled)
        except AlreadyAnswered:
            problem = door.sentence("utter_door_placed_already", person.area)
            return await _next(request, door, person, rescoring, round_id, 409, problem)
        except RoundClosed:
            return await _closed(request, door, person, rescoring)
        except NoSuchRound:
            raise DoorRefusal(404, "not_found") from None
        return RedirectResponse(f"{ROUNDS}/{round_id}/next", 303)


def _there(rescoring: Rescoring | None) -> Rescoring:
    if rescoring is None:
        raise DoorRefusal(500, "broken")
    return rescoring


def _levels(door: Door, there: Rescoring, person: Person) -> list[tuple[str, str]]:
    """Return the area's levels by code with their words, and after them that a person has to talk about it first."""
    named = [(level.code, f"{level.code}: {level.name}") for level in there.levels(person.area)]
    return [*named, (PERSON, door.say("utter_rescoring_no_level"))]


async def _page(
    request: Request, door: Door, person: Person, rescoring: Rescoring | None, status: int = 200, problem: str = ""
) -> Response:
    there = _there(rescoring)
    rounds = await asyncio.to_thread(there.of_area, person)
    shown = {"rounds": rounds, "problem": problem, "workers": FEWEST_WORKERS, "cases": FEWEST_CASES}
    return door.page(request, "rescoring.html", status, **shown)


async def _closed(request: Request, door: Door, person: Person, rescoring: Rescoring | None) -> Response:
    return await _page(request, door, person, rescoring, 409, door.sentence("utter_door_round_closed", person.area))


async def _next(
    request: Request, door: Door, person: Person, rescoring: Rescoring | None, round_id: str,
    status: int = 200, problem: str = "", filled: dict | None = None,
) -> Response:  # fmt: skip
    there = _there(rescoring)
    try:
        held, left = await asyncio.to_thread(there.left, person, round_id)
    except RoundClosed:
        return await _closed(request, door, person, rescoring)
    except NoSuchRound:
        raise DoorRefusal(404, "not_found") from None
    shown = {"round": held, "case": left[0] if left else None, "done": len(held.cases) - len(left), "problem": problem}
    choices = {"levels": _levels(door, there, person), "reasons": tuple(Reason), "again": bool(filled)}
    choices["filled"] = filled or {"level": "", "reasons": ()}
    return door.page(request, "rescoring_case.html", status, **shown, **choices)
