"""Availability: whether anybody is likely to be at the duty desk, said before a DSL waits."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.desk.working_time import WorkingTime, in_words

OPEN = "utter_desk_is_open"
STAFFED = "utter_desk_is_staffed"
UNSTAFFED = "utter_desk_is_unstaffed"
CLOSED = "utter_desk_is_closed"
NOT_HERE = "utter_desk_not_here"


@dataclass(frozen=True, slots=True)
class Availability:
    """What to tell a DSL who asks for a person.

    `words` is the id of what to say, whose blank `opens` is filled from here; the numbers to ring
    come from the area's pack. `opens_at` is None while the desk is open, and where none answers.
    """

    words: str
    is_likely_there: bool
    opens_at: datetime | None = None

    @property
    def opens(self) -> str:
        """When the desk opens next, in words, or nothing."""
        return in_words(self.opens_at) if self.opens_at else ""


def availability(
    area: str | None, served: Collection[str], hours: WorkingTime, now: datetime, here: int | None = None
) -> Availability:
    """Return whether somebody is likely to be there for the area now. `served` are the areas with a desk.

    Office hours say likely and no more: nobody is promised to be there. `here` is how many have the desk open
    at this moment and want cases; None when that is not known.
    """
    if area not in served:
        return Availability(NOT_HERE, is_likely_there=False)
    if here:
        return Availability(STAFFED, is_likely_there=True)
    if hours.is_open(now):
        return Availability(OPEN if here is None else UNSTAFFED, is_likely_there=here is None)
    return Availability(CLOSED, is_likely_there=False, opens_at=hours.next_opening(now))
