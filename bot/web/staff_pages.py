"""A DSL's colleagues: what they passed on, who is linked, codes for them, and notices for oneself.

Everything works without a script; the draft stands on the plain page of a conversation too.
"""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from bot.desk.people import Person
from bot.desk.staff.links import CODE_HOLDS, DayRefused, LabelRefused, LinkKind, end_of_school_year, last_day_before
from bot.web.door import Door, SignedIn, TheDoor
from bot.web.widget_api import REFUSED

router = APIRouter(prefix="/staff", include_in_schema=False)
drafts = APIRouter(prefix="/api/consultations/{consultation_id}")

_REFUSED = {LabelRefused: "utter_staff_label_refused", DayRefused: "utter_staff_day_refused"}


class NewCodeIn(BaseModel):
    """The form for a code as it was filled in; the day is as a browser sends one."""

    kind: LinkKind
    label: str = Field(default="", max_length=200)
    last_day: str = Field(default="", max_length=20)

    def day(self) -> date | None:
        """Return the last day, None where the usual one is to hold. Raises DayRefused."""
        try:
            return date.fromisoformat(self.last_day) if self.last_day else None
        except ValueError:
            raise DayRefused from None


class DraftOut(BaseModel):
    """What a colleague wrote, for the DSL to look over and send; empty when the worry is not asked for."""

    words: str


@router.get("")
async def staff(request: Request, door: TheDoor, person: SignedIn) -> Response:
    """Show what colleagues passed on, who is linked, and the forms."""
    return _page(request, door, person)


@router.post("/codes")
async def make_code(request: Request, door: TheDoor, person: SignedIn, given: Annotated[NewCodeIn, Form()]) -> Response:
    """Make a one-time code and show it, this once."""
    try:
        code = door.house.staff.make_code(person, given.kind, given.label, door.clock(), given.day())
    except (LabelRefused, DayRefused) as raised:
        problem = door.sentence(_REFUSED[type(raised)], person.area)
        return _page(request, door, person, 422, problem=problem, filled=given)
    return _page(request, door, person, made=given, code=code, code_until=door.clock() + CODE_HOLDS)


@router.post("/links/{link_id}/end")
async def end_link(door: TheDoor, person: SignedIn, link_id: str) -> Response:
    """End the link of a colleague, or one's own for notices."""
    door.house.staff.end(person, link_id, door.clock())
    return RedirectResponse("/staff", 303)


@router.post("/passed-on/{passed_on_id}/seen")
async def seen(door: TheDoor, person: SignedIn, passed_on_id: str) -> Response:
    """Say that one has seen what a colleague passed on."""
    door.house.staff.see(person, passed_on_id, door.clock())
    return RedirectResponse("/staff", 303)


@router.post("/passed-on/{passed_on_id}/take-up")
async def take_up(request: Request, door: TheDoor, person: SignedIn, passed_on_id: str) -> Response:
    """Begin a consultation from it and go there, or to the one that was begun before."""
    desk, now = door.house.staff, door.clock()
    note = desk.one(person, passed_on_id)
    if note.taken_up is None:
        opened = await door.house.open(person, None, now)
        note = desk.take_up(person, passed_on_id, opened.id, now)
    if note.taken_by != person.id:
        return _page(request, door, person, 409, problem=door.sentence("utter_staff_taken_up", person.area))
    return RedirectResponse(f"/consultations/{note.taken_up}", 303)


@drafts.get("/draft", responses=REFUSED)
async def draft(door: TheDoor, person: SignedIn, consultation_id: str) -> DraftOut:
    """Return a colleague's words for the box of the conversation that was begun from them."""
    return DraftOut(words=door.house.staff.draft(person, consultation_id))


def _page(request: Request, door: Door, person: Person, status: int = 200, **given: Any) -> Response:
    desk, now = door.house.staff, door.clock()
    links = desk.links_at(person, now)
    shown = {
        "notes": desk.passed_on_to(person, now),
        "colleagues": [link for link in links if link.kind is LinkKind.STAFF],
        "notices": next((link for link in links if link.kind is LinkKind.NOTICES), None),
        "bot": desk.bot,
        "latest": last_day_before(end_of_school_year(now)),
        "today": now.date(),
        "problem": "",
        "filled": NewCodeIn(kind=LinkKind.STAFF),
        "made": None,
    }
    return door.page(request, "staff.html", status, **shown | given)
