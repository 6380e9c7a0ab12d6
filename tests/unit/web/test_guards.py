"""Headers, cookies, and where a request may come from."""

import pytest

from tests.unit.web.visitor import Visitor

OURS = "http://testserver"

FOUND_OURS = [
    {"Origin": OURS},
    {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    {"Origin": OURS, "Sec-Fetch-Site": "same-origin"},
]
FOUND_FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "http://testserver:8080"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null", "Sec-Fetch-Site": "same-site"},
    {"Origin": "null", "Sec-Fetch-Site": "none"},
    {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
]


@pytest.mark.parametrize("headers", FOUND_OURS)
def test_our_own_pages_may_post(visitor: Visitor, headers: dict) -> None:
    assert visitor.post("/api/session", json={"code": "kent-1"}, headers=headers).status_code == 201


@pytest.mark.parametrize("headers", FOUND_FOREIGN)
@pytest.mark.parametrize("path", ["/api/session", "/sign-in", "/duty/sign-in", "/duty/sign-out"])
def test_other_sites_may_not(visitor: Visitor, headers: dict, path: str) -> None:
    answer = visitor.post(path, json={"code": "kent-1"}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_post_that_does_not_say_where_it_is_from_is_refused() -> None:
    visitor = Visitor()
    del visitor._client.headers["Origin"]
    assert visitor.post("/api/session", json={"code": "kent-1"}).status_code == 403
    assert visitor.get("/").status_code == 200, "reading needs no origin"
    visitor.close()


@pytest.mark.parametrize("path", ["/", "/duty/sign-in", "/api/openapi.json", "/livez", "/nothing", "/static/base.css"])
def test_every_answer_keeps_to_itself(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    policy = headers["content-security-policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    assert headers["cache-control"] == ("no-cache" if path.startswith("/static/") else "no-store")


def test_refusals_carry_the_headers_too(visitor: Visitor) -> None:
    answer = visitor.post("/api/session", json={}, headers={"Origin": "http://evil.example"})
    assert answer.headers["cache-control"] == "no-store"
    assert "frame-ancestors" in answer.headers["content-security-policy"]


def test_nobody_may_frame_the_console(visitor: Visitor) -> None:
    assert "frame-ancestors 'none'" in visitor.get("/duty/sign-in").headers["content-security-policy"]


def test_cookies_over_plain_http(visitor: Visitor) -> None:
    cookie = visitor.post("/api/session", json={"code": "kent-1"}).headers["set-cookie"]
    assert cookie.startswith("noname_dsl=")
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/"))
    assert "Secure" not in cookie


def test_cookies_over_https_have_the_prefix_that_browsers_enforce() -> None:
    visitor = Visitor(base_url="https://noname.example")
    widget = visitor.post("/api/session", json={"code": "kent-1"})
    typed = {"login": "ann", "password": "duty", "second_factor": "123456"}
    console = visitor.post("/duty/sign-in", data=typed).headers["set-cookie"]
    assert widget.headers["set-cookie"].startswith("__Host-noname_dsl=")
    assert console.startswith("__Secure-noname_duty=")
    assert all("Secure" in cookie.split("; ") for cookie in (widget.headers["set-cookie"], console))
    assert "Path=/duty" in console
    assert "max-age" in widget.headers["strict-transport-security"]
    assert visitor.get("/duty/").status_code == 200, "the prefixed cookie is read again"
    visitor.close()
