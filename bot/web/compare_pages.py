"""Two areas side by side: the same facts, both levels with their local names, and the rows that make the difference.

Facts are ticked, never typed: there is no field on this page that a name could go into. A DSL may start from a
consultation of their own. Plain forms, so that it works without a script. What was ticked goes in the body of
a request, so that no address in a browser's history tells of it.
"""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response

from bot.consultation import Facts
from bot.desk.compare import Comparing
from bot.desk.ports import Person
from bot.web.door import Door, SignedIn, TheDoor

Area = Annotated[str, Query(max_length=60)]
AreaTyped = Annotated[str, Form(max_length=60)]
Ticked = Annotated[list[Annotated[str, Form(max_length=80)]], Form(default_factory=list, max_length=500)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: two areas and the facts, from ticks or from a consultation."""

    first: str = ""
    second: str = ""
    ticked: frozenset[str] = frozenset()
    age_band: str = ""
    consultation: str = ""


def router(path: str, *, from_consultations: bool) -> APIRouter:
    """Return the page's routes at `path`. Only a DSL starts from a consultation, and only from their own."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/compare")
    async def page(
        request: Request, door: TheDoor, person: SignedIn, first: Area = "", second: Area = "", consultation: Area = ""
    ) -> Response:
        """Show the form; with two areas and a consultation, both answers to its facts."""
        kept = consultation if from_consultations else ""
        facts = (await door.house.consultation(person, kept)).facts if kept else None
        asked = Asked(first or person.area, second, consultation=kept)
        return _page(request, door, path, asked, facts)

    @routes.post("/compare")
    async def compare(
        request: Request,
        door: TheDoor,
        person: SignedIn,
        fact: Ticked,
        first: AreaTyped = "",
        second: AreaTyped = "",
        age_band: AreaTyped = "",
        consultation: AreaTyped = "",
    ) -> Response:
        """Show both answers to what was ticked, or to the consultation's facts."""
        kept = consultation if from_consultations else ""
        asked = Asked(first, second, frozenset(fact), age_band, kept)
        return _page(request, door, path, asked, await _facts(door, person, asked))

    return routes


async def _facts(door: Door, person: Person, asked: Asked) -> Facts:
    if asked.consultation:
        return (await door.house.consultation(person, asked.consultation)).facts
    return Comparing(door.house.counsel).ticked(asked.ticked, asked.age_band)


def _page(request: Request, door: Door, path: str, asked: Asked, facts: Facts | None) -> Response:
    comparing = Comparing(door.house.counsel)
    compared = problem = None
    if facts is not None and asked.second:
        problem = _problem(asked, facts)
        compared = None if problem else comparing.compared(asked.first, asked.second, facts)
        problem = problem or (None if compared else "unknown_area")
    elif request.method == "POST":
        problem = "second"
    context: dict[str, Any] = {
        "path": path,
        "asked": asked,
        "areas": comparing.areas(),
        "groups": comparing.groups(),
        "age_bands": comparing.age_bands(),
        "told": comparing.in_words(facts) if facts is not None else (),
        "compared": compared,
        "problem": problem,
    }
    return door.page(request, "compare.html", 422 if problem else 200, **context)


def _problem(asked: Asked, facts: Facts) -> str | None:
    if asked.first == asked.second:
        return "same"
    return None if facts.indicators or facts.answers else "nothing"
