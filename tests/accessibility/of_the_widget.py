"""States of the widget's pages around a conversation."""

from datetime import timedelta

from playwright.sync_api import Page

from tests.accessibility.house import duty_worker
from tests.accessibility.state import States
from tests.accessibility.visit import Visit
from tests.fakes_web import NOW

WIDGET = States()
OUTCOME, DISAGREE = "GET /consultations/{consultation_id}/outcome", "GET /consultations/{consultation_id}/disagree"
AREAS = {"first": "kent", "second": "buckinghamshire"}
OPENS = {"act": "open", "about": "level", "stage": "1"}


@WIDGET.of("GET /")
def sign_in(visit: Visit) -> Page:
    return visit.goes("/")


@WIDGET.of("POST /sign-in", 401)
def sign_in_with_a_wrong_code(visit: Visit) -> Page:
    page = visit.goes("/")
    page.get_by_label("Your access code").fill("not-a-code")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()
    return page


@WIDGET.of("POST /sign-in", 429)
def sign_in_locked_out(visit: Visit) -> Page:
    visit.house.locked_out = True
    return _submitted(visit, "/", "/sign-in", {"code": "kent-1"})


@WIDGET.of("GET /")
def start(visit: Visit) -> Page:
    return visit.as_dsl().goes("/")


@WIDGET.of("GET /")
def start_with_something_urgent(visit: Visit) -> Page:
    visit.house.linked()
    visit.house.passed_on(urgent=True)
    return visit.as_dsl().goes("/")


@WIDGET.of("POST /resume", 404)
def start_with_a_reference_nobody_has(visit: Visit) -> Page:
    visit.as_dsl().goes("/")
    return visit.submits("/resume", {"reference": "7K2M-9QXC-W4TD-XB0N-5H"})


@WIDGET.of("GET /another")
def another_consultation(visit: Visit) -> Page:
    return visit.as_dsl().goes("/another")


@WIDGET.of("GET /accessibility")
def accessibility_statement(visit: Visit) -> Page:
    return visit.goes("/accessibility")


@WIDGET.of("GET /practise")
def practice_cases(visit: Visit) -> Page:
    return visit.as_dsl().goes("/practise")


@WIDGET.of("GET /compare")
def compare_two_areas(visit: Visit) -> Page:
    return visit.as_dsl().goes("/compare")


@WIDGET.of("POST /compare")
def compared(visit: Visit) -> Page:
    return _submitted(visit.as_dsl(), "/compare", "/compare", AREAS | {"fact": "self_harm_minor"})


@WIDGET.of("POST /compare")
def compared_with_a_danger_sign(visit: Visit) -> Page:
    return _submitted(visit.as_dsl(), "/compare", "/compare", AREAS | {"fact": "strangled"})


@WIDGET.of("GET /staff")
def staff_with_nobody(visit: Visit) -> Page:
    return visit.as_dsl().goes("/staff")


@WIDGET.of("GET /staff")
def staff_with_what_was_passed_on(visit: Visit) -> Page:
    visit.house.linked()
    visit.house.passed_on()
    visit.house.passed_on(urgent=True, words="")
    return visit.as_dsl().goes("/staff")


@WIDGET.of("POST /staff/codes")
def staff_with_a_new_code(visit: Visit) -> Page:
    return _submitted(visit.as_dsl(), "/staff", "/staff/codes", {"kind": "staff", "label": "Caretaker"})


@WIDGET.of("POST /staff/codes", 422)
def staff_with_a_label_refused(visit: Visit) -> Page:
    return _submitted(visit.as_dsl(), "/staff", "/staff/codes", {"kind": "staff", "label": ""})


@WIDGET.of(OUTCOME)
def outcome_before_there_is_one(visit: Visit) -> Page:
    case = visit.as_dsl().handed_over()
    return visit.goes(f"/consultations/{_of(case)}/outcome")


@WIDGET.of(OUTCOME)
def outcome_that_is_late(visit: Visit) -> Page:
    case = visit.as_dsl().handed_over(due_at=NOW - timedelta(hours=1))
    return visit.goes(f"/consultations/{_of(case)}/outcome")


@WIDGET.of(OUTCOME)
def outcome(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker().claimed()
    visit.answers(case)
    return visit.goes(f"/consultations/{_of(case)}/outcome")


@WIDGET.of("POST /consultations/{consultation_id}/outcome", 409)
def outcome_that_moved_on(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker().claimed()
    visit.answers(case)
    visit.goes(f"/consultations/{_of(case)}/outcome")
    visit.posts(f"/api/consultations/{_of(case)}/person/again")
    return visit.submits(f"/consultations/{_of(case)}/outcome", {"act": "settled"})


@WIDGET.of(DISAGREE)
def disagree(visit: Visit) -> Page:
    consultation = visit.as_dsl().opened(area="kent")
    return visit.goes(f"/consultations/{consultation}/disagree")


@WIDGET.of(DISAGREE)
def disagree_when_opened(visit: Visit) -> Page:
    consultation = visit.as_dsl().opened(area="kent")
    visit.posts(f"/consultations/{consultation}/disagree", OPENS)
    return visit.goes(f"/consultations/{consultation}/disagree")


@WIDGET.of(DISAGREE)
def disagree_when_late(visit: Visit) -> Page:
    consultation = visit.as_dsl().opened(area="kent")
    visit.posts(f"/consultations/{consultation}/disagree", OPENS)
    visit.house.now += timedelta(days=30)
    return visit.goes(f"/consultations/{consultation}/disagree")


@WIDGET.of("POST /consultations/{consultation_id}/disagree", 409)
def disagree_with_nothing_written(visit: Visit) -> Page:
    consultation = visit.as_dsl().opened(area="kent")
    there = f"/consultations/{consultation}/disagree"
    return _submitted(visit, there, there, {"act": "went_well", "text": " "})


@WIDGET.of("GET /consultations/{consultation_id}", 404)
def page_not_found(visit: Visit) -> Page:
    return visit.as_dsl().goes("/consultations/nobody-s")


@WIDGET.of("GET /", 500)
def page_that_fell(visit: Visit) -> Page:
    visit.as_dsl().house.staff = None
    return visit.goes("/")


@WIDGET.of("POST /practise", 422)
def page_of_an_area_nobody_holds(visit: Visit) -> Page:
    return _submitted(visit.as_dsl(), "/practise", "/practise", {"case": "always-hungry", "area": "nowhere"})


@WIDGET.of("POST /practise", 503)
def page_of_a_house_that_closes(visit: Visit) -> Page:
    visit.as_dsl().house.upkeep.drain.begin()
    return _submitted(visit, "/practise", "/practise", {"case": "always-hungry"})


@WIDGET.of("GET /sign-in", 405)
def page_of_another_method(visit: Visit) -> Page:
    return visit.goes("/sign-in")


@WIDGET.of("GET /consultations/{consultation_id}/plain")
def conversation_without_a_script(visit: Visit) -> Page:
    consultation = visit.as_dsl().opened()
    visit.house.tells(consultation, duty_worker("Are you there?"))
    path = f"/consultations/{consultation}"
    return visit.goes_without_a_script(path, to=f"{path}/plain")


def _of(case: str) -> str:
    return case.removeprefix("case-")


def _submitted(visit: Visit, begins_at: str, path: str, values: dict[str, str]) -> Page:
    visit.goes(begins_at)
    return visit.submits(path, values)

