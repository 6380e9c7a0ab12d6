"""Disagreement, for both sides: the ladder of an area with its clocks and texts, and what a desk has to answer.

Everything works without a script, in every stage of a consultation, and when the assistant does not.
"""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from bot.consultation import RawText
from bot.desk.duty import ladder
from bot.desk.duty.disagreeing import Disagreeing, Ending
from bot.desk.duty.ladder import About, Resolution
from bot.desk.people import Person
from bot.web.door import Door, DoorRefusal, SignedIn, TheDoor
from bot.web.refusals import NOT_ALLOWED, reason_of

# What cannot be done, and the wording for it.
_REFUSED = {
    ladder.NoLadder: "utter_door_no_such_stage",
    ladder.MovedOn: "utter_door_moved_on_dsl",
    ladder.TopOfTheLadder: "utter_door_top_of_ladder",
    ladder.NothingWritten: "utter_door_nothing_to_keep",
    ladder.NotTheirs: "utter_door_not_the_desks",
}
_ID = Field(default="", max_length=80)
_OPEN, _ANSWER, _WENT_WELL = "open", "answer", "went_well"


class Filled(BaseModel):
    """A form of either page as it was filled in. It stays with whoever wrote it if it could not be kept.

    `act` is `open`, `answer`, `went_well` or what came of a stage; `stage` the number of the one on the page.
    """

    act: str = _ID
    disagreement: str = _ID
    about: str = _ID
    stage: int = 0
    to: int = 0
    text: str = ""

    def ending(self) -> Ending:
        """Return what came of the stage."""
        return Ending(self.stage, _one_of(Resolution, self.act), RawText(self.text), self.to)


TheForm = Annotated[Filled, Form()]


def widget(disagreeing: Disagreeing | None) -> APIRouter:
    """Return the DSL's page. Without what is behind it, it says that something went wrong, and whom to ring."""
    routes = APIRouter(prefix="/consultations/{consultation_id}", include_in_schema=False)

    @routes.get("/disagree")
    async def page(request: Request, door: TheDoor, person: SignedIn, consultation_id: str) -> Response:
        """Show the ladder, its texts to copy, and how a disagreement stands."""
        await door.house.consultation(person, consultation_id)
        return await _dsls(_there(disagreeing), request, door, person, consultation_id)

    @routes.post("/disagree")
    async def act(
        request: Request, door: TheDoor, person: SignedIn, consultation_id: str, filled: TheForm
    ) -> Response:
        """Open a disagreement, move up, end it, or say what went well."""
        await door.house.consultation(person, consultation_id)
        desk, now, text = _there(disagreeing), door.clock(), RawText(filled.text)
        try:
            if filled.act == _OPEN:
                await desk.open(person, consultation_id, _one_of(About, filled.about), filled.stage, now)
            elif filled.act == _WENT_WELL:
                await desk.went_well(person, consultation_id, text, now)
            else:
                await desk.end(person, consultation_id, filled.disagreement, filled.ending(), now)
        except (ladder.LadderRefused, *NOT_ALLOWED) as raised:
            return await _dsls(desk, request, door, person, consultation_id, raised, filled)
        return RedirectResponse(f"/consultations/{consultation_id}/disagree", 303)

    return routes


def console(disagreeing: Disagreeing | None) -> APIRouter:
    """Return the desk's page."""
    routes = APIRouter(prefix="/disagreements")

    @routes.get("")
    async def page(request: Request, door: TheDoor, worker: SignedIn) -> Response:
        """Show the open disagreements of the area, the late ones first; to a manager what went well too."""
        return await _desks(_there(disagreeing), request, door, worker)

    @routes.post("")
    async def act(request: Request, door: TheDoor, worker: SignedIn, filled: TheForm) -> Response:
        """Answer a stage, record what came of it and what was learnt, or say what went well."""
        desk, now, text = _there(disagreeing), door.clock(), RawText(filled.text)
        try:
            if filled.act == _ANSWER:
                await desk.answer(worker, filled.disagreement, filled.stage, text, now)
            elif filled.act == _WENT_WELL:
                await desk.went_well_at(worker, filled.disagreement, text, now)
            else:
                await desk.resolve(worker, filled.disagreement, filled.ending(), now)
        except (ladder.LadderRefused, *NOT_ALLOWED) as raised:
            return await _desks(desk, request, door, worker, raised, filled)
        return RedirectResponse("/duty/disagreements", 303)

    return routes


async def _dsls(
    desk: Disagreeing,
    request: Request,
    door: Door,
    person: Person,
    consultation_id: str,
    raised: Exception | None = None,
    filled: Filled | None = None,
) -> Response:
    standing = await desk.standing(person, consultation_id)
    shown = {
        "standing": standing,
        "abouts": tuple(About),
        "problem": _problem(door, raised, standing.ladder.area),
        "filled": filled or Filled(),
    }
    return door.page(request, "disagree.html", 409 if raised else 200, **shown, area=standing.ladder.area)


async def _desks(
    desk: Disagreeing,
    request: Request,
    door: Door,
    worker: Person,
    raised: Exception | None = None,
    filled: Filled | None = None,
) -> Response:
    shown = {
        "open_ones": await desk.open_ones(worker, door.clock()),
        "practice": await desk.good_practice(worker),
        "problem": _problem(door, raised, worker.area),
        "filled": filled or Filled(),
    }
    return door.page(request, "disagreements.html", 409 if raised else 200, **shown)


def _problem(door: Door, raised: Exception | None, area: str) -> str:
    if raised is None:
        return ""
    return door.sentence(_REFUSED.get(type(raised)) or reason_of(raised), area)


def _there(disagreeing: Disagreeing | None) -> Disagreeing:
    if disagreeing is None:
        raise DoorRefusal(503, "broken")
    return disagreeing


def _one_of[Closed: StrEnum](known: type[Closed], given: str) -> Closed:
    try:
        return known(given)
    except ValueError:
        raise DoorRefusal(422, "not_understood") from None
