"""The widget's pages: sign in, start or come back, and the conversation. All of it works as forms but
this page of the conversation, which small scripts draw from the events; without them `bot.web.plain_pages` is used."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from bot.consultation import RawText
from bot.desk.people import Person
from bot.web.door import Client, Door, Framed, MaybeSignedIn, SignedIn, TheDoor, Token
from bot.web.framing import BEGINS_AT
from bot.web.practice_pages import practised

Typed = Annotated[str, Form(max_length=200)]

router = APIRouter(include_in_schema=False)


@router.get("/")
async def start(request: Request, door: TheDoor, person: MaybeSignedIn) -> Response:
    """Show the sign-in page, or where to start and where to come back."""
    if person is None and (area := door.framing.area(request.scope)):
        return RedirectResponse(f"{BEGINS_AT}{area}", 303)
    if person is None:
        return door.page(request, "sign_in.html")
    return door.page(request, "start.html", **_of_staff(door, person))


@router.post("/sign-in")
async def sign_in(
    request: Request, door: TheDoor, client: Client, token: Token, framed: Framed, code: Typed = ""
) -> Response:
    """Sign in with an access code; a wrong one is said beside the field and not shown again."""
    signed_in = await door.house.sign_in_dsl(RawText(code), door.clock(), client=client)
    if signed_in is None:
        return door.page(request, "sign_in.html", 401, problem=door.sentence("utter_door_wrong_code"))
    answer = RedirectResponse("/", 303)
    await door.let_in(answer, token, signed_in[1], framed=framed)
    return answer


@router.post("/sign-out")
async def sign_out(door: TheDoor, token: Token) -> Response:
    """Sign out and show the sign-in page."""
    await door.house.sign_out(token)
    answer = RedirectResponse("/", 303)
    door.cookie.take_back(answer)
    return answer


@router.post("/consultations")
async def open_consultation(door: TheDoor, person: SignedIn) -> Response:
    """Open a consultation and go to it."""
    consultation = await door.house.open(person, None, door.clock())
    return RedirectResponse(f"/consultations/{consultation.id}", 303)


@router.get("/another")
async def another(request: Request, door: TheDoor, person: SignedIn) -> Response:
    """Show where a consultation about another child begins; the first one keeps its reference."""
    return door.page(request, "another.html")


@router.post("/resume")
async def resume(request: Request, door: TheDoor, person: SignedIn, reference: Typed = "") -> Response:
    """Go to the consultation with this reference, or say that there is none."""
    found = await door.house.find(person, reference, door.clock())
    if found is None:
        problem = door.sentence("utter_door_unknown_reference")
        shown = {"problem": problem, "typed_reference": reference} | _of_staff(door, person)
        return door.page(request, "start.html", 404, **shown)
    return RedirectResponse(f"/consultations/{found.id}", 303)


@router.get("/consultations/{consultation_id}")
async def conversation(request: Request, door: TheDoor, person: SignedIn, consultation_id: str) -> Response:
    """Show the conversation; what has been said comes with the events."""
    consultation = await door.house.consultation(person, consultation_id)
    said = [one.at for one in await door.house.conversation(person, consultation.id) if one.utterance.speaker == "dsl"]
    shown = {
        "consultation": consultation,
        "practised": practised(door, consultation),
        "has_draft": door.house.staff.has_draft(person, consultation.id),
        "last_said_at": said[-1] if said else None,
    }
    return door.page(request, "talk.html", **shown, area=consultation.area)


def _of_staff(door: Door, person: Person) -> dict[str, Any]:
    """Return what the start page says of a school's staff: nothing where there is no way for them to write."""
    staff = door.house.staff
    return {"has_staff": staff.bot is not None, "urgent_at": staff.urgent_unseen_at(person)}
