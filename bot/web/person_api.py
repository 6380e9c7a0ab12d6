"""The way to a person, as JSON: ask who is there, wait or not, and what comes after an answer.

None of it goes through the dialogue, so it works when the assistant does not.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import StrEnum

from fastapi import APIRouter
from pydantic import BaseModel

from bot.consultation import IllegalMove
from bot.desk.duty.asking import Asking
from bot.desk.people import Person
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
    try:
        await doing(door.house.asking, act)(person, consultation_id, door.clock())
    except IllegalMove:
        raise DoorRefusal(409, "moved_on_dsl") from None
    return await read_state(door, person, consultation_id)


def doing(asking: Asking, act: Act) -> Callable[[Person, str, datetime], Awaitable[object]]:
    """Return what does it, for the DSL whose consultation it is."""
    return {
        Act.WAIT: asking.wait,
        Act.DECLINE: asking.decline,
        Act.WITHDRAW: asking.withdraw,
        Act.SETTLED: asking.settled,
        Act.AGAIN: asking.ask_again,
        Act.CHANGED: asking.changed,
    }[act]
