"""Lists of the duty desk: what a shift leaves to the next, cases looked up, and answers for the manager."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from bot.consultation import Stage
from bot.desk.duty.back_office import BackOffice
from bot.desk.duty.finding import Wanted
from bot.desk.duty.urgency import MOST_URGENT_FIRST
from bot.web.console_cases import back_office_of
from bot.web.door import DoorRefusal, SignedIn, TheDoor

router = APIRouter()

# The stages that a case can be in, as the search offers them.
STAGES = tuple(stage for stage in Stage if stage is not Stage.OFFERED)
Typed = Annotated[str, Query(max_length=60)]


def _back_office(request: Request) -> BackOffice:
    there = back_office_of(request)
    if there is None:
        raise DoorRefusal(503, "broken")
    return there


TheBackOffice = Annotated[BackOffice, Depends(_back_office)]


@dataclass(frozen=True, slots=True)
class Asked:
    """The search as it was filled in: it stays in its form."""

    reference: str = ""
    first: str = ""
    last: str = ""
    urgency: str = ""
    stage: str = ""
    kind: str = ""

    def wanted(self, kinds: Collection[str]) -> Wanted:
        """Return what is looked for. Raises ValueError for a day, an urgency, a stage or a kind that is none."""
        if (self.urgency and self.urgency not in MOST_URGENT_FIRST) or (self.kind and self.kind not in kinds):
            raise ValueError("no urgency, or no kind of worry")
        return Wanted(
            reference=self.reference.strip(),
            first=date.fromisoformat(self.first) if self.first else None,
            last=date.fromisoformat(self.last) if self.last else None,
            urgency=self.urgency,
            stage=Stage(self.stage) if self.stage else None,
            kind=self.kind,
        )


def _asked(
    reference: Typed = "",
    first: Annotated[str, Query(alias="from", max_length=20)] = "",
    last: Annotated[str, Query(alias="to", max_length=20)] = "",
    urgency: Typed = "",
    stage: Typed = "",
    kind: Typed = "",
) -> Asked:
    return Asked(reference, first, last, urgency, stage, kind)


@router.get("/shift")
async def shift(request: Request, door: TheDoor, worker: SignedIn, back_office: TheBackOffice) -> Response:
    """Show what this shift leaves to the next."""
    return door.page(request, "shift.html", shift=await back_office.shift(worker, door.clock()))


@router.get("/search")
async def search(
    request: Request,
    door: TheDoor,
    worker: SignedIn,
    back_office: TheBackOffice,
    asked: Annotated[Asked, Depends(_asked)],
) -> Response:
    """Show the form, and what was found when something was looked for."""
    kinds = back_office.kinds()
    choices = {"stages": STAGES, "urgencies": MOST_URGENT_FIRST, "kinds": kinds}
    shown = {"asked": asked, "found": None, "problem": None} | choices
    try:
        wanted = asked.wanted(kinds)
    except ValueError:
        problem = door.sentence("utter_door_search_not_understood", worker.area)
        return door.page(request, "search.html", 422, **(shown | {"problem": problem, "asked": Asked()}))
    if wanted.says_something:
        shown["found"] = await back_office.search(worker, wanted, door.clock())
    return door.page(request, "search.html", **shown)


@router.get("/answered")
async def answered(request: Request, door: TheDoor, manager: SignedIn, back_office: TheBackOffice) -> Response:
    """Show a manager the answers of the last two weeks beside what the assistant had made of it."""
    return door.page(request, "answered.html", answered=await back_office.answered(manager, door.clock()))
