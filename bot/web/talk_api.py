"""The widget's JSON beside the words of a talk: what is understood, what was typed and not sent, the reference."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from bot.web.door import SignedIn, TheDoor
from bot.web.talk_out import UnderstoodOut, understood_out
from bot.web.widget_api import REFUSED
from bot.web.words import Typed, Words, raw, told

router = APIRouter(prefix="/api/consultations/{consultation_id}")


class UnsentIn(BaseModel):
    """What stands in the box and was not sent, empty when nothing does. `after` is one's own last message so far."""

    text: Typed
    after: int = Field(ge=0, le=10**9)
    not_names: Words = []


class UnsentOut(BaseModel):
    """What is left of a text that was not sent; empty where there is none."""

    text: str
    at: datetime | None = None


class KeptOut(BaseModel):
    """Whether something is kept."""

    kept: bool


class ReferenceIn(BaseModel):
    """What was said of the reference: that it is kept, its last group to show so, or that it will be seen to later."""

    answer: Literal["kept", "shown", "later"]
    last: Annotated[str, Field(max_length=40)] = ""


@router.get("/understood", responses=REFUSED)
async def understood(door: TheDoor, person: SignedIn, consultation_id: str) -> UnderstoodOut:
    """Read what is understood so far, with the ids by which it can be changed: they are sent as a choice."""
    return understood_out(door.house.talk.understood(person, consultation_id))


@router.get("/unsent", responses=REFUSED)
async def read_unsent(door: TheDoor, person: SignedIn, consultation_id: str) -> UnsentOut:
    """Read what was typed and not sent, without what was taken out of it."""
    held = door.house.talk.unsent(person, consultation_id)
    return UnsentOut(text=held.text, at=held.at) if held else UnsentOut(text="")


@router.post("/unsent", responses=REFUSED)
async def keep_unsent(door: TheDoor, person: SignedIn, consultation_id: str, given: UnsentIn) -> KeptOut:
    """Keep what was typed and not sent. Identifiers are taken out before anything is kept."""
    typed, not_names = raw(given.text), told(given.not_names)
    kept = await door.house.talk.keep_unsent(person, consultation_id, typed, given.after, not_names, door.clock())
    return KeptOut(kept=kept)


@router.post("/reference", responses=REFUSED)
async def reference(door: TheDoor, person: SignedIn, consultation_id: str, given: ReferenceIn) -> KeptOut:
    """Say whether the reference is kept. A last group that is not its own changes nothing."""
    talk, now = door.house.talk, door.clock()
    match given.answer:
        case "kept":
            talk.keep_reference(person, consultation_id, now)
        case "later":
            talk.reference_later(person, consultation_id, now)
        case "shown":
            return KeptOut(kept=talk.show_reference(person, consultation_id, given.last, now))
    return KeptOut(kept=given.answer == "kept")
