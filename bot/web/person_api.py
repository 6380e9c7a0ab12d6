"""The way to a person, as JSON: ask who is there, wait or not, and what comes after an answer.

None of it goes through the dialogue, so it works when the assistant does not.
"""

from enum import StrEnum

from fastapi import APIRouter
from pydantic import BaseModel

from bot.consultation import IllegalMove
from bot.web.door import DoorRefusal, SignedIn, TheDoor
from bot.web.events import read_state
from bot.web.outward import StateOut
from bot.web.widget_api import REFUSED

router = APIRouter(prefix="/api/consultations/{consultation_id}/person")


class Act(StrEnum):
    """What a DSL may do about a person."""

    WAIT = "wait"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    SETTLED = "settled"
    AGAIN = "again"
    CHANGED = "changed"


class OfferOut(BaseModel):
    """What to know before waiting: who is there, the place in the queue, by when, and whom to ring."""

    lines: list[str]
    can_wait: bool


@router.post("", responses=REFUSED)
async def offer(door: TheDoor, person: SignedIn, consultation_id: str) -> OfferOut:
    """Ask for a person: tells who is there, before anybody waits."""
    try:
        offered = await door.house.asking.offer(person, consultation_id, door.clock())
    except IllegalMove:
        raise DoorRefusal(409, "moved_on_dsl") from None
    return OfferOut(lines=list(offered.lines), can_wait=offered.place is not None)


@router.post("/{act}", responses=REFUSED)
async def act(door: TheDoor, person: SignedIn, consultation_id: str, act: Act) -> StateOut:
    """Do it, and return who has the consultation then."""
    house, now = door.house.asking, door.clock()
    what = {
        Act.WAIT: house.wait,
        Act.DECLINE: house.decline,
        Act.WITHDRAW: house.withdraw,
        Act.SETTLED: house.settled,
        Act.AGAIN: house.ask_again,
        Act.CHANGED: house.changed,
    }[act]
    try:
        await what(person, consultation_id, now)
    except IllegalMove:
        raise DoorRefusal(409, "moved_on_dsl") from None
    return await read_state(door, person, consultation_id)
