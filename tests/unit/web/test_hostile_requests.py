"""Every route of both apps beside what is sent to do harm: headers, hosts, files, paths, cookies of somebody else."""

import re
from urllib.parse import quote

import httpx
import pytest

from bot.desk.people import Role
from bot.desk.rescoring import Rescoring
from bot.web.rescoring_pages import ROUNDS
from bot.web.rights import RIGHTS
from bot.web.two_apps import LARGER_BODIES, LARGEST_BODY
from tests.fakes_rescoring import FakeRounds
from tests.fakes_web import FakeHouse
from tests.unit.web.test_who_is_let_in import ROUTES
from tests.unit.web.visitor import Visitor

FORM = "application/x-www-form-urlencoded"
STREAMS = ("/events",)
# Streams never end by themselves. Behind the fake house nobody has read the knowledge or keeps records: a real one is
# asked for those (test_any_request.py).
ELSEWHERE = {path for _, path in ROUTES if path.endswith(STREAMS)} | {
    *("/duty/knowledge/{area}", "/duty/cases/{case_id}/record", "/duty/cases/{case_id}/record.pdf")
}
KEPT = ("/static/", "/theme/", "/widget.js")
ON_EVERY_ANSWER = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
EVIL = "elsewhere.example"
FOUND_ELSEWHERE = [
    "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..\\..\\etc\\passwd",
    "....//....//etc/passwd", "%252e%252e%252fetc%252fpasswd", "/etc/passwd", "file:///etc/passwd", "..%00.css",
    "kent/../../../.env", "..%2f..%2fsecrets%2fpepper", "%c0%ae%c0%ae/etc/passwd", "~root", "base.css/../../app.py",
    "C:\\boot.ini", "con", ".", "..", "%2e", "%2e%2e", "-", "'", '"', "<b>", "{{7*7}}", "a\u202eb", "%ff%fe",
    "0" * 5000,
]  # fmt: skip
# Who walks them all signed in stays so.
STAYING = [(m, path) for m, path in ROUTES if "sign-out" not in path and m != "DELETE"]
ENDS = ("", ".css", ".docx", "/logo")


def filled(path: str, value: str = "c0001") -> str:
    return re.sub(r"\{\w+\}", lambda _: value, path)


@pytest.fixture(scope="module")
def everybody() -> Visitor:
    """A browser in which a DSL and a manager have signed in."""
    rounds = Rescoring(FakeRounds(), lambda: (), lambda area: (), lambda case, area: "", lambda: "round-1")
    visitor = Visitor(rescoring=rounds).as_dsl().as_worker("mel")
    visitor.opened()
    yield visitor
    visitor.close()


@pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "signed out"])
def test_every_route_answers_with_every_header(everybody: Visitor, signed_in: bool) -> None:
    visitor = everybody if signed_in else Visitor()
    paths = [(method, filled(path)) for method, path in STAYING if not (signed_in and path.endswith(STREAMS))]
    paths += [("GET", "/static/base.css"), ("GET", "/static/nothing.css"), ("GET", "/nothing"), ("PUT", "/duty/queue")]
    for method, path in paths:
        headers = visitor.ask(method, path).headers
        assert {name: headers.get(name) for name in ON_EVERY_ANSWER} == ON_EVERY_ANSWER, f"{method} {path}"
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self';"), f"{method} {path}"
        assert not {"unsafe", "*", "data:", "http:"} & set(re.split(r"[\s'-]", policy)), f"{method} {path}"
        others = "cross-origin" if path == "/widget.js" else "same-origin"
        assert headers["cross-origin-resource-policy"] == others, f"{method} {path}"
        kept = "no-cache" if path.startswith(KEPT) else "no-store"
        assert headers["cache-control"] == kept, f"{method} {path}"
        assert "server" not in headers, "nobody is told what serves"
    if not signed_in:
        visitor.close()


def test_a_stream_has_the_headers_too(everybody: Visitor) -> None:
    consultation = everybody.opened()
    for path in (f"/api/consultations/{consultation}/events", "/duty/events"):
        headers = everybody.streamed(path).headers
        assert headers["content-type"].startswith("text/event-stream")
        assert {name: headers.get(name) for name in ON_EVERY_ANSWER} == ON_EVERY_ANSWER
        assert headers["cache-control"] == "no-store"


def test_no_answer_repeats_or_leads_to_the_host_that_a_request_names(everybody: Visitor) -> None:
    names = {"Host": EVIL, "Origin": f"http://{EVIL}", "X-Forwarded-Host": EVIL, "Forwarded": f"host={EVIL}"}
    for method, path in STAYING:
        if path.endswith(STREAMS):
            continue
        for asked in (filled(path), f"{filled(path)}/", f"//{EVIL}{filled(path)}"):
            answer = everybody.ask(method, asked, headers=names)
            assert EVIL not in str(answer.headers), f"{method} {asked}"
            assert EVIL not in answer.text, f"{method} {asked}"


@pytest.mark.parametrize("aim", ["next", "url", "return", "redirect", "continue", "to", "back"])
@pytest.mark.parametrize("where", [f"https://{EVIL}/", f"//{EVIL}", f"/\\{EVIL}", f"/%0d%0aLocation:%20//{EVIL}"])
def test_nobody_is_led_to_another_site(aim: str, where: str) -> None:
    visitor = Visitor()
    ann = {"login": "ann", "password": "duty", "second_factor": "123456"}
    for path, typed in (("/sign-in", {"code": "kent-1"}), ("/duty/sign-in", ann)):
        answer = visitor.post(f"{path}?{aim}={quote(where)}", data=typed | {aim: where})
        assert answer.headers["location"] in ("/", "/duty/")
    visitor.close()


@pytest.mark.parametrize(("method", "path"), [route for route in ROUTES if route[0] not in ("GET", "HEAD")])
def test_no_route_takes_a_file(everybody: Visitor, method: str, path: str) -> None:
    files = {"text": ("worry.txt", b"hungry", "text/plain"), "code": ("a.svg", b"<svg/>", "image/svg+xml")}
    answer = everybody.ask(method, filled(path), files=files)
    assert answer.status_code == 415
    assert "hungry" not in answer.text


@pytest.mark.parametrize("kind", ["Multipart/Form-Data; boundary=a", " multipart/mixed", "MULTIPART/related"])
def test_a_file_by_another_name_is_refused_too(everybody: Visitor, kind: str) -> None:
    assert everybody.post("/resume", content=b"--a", headers={"Content-Type": kind}).status_code == 415


@pytest.mark.parametrize("value", FOUND_ELSEWHERE)
def test_nothing_that_is_asked_for_leads_to_a_file_of_the_machine(everybody: Visitor, value: str) -> None:
    """Behind each folder of files and in each address that names an area, as it is and once more encoded."""
    folders = ("/static/", "/static/govuk/", "/theme/", "/embed/", "/kit/", "/")
    for asked in {f"{folder}{spelled}{end}" for folder in folders for spelled in spellings(value) for end in ENDS}:
        answer = everybody.get(asked)
        nothing_of_the_machine(answer, asked)
        if answer.request.url.path.startswith(("/static/", "/theme/")):  # a browser has walked up some by itself
            assert answer.status_code == 404, asked


@pytest.mark.parametrize("value", ["..%2f..%2fetc%2fpasswd", "a\u202eb%00'\"<b>", "0" * 5000])
def test_no_id_in_an_address_is_more_than_an_id(everybody: Visitor, value: str) -> None:
    for method, path in STAYING:
        if "{" in path and path not in ELSEWHERE:
            for spelled in spellings(value):
                nothing_of_the_machine(everybody.ask(method, filled(path, spelled)), f"{method} {path}")


def spellings(value: str) -> set[str]:
    return {value, quote(value, safe="")}


def nothing_of_the_machine(answer: httpx.Response, asked: str) -> None:
    assert answer.status_code in (200, 303, 304, 403, 404, 405, 409, 422), f"{answer.status_code} {asked}"
    for secret in ("root:x:", "NONAME_", "from starlette"):
        assert secret not in answer.text, asked


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "a" * 10_000, "http://testserver@elsewhere.example"])
def test_an_origin_that_is_no_origin_is_another_site(everybody: Visitor, origin: str) -> None:
    assert everybody.post("/api/consultations", json={}, headers={"Origin": origin}).status_code == 403


def test_where_we_are_reached_by_https_a_page_of_the_same_name_without_it_is_another_site() -> None:
    visitor = Visitor(base_url="https://noname.example").as_dsl()
    plain = visitor.post("/api/consultations", json={}, headers={"Origin": "http://noname.example"})
    assert plain.status_code == 403
    assert visitor.post("/api/consultations", json={}).status_code == 201
    visitor.close()


@pytest.mark.parametrize("planted", ["fixed-by-somebody-else", "", "token-1-dana", "a; noname_dsl=b", '"'])
def test_a_session_that_was_planted_beforehand_is_never_the_one_that_is_signed_in(planted: str) -> None:
    for path, typed, cookie in (
        ("/sign-in", {"code": "kent-1"}, "noname_dsl"),
        ("/duty/sign-in", {"login": "ann", "password": "duty", "second_factor": "123456"}, "noname_duty"),
    ):
        visitor = Visitor(FakeHouse())
        brought = {"Cookie": f"{cookie}={planted}"}
        given = visitor.post(path, data=typed, headers=brought).headers["set-cookie"]
        new = given.split(";")[0].removeprefix(f"{cookie}=")
        assert new in visitor.house.signed
        assert planted not in visitor.house.signed, "what was brought opens nothing"
        visitor.close()


@pytest.mark.parametrize("base_url", ["http://127.0.0.1:8000", "https://noname.example"])
def test_every_cookie_has_the_prefix_that_browsers_enforce_where_https_is_there(base_url: str) -> None:
    visitor = Visitor(base_url=base_url)
    answers = [
        visitor.post("/sign-in", data={"code": "kent-1"}),
        visitor.post("/sign-in", data={"code": "kent-1"}, headers={"Sec-Fetch-Dest": "iframe"}),
        visitor.post("/duty/sign-in", data={"login": "ann", "password": "duty", "second_factor": "123456"}),
        visitor.post("/sign-out"),
    ]
    cookies = [cookie for answer in answers for cookie in answer.headers.get_list("set-cookie")]
    assert len(cookies) >= 4
    for cookie in cookies:
        parts = {part.strip().casefold() for part in cookie.split(";")[1:]}
        assert "httponly" in parts
        assert not any(part.startswith("domain") for part in parts), "for this very host alone"
        prefix = "__Secure-" if "path=/duty" in parts else "__Host-"
        assert cookie.startswith(prefix) is base_url.startswith("https")
        assert "secure" in parts or not base_url.startswith("https")
    visitor.close()


@pytest.mark.parametrize("says_so", [True, False], ids=["told beforehand", "in chunks"])
def test_no_route_takes_a_body_that_is_larger_than_its_limit(everybody: Visitor, says_so: bool) -> None:
    async def chunks():
        for _ in range(LARGEST_BODY // 1024 + 2):
            yield b"a" * 1024

    kinds = {"/api/": "application/json", "/duty/api/": "application/json"}
    for method, path in STAYING:
        # Machines have limits of their own, and so have editors. Whoever may not ask is refused whatever is sent.
        # A round is opened without a body, and the fake house has no words to refuse it in.
        others = ("/rasa", "/telegram", "/duty/revisions", *LARGER_BODIES)
        if method == "GET" or path.startswith(others) or path == ROUNDS:
            continue
        roles = RIGHTS[method, path]
        if roles is not None and not roles & {Role.MANAGER, Role.DSL}:
            continue
        kind = next((kind for under, kind in kinds.items() if path.startswith(under)), FORM)
        content = b"a" * (LARGEST_BODY + 1) if says_so else chunks()
        answer = everybody.ask(method, filled(path), content=content, headers={"Content-Type": kind})
        # A route that looks at no body takes none in: told beforehand it is refused all the same.
        assert answer.status_code == 413 or not says_so, f"{answer.status_code} {method} {path}"
        assert answer.status_code < 500, f"{answer.status_code} {method} {path}"


def test_the_chunks_of_a_body_are_counted_where_a_body_is_read(everybody: Visitor) -> None:
    async def chunks():
        for _ in range(LARGEST_BODY // 1024 + 2):
            yield b"a" * 1024

    for path, kind in (("/api/resume", "application/json"), ("/resume", FORM)):
        answer = everybody.post(path, content=chunks(), headers={"Content-Type": kind})
        assert answer.status_code == 413, path
