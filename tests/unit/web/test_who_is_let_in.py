"""Nothing answers somebody who has not signed in, but for the routes on the list."""

import re

import pytest
from starlette.routing import Mount

from bot.desk.sign_in import DSL_SESSION
from bot.web.guard import PUBLIC_ROUTES, is_public
from tests.fakes_web import ANN, DANA, FakeHouse, make_app
from tests.unit.web.visitor import Visitor


def every_route(routes, under: str = "") -> list[tuple[str, str]]:
    """Return (method, path) of every route, mounted ones included."""
    found = []
    for route in routes:
        path = under + getattr(route, "path", "")
        if isinstance(route, Mount):
            found += every_route(route.routes or (), path)
        elif included := getattr(route, "original_router", None):
            found += every_route(included.routes, under)
        else:
            found += [(method, path) for method in sorted(route.methods - {"HEAD"})]
    return found


ROUTES = every_route(make_app(FakeHouse()).routes)
ANN_SIGNS_IN = {"login": "ann", "password": "duty", "second_factor": "123456"}
CLOSED = [(method, path) for method, path in ROUTES if not is_public(path)]


def test_the_walk_sees_both_apps() -> None:
    paths = {path for _, path in ROUTES}
    assert {
        "/api/consultations/{consultation_id}/messages",
        "/duty/cases/{case_id}/outcome",
        "/readyz",
    } <= paths
    assert len(CLOSED) > 15, "a walk that sees too little proves nothing"


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_a_stranger_is_refused(visitor: Visitor, method: str, path: str) -> None:
    answer = visitor.ask(method, re.sub(r"\{\w+\}", "c0001", path))
    if answer.status_code == 303:
        assert answer.headers["location"] in ("/", "/duty/sign-in", "/duty/"), "sent to sign in, nowhere else"
    else:
        assert answer.status_code == 401
        assert "999" in answer.json()["message"]


def test_a_stranger_is_not_told_what_exists(visitor: Visitor) -> None:
    assert visitor.get("/api/no-such-thing").status_code == 401
    assert visitor.get("/duty/no-such-thing").headers["location"] == "/duty/sign-in"


def test_the_public_list_names_routes_that_exist() -> None:
    paths = {path for _, path in ROUTES}
    assert paths >= PUBLIC_ROUTES, "a leftover on the list would one day let something in"


@pytest.mark.parametrize("code", ["", "nope", "KENT-1", "kent-1 "])
def test_a_wrong_code_lets_nobody_in_and_is_not_shown_again(visitor: Visitor, code: str) -> None:
    answer = visitor.post("/api/session", json={"code": code})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    page = visitor.post("/sign-in", data={"code": "canary-code"})
    assert page.status_code == 401
    assert "canary-code" not in page.text


@pytest.mark.parametrize(
    "typed",
    [
        {"login": "ann", "password": "duty", "second_factor": "000000"},
        {"login": "ann", "password": "wrong", "second_factor": "123456"},
        {"login": "eve", "password": "duty", "second_factor": "123456"},
        {},
    ],
)
def test_a_duty_worker_needs_all_three(visitor: Visitor, typed: dict) -> None:
    answer = visitor.post("/duty/sign-in", data=typed)
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    assert "wrong" not in answer.text, "a password is never shown again"


def test_a_dsl_is_nobody_at_the_duty_desk() -> None:
    visitor = Visitor()
    token = visitor.house.sign_in(DANA)
    answer = visitor.get("/duty/", headers={"Cookie": f"noname_duty={token}"})
    assert answer.headers["location"] == "/duty/sign-in"
    visitor.close()


def test_a_duty_worker_is_nobody_at_the_widget() -> None:
    visitor = Visitor()
    token = visitor.house.sign_in(ANN)
    answer = visitor.post("/api/consultations", json={}, headers={"Cookie": f"noname_dsl={token}"})
    assert answer.status_code == 401
    visitor.close()


def test_somebody_who_tries_too_often_has_to_wait(visitor: Visitor) -> None:
    visitor.house.locked_out = True
    assert visitor.post("/api/session", json={"code": "kent-1"}).status_code == 429
    assert "999" in visitor.post("/sign-in", data={"code": "kent-1"}).text
    assert visitor.post("/duty/sign-in", data={"login": "ann"}).status_code == 429


def test_somebody_who_tries_out_references_has_to_wait(dsl: Visitor) -> None:
    dsl.house.locked_out = True
    assert dsl.post("/api/resume", json={"reference": "7K2M-9QXC-W4TD-XB0N-5H"}).status_code == 429
    page = dsl.post("/resume", data={"reference": "7K2M-9QXC-W4TD-XB0N-5H"})
    assert (page.status_code, "999" in page.text) == (429, True)


def test_signing_in_again_ends_the_session_that_the_browser_brought(dsl: Visitor, worker: Visitor) -> None:
    for visitor, again in (
        (dsl, lambda: dsl.post("/sign-in", data={"code": "kent-1"})),
        (dsl, lambda: dsl.post("/api/session", json={"code": "kent-1"})),
        (worker, lambda: worker.post("/duty/sign-in", data=ANN_SIGNS_IN)),
    ):
        before = len(visitor.house.signed)
        again()
        assert len(visitor.house.signed) == before


def test_a_dsls_browser_remembers_them_for_a_working_day_and_a_workers_until_it_is_closed(visitor: Visitor) -> None:
    kept = visitor.post("/sign-in", data={"code": "kent-1"}).headers["set-cookie"]
    assert f"Max-Age={int(DSL_SESSION.total_seconds())}" in kept
    assert "Max-Age" not in visitor.post("/duty/sign-in", data=ANN_SIGNS_IN).headers["set-cookie"]


def test_signing_out_ends_the_session(dsl: Visitor) -> None:
    assert dsl.ask("DELETE", "/api/session").status_code == 204
    assert dsl.house.signed == {}
    assert dsl.post("/api/consultations", json={}).status_code == 401


def test_a_page_that_is_merely_open_keeps_nobody_signed_in(worker: Visitor) -> None:
    worker.house.activity.clear()
    worker.get("/duty/queue")
    worker.get("/duty/")
    assert worker.house.activity == [False, True]
