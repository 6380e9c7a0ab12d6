"""The widget's JSON about what is taken out: see it before it is sent, and put back what was no name.

What a DSL typed is nowhere but in their own browser, so the browser brings it along each time.
"""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from bot.desk.put_back import NoNames
from bot.web.door import SignedIn, TheDoor
from bot.web.removed import RemovedOut, removed_out
from bot.web.widget_api import REFUSED, RefusalOut, SaidOut, refusal_out, said_out
from bot.web.words import Typed, Words, raw, told

router = APIRouter(prefix="/api/consultations/{consultation_id}")


class PutBackIn(BaseModel):
    """A message as it was typed, with every word that is no name. `before`: those that it was last sent with."""

    text: Typed = Field(min_length=1)
    words: Words = Field(min_length=1)
    before: Words = []


class PreviewIn(BaseModel):
    """A text that has not been sent, and the words that the DSL has said are no names."""

    text: Typed
    not_names: Words = []


class FindableOut(BaseModel):
    """Words that may point to one child, where they stand in the text, and vaguer ones for them."""

    start: int
    end: int
    words: str
    vaguer: str


class PreviewOut(BaseModel):
    """What would be taken out of a text, and what is findable in the rest. With a refusal it would not be taken in."""

    marks: list[RemovedOut]
    findable: list[FindableOut]
    refusal: RefusalOut | None


@router.post("/messages/{number}/put-back", responses=REFUSED)
async def put_back(
    door: TheDoor,
    person: SignedIn,
    consultation_id: str,
    number: Annotated[int, Path(ge=1, le=999_999_999)],
    given: PutBackIn,
) -> SaidOut:
    """Write a message of one's own anew, with words in it that are no names. Nothing else of it can be changed."""
    consultation = await door.house.consultation(person, consultation_id)
    said = NoNames(told(given.words), told(given.before))
    got = await door.house.put_back(person, consultation_id, number, raw(given.text), said, door.clock())
    return said_out(door, consultation.area or person.area, got)


@router.post("/preview", responses=REFUSED)
async def preview(door: TheDoor, person: SignedIn, consultation_id: str, given: PreviewIn) -> PreviewOut:
    """Show what would be taken out of a text. Nothing of it is kept."""
    consultation = await door.house.consultation(person, consultation_id)
    seen = await door.house.preview(person, consultation_id, raw(given.text), told(given.not_names), door.clock())
    return PreviewOut(
        marks=removed_out(seen.removed),
        findable=[FindableOut(start=f.start, end=f.end, words=f.words, vaguer=f.vaguer) for f in seen.findable],
        refusal=refusal_out(door, consultation.area or person.area, seen.refusal),
    )
