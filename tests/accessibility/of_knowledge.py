"""States of the console's pages about knowledge, and of the steps in which it is changed."""

from playwright.sync_api import Page

from bot.desk.people import Person
from tests.accessibility.house import LookedAt
from tests.accessibility.state import States
from tests.accessibility.visit import Visit
from tests.at_the_editing_desk import LOWER, NEW_NUMBER
from tests.testshire import SLUG

KNOWLEDGE = States()
REVISION = "GET /duty/revisions/{revision_id}"


@KNOWLEDGE.of("GET /duty/knowledge")
def knowledge(visit: Visit) -> Page:
    return _as(visit, "ada").goes("/duty/knowledge")


@KNOWLEDGE.of("GET /duty/knowledge")
def knowledge_with_a_draft(visit: Visit) -> Page:
    _drafted(visit, NEW_NUMBER)
    return visit.goes("/duty/knowledge")


@KNOWLEDGE.of("GET /duty/knowledge/{area}")
def fact_check_sheet(visit: Visit) -> Page:
    return _as(visit, "ada").goes(f"/duty/knowledge/{SLUG}")


@KNOWLEDGE.of("GET /duty/knowledge/{area}", 404)
def fact_check_sheet_before_anything_was_in_force(visit: Visit) -> Page:
    return _as(visit, "ada").goes(f"/duty/knowledge/{SLUG}?on=2001-01-01")


@KNOWLEDGE.of(REVISION)
def revision_begun(visit: Visit) -> Page:
    begun = visit.house.editing.start(_as(visit, "ada").house.desk.ada, visit.house.now)
    return visit.goes(f"/duty/revisions/{begun.id}")


@KNOWLEDGE.of(REVISION)
def revision_drafted(visit: Visit) -> Page:
    return visit.goes(f"/duty/revisions/{_drafted(visit, LOWER)}")


@KNOWLEDGE.of(REVISION)
def revision_to_approve(visit: Visit) -> Page:
    desk = visit.house.desk
    draft = desk.editing.start(desk.ada, visit.house.now)
    draft = desk.editing.save(desk.ada, draft.id, draft.edition, NEW_NUMBER, visit.house.now)
    desk.editing.submit(desk.ada, draft.id, draft.edition, visit.house.now)
    return _as(visit, "ben").goes(f"/duty/revisions/{draft.id}")


@KNOWLEDGE.of("GET /duty/revisions/{revision_id}/sheet")
def revision_as_a_sheet(visit: Visit) -> Page:
    return visit.goes(f"/duty/revisions/{_drafted(visit, NEW_NUMBER)}/sheet")


@KNOWLEDGE.of("POST /duty/revisions/{revision_id}/submit", 409)
def revision_that_moved_on(visit: Visit) -> Page:
    revision = _drafted(visit, NEW_NUMBER)
    visit.goes(f"/duty/revisions/{revision}")
    return visit.submits(f"/duty/revisions/{revision}/submit", {"edition": "99"})


@KNOWLEDGE.of("GET /duty/compare")
def desk_compare_two_areas(visit: Visit) -> Page:
    return visit.as_worker().goes("/duty/compare")


@KNOWLEDGE.of("POST /duty/compare")
def desk_compared(visit: Visit) -> Page:
    visit.as_worker().goes("/duty/compare")
    ticked = {"first": "kent", "second": "buckinghamshire", "fact": "self_harm_minor"}
    return visit.submits("/duty/compare", ticked)


def _as(visit: Visit, login: str) -> Visit:
    return visit.as_worker(_editor(visit.house, login))


def _editor(house: LookedAt, login: str) -> Person:
    return getattr(house.desk, login)


def _drafted(visit: Visit, changed: dict[str, str]) -> str:
    desk, now = _as(visit, "ada").house.desk, visit.house.now
    begun = desk.editing.start(desk.ada, now)
    return desk.editing.save(desk.ada, begun.id, begun.edition, changed, now).id
