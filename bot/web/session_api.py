"""How much longer somebody is signed in, and asking to stay. Looking keeps nobody signed in; staying does."""

from fastapi import APIRouter
from pydantic import BaseModel

from bot.desk.people import Person
from bot.desk.sign_in import LONGEST_SESSION
from bot.web.door import Door, DoorRefusal, MaybeSignedIn, SignedIn, TheDoor, Token

widget = APIRouter(prefix="/api/session")
console = APIRouter(prefix="/api/session")


class SessionOut(BaseModel):
    """How many seconds a session has left if nothing more is heard of it, and whether it may be made longer."""

    seconds_left: int
    can_stay: bool


@widget.get("")
@console.get("")
async def left(door: TheDoor, person: MaybeSignedIn, token: Token) -> SessionOut:
    """Say how much longer one is signed in. A page asks this by itself."""
    if person is None:
        raise DoorRefusal(401, "signed_out")
    return await _left(door, person, token)


@widget.post("/stay")
@console.post("/stay")
async def stay(door: TheDoor, person: SignedIn, token: Token) -> SessionOut:
    """Stay signed in for another while."""
    await door.house.stay(person, token, door.clock())
    return await _left(door, person, token)


async def _left(door: Door, person: Person, token: str) -> SessionOut:
    now = door.clock()
    for one in await door.house.sessions(person, token, now):
        if one.this:
            left = int((one.ends_at - now).total_seconds())
            return SessionOut(seconds_left=left, can_stay=one.ends_at < one.started_at + LONGEST_SESSION)
    raise DoorRefusal(401, "signed_out")
