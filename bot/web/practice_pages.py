"""Practice for DSLs: the list of made-up cases, and opening one in an area.

The conversation itself is the same page as any other, which says all the time that it is practice.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from bot.desk.cards import Card
from bot.desk.ports import Consultation
from bot.desk.practice import if_asked
from bot.web.door import Door, DoorRefusal, SignedIn, TheDoor

Typed = Annotated[str, Form(max_length=80)]
Area = Annotated[str, Query(max_length=60)]

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Practised:
    """The case of a consultation, for its page: title, paragraphs, and what is known if it is asked."""

    title: str
    story: tuple[str, ...]
    if_asked: tuple[str, ...]


@router.get("/practise")
async def cases(request: Request, door: TheDoor, person: SignedIn, area: Area = "") -> Response:
    """Show the practice cases, and the areas that they can be tried in."""
    return door.page(request, "practise.html", **_shown(door, area or person.area))


@router.post("/practise")
async def practise(door: TheDoor, person: SignedIn, case: Typed = "", area: Typed = "") -> Response:
    """Open practice on a case in an area and go to it."""
    consultation = await door.house.open(person, area, door.clock(), known_case(door, case))
    return RedirectResponse(f"/consultations/{consultation.id}", 303)


def known_case(door: Door, case: str) -> str:
    """Return the id of a case if there is one of that name. Raises DoorRefusal."""
    if case not in door.house.counsel.practice:
        raise DoorRefusal(422, "unknown_practice")
    return case


def practised(door: Door, consultation: Consultation) -> Practised | None:
    """Return the case of a consultation for its page, or None for one in earnest."""
    if not consultation.practice:
        return None
    counsel = door.house.counsel
    case = counsel.practice.get(consultation.practice)
    if case is None:  # it has gone from the knowledge base; that it was practice must still be said
        return Practised("", (), ())
    known: list[Card] = if_asked(counsel, case)
    return Practised(case.title, tuple(case.words.splitlines()), tuple(line["text"] for line in known))


def _shown(door: Door, area: str) -> dict[str, object]:
    counsel = door.house.counsel
    held = [(pack.area, pack.name) for pack in counsel.places().packs]
    stories = [(case.id, case.title, case.words.splitlines()[0]) for case in counsel.practice.values()]
    return {"areas": held, "chosen": area, "stories": stories}
