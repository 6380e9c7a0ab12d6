"""States of scrutiny: annual reports, and samples of records from asking to reading."""

from playwright.sync_api import Page

from bot.desk.people import Person, Role
from tests.accessibility.state import States
from tests.accessibility.visit import Visit
from tests.fakes_rescoring import placed_by, workers
from tests.fakes_scrutiny import YEAR, granted

SCRUTINY = States()
REPORTS, REPORT = "GET /duty/reports", "GET /duty/reports/{year}/{area}"
MANAGER = Person("manager-1", Role.MANAGER, "Mia Lane", "kent")


@SCRUTINY.of(REPORTS)
def reports_before_the_first(visit: Visit) -> Page:
    return _scrutineer(visit).goes("/duty/reports")


@SCRUTINY.of(REPORTS)
def reports_that_were_made(visit: Visit) -> Page:
    return _with_report(visit).goes("/duty/reports")


@SCRUTINY.of("POST /duty/reports", 409)
def report_of_a_year_that_is_not_over(visit: Visit) -> Page:
    _scrutineer(visit).goes("/duty/reports")
    return visit.submits("/duty/reports", {"year": "2026"})


@SCRUTINY.of(REPORT)
def report_over_all_areas(visit: Visit) -> Page:
    return _with_report(visit).goes(f"/duty/reports/{YEAR}/all")


@SCRUTINY.of(REPORT)
def report_of_one_area(visit: Visit) -> Page:
    return _with_report(visit).goes(f"/duty/reports/{YEAR}/kent")


@SCRUTINY.of("GET /duty/samples")
def samples_before_there_is_a_report(visit: Visit) -> Page:
    return _scrutineer(visit).goes("/duty/samples")


@SCRUTINY.of("GET /duty/samples")
def samples_asked_for_and_granted(visit: Visit) -> Page:
    _granted(visit)
    return visit.goes("/duty/samples")


@SCRUTINY.of("GET /duty/samples")
def samples_for_a_manager_to_decide(visit: Visit) -> Page:
    _with_report(visit).posts("/duty/samples", {"year": str(YEAR), "reason": "quality"})
    return visit.as_worker(MANAGER).goes("/duty/samples")


@SCRUTINY.of("POST /duty/samples", 409)
def sample_of_a_year_without_a_report(visit: Visit) -> Page:
    _with_report(visit).goes("/duty/samples")
    return visit.submits("/duty/samples", {"year": "2019", "reason": "quality"})


@SCRUTINY.of("POST /duty/samples/{request_id}", 409)
def sample_that_was_decided_before(visit: Visit) -> Page:
    request = _granted(visit)
    visit.as_worker(MANAGER).goes("/duty/samples")
    return visit.submits(f"/duty/samples/{request}", {"decision": "refuse"})


@SCRUTINY.of("GET /duty/samples/{request_id}")
def sample_of_records(visit: Visit) -> Page:
    return visit.goes(f"/duty/samples/{_granted(visit)}")


@SCRUTINY.of("GET /duty/rescoring")
def rescoring_before_the_first_round(visit: Visit) -> Page:
    return visit.as_worker(MANAGER).goes("/duty/rescoring")


@SCRUTINY.of("GET /duty/rescoring")
def rescoring_with_a_round_that_is_open(visit: Visit) -> Page:
    visit.house.scrutiny["rescoring"].start(MANAGER, visit.house.now)
    return visit.as_worker().goes("/duty/rescoring")


@SCRUTINY.of("POST /duty/rescoring", 409)
def rescoring_with_one_round_too_many(visit: Visit) -> Page:
    visit.house.scrutiny["rescoring"].start(MANAGER, visit.house.now)
    visit.as_worker(MANAGER).goes("/duty/rescoring")
    return visit.submits("/duty/rescoring")


@SCRUTINY.of("GET /duty/rescoring/{round_id}/next")
def case_to_place_blind(visit: Visit) -> Page:
    made = visit.house.scrutiny["rescoring"].start(MANAGER, visit.house.now)
    return visit.as_worker().goes(f"/duty/rescoring/{made.id}/next")


@SCRUTINY.of("POST /duty/rescoring/{round_id}/next", 422)
def case_placed_without_a_reason(visit: Visit) -> Page:
    made = visit.house.scrutiny["rescoring"].start(MANAGER, visit.house.now)
    visit.as_worker().goes(f"/duty/rescoring/{made.id}/next")
    return visit.submits(f"/duty/rescoring/{made.id}/next", {"case": next(iter(made.cases)), "level": "3"})


@SCRUTINY.of("POST /duty/rescoring/{round_id}/close", 409)
def round_closed_twice(visit: Visit) -> Page:
    made = _round_of_five(visit)
    visit.as_worker(MANAGER).goes("/duty/rescoring")
    return visit.submits(f"/duty/rescoring/{made}/close")


@SCRUTINY.of("GET /duty/rescoring/{round_id}")
def what_a_round_came_to(visit: Visit) -> Page:
    return visit.as_worker().goes(f"/duty/rescoring/{_round_of_five(visit)}")


def _round_of_five(visit: Visit) -> str:
    rescoring = visit.house.scrutiny["rescoring"]
    made = placed_by(rescoring, workers(5), visit.house.now, lambda person, case: str(1 + (person + case) % 4))
    rescoring.close(MANAGER, made.id, visit.house.now)
    return made.id


def _scrutineer(visit: Visit) -> Visit:
    return visit.as_worker(visit.house.colleague(Role.SCRUTINEER))


def _with_report(visit: Visit) -> Visit:
    _scrutineer(visit).posts("/duty/reports", {"year": str(YEAR)})
    return visit


def _granted(visit: Visit) -> str:
    house = _with_report(visit).house
    return granted(house.scrutiny, house.colleague(Role.SCRUTINEER), house.now).id
