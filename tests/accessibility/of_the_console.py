"""States of the console: the desk's lists, and a case in each stage for its holder and for others."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from bot.desk.people import Role
from tests.accessibility.house import council_account
from tests.accessibility.state import States
from tests.accessibility.visit import FILLED_IN, Visit
from tests.fakes_web import NOW

CONSOLE = States()
QUEUE, CASE = "GET /duty/", "GET /duty/cases/{case_id}"


@CONSOLE.of("GET /duty/sign-in")
def desk_sign_in(visit: Visit) -> Page:
    return visit.goes("/duty/sign-in")


@CONSOLE.of("GET /duty/sign-in", needs={"council": council_account()})
def desk_sign_in_with_a_council_account(visit: Visit) -> Page:
    return visit.goes("/duty/sign-in")


@CONSOLE.of("POST /duty/sign-in", 401)
def desk_sign_in_that_was_wrong(visit: Visit) -> Page:
    visit.goes("/duty/sign-in")
    return visit.submits("/duty/sign-in", {"login": "ann", "password": "wrong", "second_factor": "000000"})


@CONSOLE.of(QUEUE)
def queue_with_nobody(visit: Visit) -> Page:
    return visit.as_worker().goes("/duty/")


@CONSOLE.of(QUEUE)
def queue_with_cases(visit: Visit) -> Page:
    visit.as_dsl().as_worker().handed_over(due_at=NOW - timedelta(hours=1), urgency="red")
    visit.claimed()
    visit.handed_over()
    visit.handed_over(urgency="green", due_at=NOW + timedelta(days=1))
    visit.answers(visit.claimed())
    return visit.goes("/duty/")


@CONSOLE.of(QUEUE)
def queue_that_hears_of_a_new_case(visit: Visit) -> Page:
    page = visit.as_dsl().as_worker().goes("/duty/")
    page.wait_for_timeout(300)
    consultation = visit.opened()
    visit.doors.soon(visit.house.hands_over, consultation)
    expect(page.locator("#said")).not_to_be_empty()
    return page


@CONSOLE.of("POST /duty/next")
def queue_with_nothing_to_take(visit: Visit) -> Page:
    visit.as_worker().goes("/duty/")
    return visit.submits("/duty/next")


@CONSOLE.of("GET /duty/queue")
def queue_as_its_list_alone(visit: Visit) -> Page:
    visit.as_dsl().as_worker().handed_over()
    page = visit.goes("/duty/")
    page.evaluate("fetch('/duty/queue').then(answer => answer.text()).then(text => { window.list = text; })")
    visit.answered = (200, "GET", "/duty/queue")
    page.wait_for_function("window.list?.includes('data-case')")
    return page


@CONSOLE.of(QUEUE)
def desk_shortcuts(visit: Visit) -> Page:
    page = visit.as_worker().goes("/duty/")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Shortcuts").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    return page


@CONSOLE.of(QUEUE)
def place_of_an_administrator(visit: Visit) -> Page:
    return visit.as_worker(visit.house.colleague(Role.ADMINISTRATOR)).goes("/duty/")


@CONSOLE.of(QUEUE)
def place_of_a_scrutineer(visit: Visit) -> Page:
    return visit.as_worker(visit.house.colleague(Role.SCRUTINEER)).goes("/duty/")


@CONSOLE.of(CASE)
def case_waiting(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker().handed_over()
    return visit.goes(f"/duty/cases/{case}")


@CONSOLE.of(CASE)
def case_waiting_for_a_manager(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker("mel").handed_over(due_at=NOW - timedelta(hours=1))
    return _unfolded(visit.goes(f"/duty/cases/{case}"))


@CONSOLE.of(CASE)
def case_of_mine(visit: Visit) -> Page:
    return visit.goes(f"/duty/cases/{visit.as_dsl().as_worker().claimed()}")


@CONSOLE.of(CASE)
def case_of_mine_unfolded(visit: Visit) -> Page:
    return _unfolded(visit.goes(f"/duty/cases/{visit.as_dsl().as_worker().claimed()}"))


@CONSOLE.of(CASE)
def case_of_a_colleague(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker("bob").claimed()
    return visit.as_worker("ann").goes(f"/duty/cases/{case}")


@CONSOLE.of("POST /duty/cases/{case_id}/claim", 409)
def case_that_a_colleague_was_quicker_to_claim(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker("bob").claimed()
    visit.as_worker("ann").goes(f"/duty/cases/{case}")
    return visit.submits(f"/duty/cases/{case}/claim")


@CONSOLE.of(CASE)
def case_offered_to_me(visit: Visit) -> Page:
    return visit.as_worker("bob").goes(f"/duty/cases/{_passed_on(visit)}")


@CONSOLE.of(CASE)
def case_that_i_offered(visit: Visit) -> Page:
    return visit.goes(f"/duty/cases/{_passed_on(visit)}")


@CONSOLE.of("POST /duty/cases/{case_id}/transfer", 409)
def case_passed_on_without_a_reason(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker().claimed()
    visit.goes(f"/duty/cases/{case}")
    return visit.submits(f"/duty/cases/{case}/transfer", {"to": "worker-2", "reason": ""})


@CONSOLE.of("POST /duty/cases/{case_id}/outcome", 422)
def case_answered_with_nothing_filled_in(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker().claimed()
    visit.goes(f"/duty/cases/{case}")
    return visit.submits(f"/duty/cases/{case}/outcome", {})


@CONSOLE.of("POST /duty/cases/{case_id}/outcome")
def case_answer_read_back(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker().claimed()
    visit.goes(f"/duty/cases/{case}")
    return visit.submits(f"/duty/cases/{case}/outcome", FILLED_IN)


@CONSOLE.of(CASE)
def case_answered(visit: Visit) -> Page:
    visit.as_dsl().as_worker()
    return _unfolded(visit.goes(f"/duty/cases/{visit.answers(visit.claimed())}"))


@CONSOLE.of(CASE)
def case_settled(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker().answers(visit.claimed())
    visit.posts(f"/consultations/{case.removeprefix('case-')}/outcome", {"act": "settled"})
    return _unfolded(visit.goes(f"/duty/cases/{case}"))


@CONSOLE.of(CASE)
def case_given_up(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker("mel").handed_over()
    visit.posts(f"/duty/cases/{case}/abandon", {"reason": "Twice the same"})
    return visit.goes(f"/duty/cases/{case}")


@CONSOLE.of(CASE)
def case_with_a_note(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker().claimed()
    visit.posts(f"/duty/cases/{case}/notes", {"text": "Rang the school office", "client_id": "note-id-1"})
    return _unfolded(visit.goes(f"/duty/cases/{case}"))


@CONSOLE.of("GET /duty/cases/{case_id}/name")
def name_by_telephone(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker().claimed()
    return visit.goes(f"/duty/cases/{case}/name")


@CONSOLE.of("GET /duty/shift")
def shift_list(visit: Visit) -> Page:
    visit.as_dsl().as_worker().claimed()
    visit.handed_over(due_at=NOW - timedelta(hours=1))
    visit.answers(visit.claimed())
    return visit.goes("/duty/shift")


@CONSOLE.of("GET /duty/shift")
def shift_list_with_nothing(visit: Visit) -> Page:
    return visit.as_worker().goes("/duty/shift")


@CONSOLE.of("GET /duty/search")
def search_for_cases(visit: Visit) -> Page:
    return visit.as_worker().goes("/duty/search")


@CONSOLE.of("GET /duty/search")
def search_that_found_cases(visit: Visit) -> Page:
    visit.as_dsl().as_worker().handed_over()
    return visit.goes("/duty/search?urgency=amber")


@CONSOLE.of("GET /duty/search")
def search_that_found_nothing(visit: Visit) -> Page:
    return visit.as_worker().goes("/duty/search?urgency=red")


@CONSOLE.of("GET /duty/answered")
def answers_of_a_fortnight(visit: Visit) -> Page:
    visit.as_dsl().as_worker().answers(visit.claimed(), level="1")
    return visit.as_worker("mel").goes("/duty/answered")


@CONSOLE.of("GET /duty/disagreements")
def disagreements_with_none(visit: Visit) -> Page:
    return visit.as_worker().goes("/duty/disagreements")


@CONSOLE.of("GET /duty/disagreements")
def disagreements(visit: Visit) -> Page:
    consultation = visit.as_dsl().as_worker().opened(area="kent")
    visit.posts(f"/consultations/{consultation}/disagree", {"act": "open", "about": "level", "stage": "1"})
    return _unfolded(visit.goes("/duty/disagreements"))


@CONSOLE.of("GET /duty/account")
def own_sign_in(visit: Visit) -> Page:
    return visit.as_worker().goes("/duty/account")


@CONSOLE.of("GET /duty/cases/{case_id}", 404)
def desk_page_not_found(visit: Visit) -> Page:
    return visit.as_worker().goes("/duty/cases/nobody-s")


@CONSOLE.of("GET /duty/answered", 403)
def desk_page_of_another_role(visit: Visit) -> Page:
    return visit.as_worker().goes("/duty/answered")


@CONSOLE.of("POST /duty/cases/{case_id}/release", 409)
def desk_page_of_somebody_elses_case(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker("bob").claimed()
    visit.as_worker("ann").goes(f"/duty/cases/{case}")
    return visit.submits(f"/duty/cases/{case}/release")


@CONSOLE.of("GET /duty/shift", 503, needs={"back_office": None})
def desk_page_that_fell(visit: Visit) -> Page:
    return visit.as_worker().goes("/duty/shift")


@CONSOLE.of(QUEUE)
def queue_without_a_script(visit: Visit) -> Page:
    visit.as_dsl().as_worker().handed_over()
    return visit.goes_without_a_script("/duty/")


def _passed_on(visit: Visit) -> str:
    case = visit.as_dsl().as_worker("ann").claimed()
    visit.posts(f"/duty/cases/{case}/transfer", {"to": "worker-2", "reason": "My shift ends now"})
    return case


def _unfolded(page: Page) -> Page:
    """Unfold what can be unfolded."""
    page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true; })")
    return page
