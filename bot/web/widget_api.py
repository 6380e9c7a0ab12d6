"""The widget's JSON: sign in, open, say, follow, come back. Described at `/api/openapi.json`."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from pydantic import BaseModel, Field, model_validator
from sse_starlette import EventSourceResponse

from bot.consultation import Stage
from bot.desk.incoming import Received
from bot.desk.ports import Consultation
from bot.web.door import Client, Door, DoorRefusal, SignedIn, TheDoor, Token
from bot.web.events import follow, read_state, stream
from bot.web.outward import ConsultationOut, MessageOut, message_out
from bot.web.practice_pages import known_case
from bot.web.removed import RemovedOut, removed_line, removed_out
from bot.web.words import Typed, Words, raw, told

router = APIRouter(prefix="/api")


ChoiceId = Annotated[str, Field(pattern=r"^(\d{1,9}\.r?\d{1,4}|[qi]\.[a-z0-9_-]{1,60})$")]


class Problem(BaseModel):
    """Why something was refused: an id for programs, and words for people with the number to ring."""

    error: str
    message: str


class SignInIn(BaseModel):
    """The access code that the council gave to the DSL."""

    code: Typed = Field(max_length=200)


class PersonOut(BaseModel):
    """Who has signed in."""

    name: str
    school: str
    area: str


class OpenIn(BaseModel):
    """A new consultation; the area is the council where the child lives, if known.

    With the id of a case in `practice` it is about that made-up case and never goes to anybody.
    """

    area: str | None = Field(default=None, pattern=r"^[a-z][a-z-]{0,60}$")
    practice: str | None = Field(default=None, pattern=r"^[a-z0-9][a-z0-9_-]{0,60}$")


class ResumeIn(BaseModel):
    """The reference that was kept, however it was typed."""

    reference: str = Field(max_length=100)


class MessageIn(BaseModel):
    """Something said: a text, or the id of a button, or the ids of what was ticked.

    `not_names` are words in a text that the DSL has said are no names.
    """

    client_message_id: str = Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")
    text: Typed | None = Field(default=None, min_length=1)
    choice: ChoiceId | None = None
    choices: list[ChoiceId] | None = Field(default=None, min_length=1, max_length=40)
    not_names: Words = []

    @model_validator(mode="after")
    def _says_one_thing(self) -> "MessageIn":
        given = [part for part in (self.text, self.choice, self.choices) if part is not None]
        if len(given) != 1:
            raise ValueError("give text, choice or choices")
        return self

    def chosen(self) -> str | None:
        """Return the chosen ids as the house reads them, joined by commas."""
        return ",".join(self.choices) if self.choices else self.choice


class SeenIn(BaseModel):
    """The number of the last message that came into view."""

    number: int = Field(ge=1, le=10**9)


class RefusalOut(BaseModel):
    """What the house would not take in, in words."""

    id: str
    text: str


class SaidOut(BaseModel):
    """What came of a message. A repeat with the same client id gets the first answer again.

    `removed` are the places in the typed text that were taken out, in order.
    """

    message: MessageOut | None
    replies: list[MessageOut]
    removed: list[RemovedOut]
    removed_line: str | None
    stage: Stage
    refusal: RefusalOut | None


REFUSED = {status: {"model": Problem} for status in (400, 401, 403, 404, 409, 413, 422, 429, 500)}


@router.post("/session", status_code=201, responses=REFUSED)
async def sign_in(door: TheDoor, client: Client, token: Token, given: SignInIn, response: Response) -> PersonOut:
    """Sign in with an access code. The session is a cookie."""
    signed_in = await door.house.sign_in_dsl(raw(given.code), door.clock(), client=client)
    if signed_in is None:
        raise DoorRefusal(401, "wrong_code")
    person, new = signed_in
    await door.let_in(response, token, new)
    return PersonOut(name=person.name, school=person.school, area=person.area)


@router.delete("/session", status_code=204)
async def sign_out(door: TheDoor, token: Token, response: Response) -> None:
    """Sign out."""
    if token:
        await door.house.sign_out(token)
    door.cookie.take_back(response)


@router.post("/consultations", status_code=201, responses=REFUSED)
async def open_consultation(door: TheDoor, person: SignedIn, given: OpenIn) -> ConsultationOut:
    """Open a consultation."""
    practice = known_case(door, given.practice) if given.practice else ""
    return await _out(door, person, await door.house.open(person, given.area, door.clock(), practice))


@router.get("/consultations/{consultation_id}", responses=REFUSED)
async def read_consultation(door: TheDoor, person: SignedIn, consultation_id: str) -> ConsultationOut:
    """Read who has a consultation and by when an answer is due."""
    return await _out(door, person, await door.house.consultation(person, consultation_id))


@router.post("/resume", responses=REFUSED)
async def resume(door: TheDoor, person: SignedIn, given: ResumeIn) -> ConsultationOut:
    """Come back to a consultation by its reference."""
    found = await door.house.find(person, given.reference, door.clock())
    if found is None:
        raise DoorRefusal(404, "unknown_reference")
    return await _out(door, person, found)


@router.post("/consultations/{consultation_id}/messages", responses=REFUSED)
async def say(door: TheDoor, person: SignedIn, consultation_id: str, given: MessageIn) -> SaidOut:
    """Say something, and get what is said back. Identifiers are taken out before anything is kept."""
    typed = raw(given.text) if given.text is not None else None
    with door.house.turn(consultation_id):
        consultation = await door.house.consultation(person, consultation_id)
        if consultation.stage in (Stage.WITH_ASSISTANT, Stage.OFFERED):
            door.typing.notice(consultation_id, "assistant")
        got = await door.house.receive(
            person,
            consultation_id,
            given.client_message_id,
            typed,
            given.chosen(),
            door.clock(),
            not_names=told(given.not_names),
        )
    return said_out(door, consultation.area or person.area, got)


def said_out(door: Door, area: str, got: Received) -> SaidOut:
    """Return what came of a message, as a browser may have it."""
    return SaidOut(
        message=message_out(got.message) if got.message else None,
        replies=[message_out(reply) for reply in got.replies],
        removed=removed_out(got.removed),
        removed_line=removed_line(got.removed, door.say),
        stage=got.stage,
        refusal=refusal_out(door, area, got.refusal),
    )


def refusal_out(door: Door, area: str, refusal: str | None) -> RefusalOut | None:
    """Return a refusal of the house in words."""
    return RefusalOut(id=refusal, text=door.sentence(refusal, area)) if refusal else None


@router.post("/consultations/{consultation_id}/typing", status_code=204, responses=REFUSED)
async def typing(door: TheDoor, person: SignedIn, consultation_id: str) -> None:
    """Let a duty worker see that the DSL is writing."""
    await door.house.consultation(person, consultation_id)
    door.typing.notice(consultation_id, "dsl")


@router.post("/consultations/{consultation_id}/seen", status_code=204, responses=REFUSED)
async def seen(door: TheDoor, person: SignedIn, consultation_id: str, given: SeenIn) -> None:
    """Let the desk see how far the DSL has read."""
    await door.house.asking.seen(person, consultation_id, given.number, door.clock())


@router.get(
    "/consultations/{consultation_id}/events",
    response_class=EventSourceResponse,
    responses=REFUSED | {200: {"content": {"text/event-stream": {}}}},
)
async def events(
    door: TheDoor,
    person: SignedIn,
    token: Token,
    consultation_id: str,
    after: Annotated[int, Query(ge=0)] = 0,
    last_event_id: Annotated[int | None, Header(ge=0)] = None,
) -> EventSourceResponse:
    """Follow a consultation: `message`, `state`, `typing` and `signed_out` events."""
    await door.house.consultation(person, consultation_id)
    start = after if last_event_id is None else last_event_id
    return stream(follow(door, person, token, consultation_id, start))


async def _out(door: Door, person: SignedIn, consultation: Consultation) -> ConsultationOut:
    state = await read_state(door, person, consultation.id)
    return ConsultationOut(
        **state.model_dump(),
        id=consultation.id,
        reference=consultation.reference,
        opened_at=consultation.opened_at,
        practice=consultation.practice or None,
    )
