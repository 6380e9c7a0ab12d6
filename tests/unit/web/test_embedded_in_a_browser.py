"""The service in a frame on another site's page, in a real browser, with a fake house behind it.

The house is at 127.0.0.1 and the pages around it at localhost, which to a browser are two sites.
"""

import asyncio
import gzip
import os
import socket
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, Playwright, expect, sync_playwright

from bot.desk.ports import Utterance
from bot.knowledge.partnership import Colours, Partnership
from bot.launch.browser import find_browser
from bot.launch.front_end import ensure_front_end
from bot.settings import ROOT
from bot.web.framing import Framing
from bot.web.serve import server
from tests.fakes_web import FakeHouse, make_app
from tests.pictures import picture

pytestmark = pytest.mark.browser
CHROMIUM = os.environ.get("NONAME_CHROMIUM") or find_browser()
NAME = "Kent consultations"

HOST_PAGE = """<!doctype html><html lang="en"><head><title>Staff intranet</title>
<link rel="stylesheet" href="/host.css"></head><body>
<h1>Staff intranet</h1><p><a href="#news">News</a></p>{inside}
<script src="/spy.js"></script></body></html>"""
# What a page around us could try to disfigure, and to overhear.
HOST_SHEET = """* { font-size: 40px !important; color: lime !important; letter-spacing: 1em; }
button { display: none !important; } dialog { transform: rotate(90deg); }"""
SPY = "window.told = []; addEventListener('message', (event) => told.push(JSON.stringify(event.data)), true);"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class HostPages(BaseHTTPRequestHandler):
    """A school's own site: it answers with a page with our script in it, strict about what it lets in, or not."""

    def __init__(self, home: str, *given) -> None:
        self.home = home
        super().__init__(*given)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        kind, body = {"/host.css": ("text/css", HOST_SHEET), "/spy.js": ("text/javascript", SPY)}.get(
            path, ("text/html", HOST_PAGE.format(inside=self._inside(path)))
        )
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if policy := self._policy(path):
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body.encode())

    def _inside(self, path: str) -> str:
        script = f'<script src="{self.home}/widget.js"'
        if path == "/element":
            return f'{script}></script><noname-widget area="kent"></noname-widget>'
        area = "nowhere" if path == "/nowhere" else "kent"
        return f'{script} data-area="{area}"></script>'

    def _policy(self, path: str) -> str:
        ours = "default-src 'none'; style-src 'self'; script-src 'self' " + self.home
        ours += "; require-trusted-types-for 'script'"
        return {"/strict": f"{ours}; frame-src {self.home}", "/no-frames": ours}.get(path, "")

    def log_message(self, *_) -> None:
        """Say nothing."""


class Around:
    """A house with one partnership, a site that it lists, and one that it does not."""

    def __init__(self) -> None:
        port, listed, other = _free_port(), _free_port(), _free_port()
        self.home = f"http://127.0.0.1:{port}"
        self.listed, self.other = f"http://localhost:{listed}", f"http://localhost:{other}"
        self.house = FakeHouse()
        held = Partnership(name=NAME, light=Colours("#0b3d91"), embed=(self.listed,))
        app = make_app(self.house, self.home, framing=Framing({"kent": held}, self.home))
        self.server = server(app, "127.0.0.1", port)
        self.sites = [ThreadingHTTPServer(("127.0.0.1", at), partial(HostPages, self.home)) for at in (listed, other)]
        self.threads = [threading.Thread(target=site.serve_forever, daemon=True) for site in self.sites]
        self.threads.append(threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True))
        for thread in self.threads:
            thread.start()

    async def _serve(self) -> None:
        self.loop = asyncio.get_running_loop()
        await self.server.serve()

    def tell(self, consultation: str, text: str) -> None:
        """Let a duty worker say something."""
        self.loop.call_soon_threadsafe(self.house.tells, consultation, Utterance("duty_worker", text))

    def stop(self) -> None:
        for site in self.sites:
            site.shutdown()
            site.server_close()
        self.server.should_exit = True
        for thread in self.threads:
            thread.join(10)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def around() -> Iterator[Around]:
    around = Around()
    yield around
    around.stop()


# As those browsers are that let no site have cookies in another's pages, and as the others are.
AS_OTHERS = pytest.param("usual", marks=pytest.mark.skipif(not os.environ.get("NONAME_LONG"), reason="NONAME_LONG=1"))


@pytest.fixture(scope="module", params=["no third-party cookies", AS_OTHERS])
def browser(request, playwright: Playwright) -> Iterator[Browser]:
    args = ["--no-sandbox", "--disable-gpu"]
    if request.param != "usual":
        args.append("--test-third-party-cookie-phaseout")
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
    yield browser
    browser.close()


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext) -> Page:
    """A page that notes what it complains of and what it asks for."""
    page = window.new_page()
    page.complaints, page.asked_for = [], []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda said: page.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("request", lambda request: page.asked_for.append(request.url))
    return page


def launcher(page: Page):
    return page.get_by_role("button", name=f"Talk a worry through, {NAME}")


def opened(page: Page, address: str) -> FrameLocator:
    """Open the panel on a page and return the frame in it."""
    page.goto(address)
    launcher(page).click()
    return page.frame_locator("noname-widget iframe")


def signed_in(frame: FrameLocator) -> None:
    frame.get_by_label("Your access code").fill("kent-1")
    frame.get_by_role("button", name="Sign in").click()
    expect(frame.get_by_role("heading", name="What would you like to do?")).to_be_visible()


def talking(frame: FrameLocator) -> None:
    signed_in(frame)
    frame.get_by_role("button", name="Start a consultation").click()
    frame.get_by_role("button", name="Kent", exact=True).click()
    expect(frame.get_by_text("immediate danger")).to_be_visible()


def says(frame: FrameLocator, text: str) -> None:
    frame.get_by_label("Your message").fill(text)
    frame.get_by_role("button", name="Send", exact=True).click()


@pytest.mark.parametrize("path", ["/", "/strict", "/element"])
def test_on_a_listed_page_one_signs_in_says_something_and_is_answered(page: Page, around: Around, path: str) -> None:
    frame = opened(page, around.listed + path)
    talking(frame)
    says(frame, "mum Sharon shouts")

    expect(frame.locator(".turn--dsl").last).to_contain_text("mum [parent 1] shouts")
    expect(frame.locator(".turn--assistant").last).to_be_visible()
    picture(page, f"embedded-{path.strip('/') or 'page'}")
    assert page.complaints == []
    hosts = {urlsplit(url).netloc for url in page.asked_for}
    assert hosts == {urlsplit(around.home).netloc, urlsplit(around.listed).netloc}


def test_the_page_around_overhears_kinds_and_numbers_alone(page: Page, around: Around) -> None:
    frame = opened(page, around.listed)
    talking(frame)
    says(frame, "mum Sharon shouts")
    expect(frame.locator(".turn--dsl").last).to_contain_text("mum [parent 1] shouts")

    assert set(page.evaluate("window.told")) == {'{"noname":1,"kind":"ready"}'}
    looked = "(() => { try { return document.querySelector('noname-widget').shadowRoot.querySelector('iframe')"
    looked += ".contentWindow.document.title } catch (refused) { return refused.name } })()"
    assert page.evaluate(looked) == "SecurityError"
    assert page.context.cookies(around.listed) == []
    assert page.evaluate("document.cookie") == ""


@pytest.mark.parametrize("where", ["other", "no-frames"])
def test_where_it_may_not_show_it_says_so_with_a_link_and_numbers(page: Page, around: Around, where: str) -> None:
    opened(page, around.other if where == "other" else f"{around.listed}/no-frames")
    panel = page.get_by_role("dialog", name=NAME)

    expect(panel.get_by_role("alert")).to_contain_text("It does not show here", timeout=12_000)
    expect(panel.get_by_role("link", name="Open it on a page of its own")).to_have_attribute(
        "href", f"{around.home}/embed/kent"
    )
    expect(panel.get_by_role("link", name="999")).to_have_attribute("href", "tel:999")
    expect(panel.get_by_role("alert")).to_contain_text(around.house.emergency("kent")["front_door"]["value"])
    expect(panel.locator("iframe")).to_be_hidden()
    picture(page, f"embedded-refused-{where}")


def test_an_area_that_is_not_set_up_is_said_at_once(page: Page, around: Around) -> None:
    page.goto(f"{around.listed}/nowhere")
    page.get_by_role("button", name="Talk a worry through").click()

    expect(page.get_by_role("alert")).to_contain_text("not set up")
    expect(page.get_by_role("link", name="Open it on a page of its own")).to_have_attribute("href", f"{around.home}/")
    assert page.locator("noname-widget iframe").count() == 0


def test_while_it_is_on_its_way_the_number_stands_there(page: Page, around: Around) -> None:
    page.route("**/embed/kent", lambda _: None)
    opened(page, around.listed)

    expect(page.get_by_role("status").filter(has_text="on its way")).to_be_visible()
    expect(page.get_by_role("link", name="999")).to_be_visible()


def test_what_did_not_come_is_tried_again_the_next_time(page: Page, around: Around) -> None:
    page.route("**/embed/kent", lambda route: route.abort())
    frame = opened(page, around.listed)
    expect(page.get_by_role("alert")).to_contain_text("It does not show here")
    page.get_by_role("button", name="Close").click()
    page.unroute("**/embed/kent")
    launcher(page).click()

    expect(frame.get_by_label("Your access code")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()


def test_by_keyboard_alone_it_is_opened_used_and_closed(page: Page, around: Around) -> None:
    page.goto(around.listed)
    expect(launcher(page)).to_be_visible()
    page.get_by_role("link", name="News").focus()
    page.keyboard.press("Tab")
    expect(launcher(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=NAME)).to_be_focused()
    frame = page.frame_locator("noname-widget iframe")
    code = frame.get_by_label("Your access code")
    expect(code).to_be_visible()
    for _ in range(15):
        page.keyboard.press("Tab")
        if code.evaluate("box => box === document.activeElement && document.hasFocus()"):
            break
    page.keyboard.type("kent-1")
    page.keyboard.press("Enter")
    expect(frame.get_by_role("button", name="Start a consultation")).to_be_visible()
    frame.get_by_role("button", name="Start a consultation").focus()
    page.keyboard.press("Enter")
    expect(frame.get_by_role("button", name="Kent", exact=True)).to_be_visible()
    frame.get_by_label("Your message").focus()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(launcher(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(frame.get_by_label("Your message")).to_be_visible()
    page.keyboard.press("Escape")
    expect(launcher(page)).to_be_focused()


def test_what_comes_while_it_is_closed_is_marked_and_opening_takes_the_mark_off(page: Page, around: Around) -> None:
    frame = opened(page, around.listed)
    talking(frame)
    [consultation] = [f.url.rsplit("/", 1)[1] for f in page.frames if "/consultations/" in f.url]
    page.get_by_role("button", name="Close").click()
    around.tell(consultation, "I am reading this.")

    expect(page.get_by_role("button", name=f"Talk a worry through, {NAME}, 1 new message")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="1 new message")).to_have_count(1)
    picture(page, "embedded-unread")
    launcher(page).click()
    expect(frame.get_by_text("I am reading this.")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("button", name=f"Talk a worry through, {NAME}", exact=True)).to_be_visible()


def test_leaving_quickly_closes_the_panel_and_forgets_the_frame(page: Page, around: Around) -> None:
    frame = opened(page, around.listed)
    talking(frame)
    ours = (around.home, around.listed)
    page.route(lambda url: not url.startswith(ours), lambda route: route.abort())
    before = len(around.house.signed)
    frame.get_by_role("button", name="Exit this page").click()

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("noname-widget iframe")).to_have_count(0)
    launcher(page).click()
    expect(frame.get_by_label("Your access code")).to_be_visible()
    assert len(around.house.signed) == before - 1


def test_signing_out_in_a_frame_leads_back_to_the_areas_own_page(page: Page, around: Around) -> None:
    frame = opened(page, around.listed)
    signed_in(frame)
    frame.get_by_role("button", name="Sign out", exact=True).click()

    expect(frame.get_by_label("Your access code")).to_be_visible()
    assert any(one.url == f"{around.home}/embed/kent" for one in page.frames)


def test_a_session_of_a_frame_is_not_one_of_a_page_of_its_own(page: Page, around: Around) -> None:
    signed_in(opened(page, around.listed))
    alone = page.context.new_page()
    alone.goto(around.home)

    expect(alone.get_by_label("Your access code")).to_be_visible()


FORGED = """(home) => new Promise((done) => {
  const frame = Object.assign(document.createElement("iframe"), { name: "target" });
  document.body.append(frame);
  const form = document.createElement("form");
  document.body.append(Object.assign(form, { method: "post", action: home + "/sign-out", target: "target" }));
  frame.addEventListener("load", () => done(true));
  form.submit();
})"""


def test_the_page_around_cannot_sign_one_out_with_a_form_of_its_own(page: Page, around: Around) -> None:
    frame = opened(page, around.listed)
    signed_in(frame)
    with page.expect_response(lambda answer: answer.url == f"{around.home}/sign-out") as answered:
        page.evaluate(FORGED, around.home)

    assert answered.value.status == 403
    assert "noname_dsl=" in answered.value.request.all_headers()["cookie"], "the cookie goes along, and is not enough"
    frame.get_by_role("button", name="Start a consultation").click()
    expect(frame.get_by_role("button", name="Kent", exact=True)).to_be_visible()


def test_what_others_send_to_the_panel_does_nothing(page: Page, around: Around) -> None:
    frame = opened(page, around.listed)
    expect(frame.get_by_label("Your access code")).to_be_visible()
    page.evaluate("""() => ['{"noname":1,"kind":"close"}', '{"noname":1,"kind":"leave"}'].forEach(
        (one) => postMessage(JSON.parse(one), "*"))""")
    inside = next(one for one in page.frames if "/embed/kent" in one.url)
    inside.evaluate("""() => [{ noname: 1, kind: "unread", count: "<b>" }, { noname: 1, kind: "close", text: "x" },
        { noname: 1, kind: "toString" }, { noname: 2, kind: "close" }, "close", null].forEach(
        (one) => parent.postMessage(one, "*"))""")
    page.wait_for_timeout(200)

    expect(page.get_by_role("dialog", name=NAME)).to_be_visible()
    assert page.complaints == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 568), (320, 256), (1366, 768)])
def test_it_fits_a_phone_and_four_times_the_size(page: Page, around: Around, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    frame = opened(page, f"{around.listed}/strict")
    expect(frame.get_by_label("Your access code")).to_be_visible()
    panel = page.get_by_role("dialog", name=NAME)

    box = panel.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height
    assert panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth"), "nothing to scroll sideways for"
    assert panel.evaluate("panel => panel.matches(':modal')") is (width < 1366)
    in_danger = frame.get_by_role("link", name="999") if height > 300 else page.get_by_role("link", name="999")
    for control in (page.get_by_role("button", name="Close"), in_danger):
        size = control.bounding_box()
        assert size["width"] >= 24
        assert size["height"] >= 24
    picture(page, f"embedded-{width}x{height}")
    page.set_viewport_size({"width": 1366 if width < 1366 else 390, "height": 768})
    expect(panel).to_be_visible()
    expect(frame.get_by_label("Your access code")).to_be_visible()


def test_the_page_around_does_not_reach_into_how_it_looks(page: Page, around: Around) -> None:
    page.goto(around.listed)
    parts = ("fontSize", "color", "letterSpacing", "backgroundColor")
    looks = [launcher(page).evaluate(f"one => getComputedStyle(one).{part}") for part in parts]
    assert looks == ["16px", "rgb(255, 255, 255)", "normal", "rgb(11, 61, 145)"]


def test_dark_and_forced_colours_keep_it_seen(page: Page, around: Around) -> None:
    page.emulate_media(color_scheme="dark")
    frame = opened(page, f"{around.listed}/strict")
    expect(frame.get_by_label("Your access code")).to_be_visible()
    picture(page, "embedded-dark")
    page.emulate_media(color_scheme="light", forced_colors="active")
    close = page.get_by_role("button", name="Close")
    assert close.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"
    picture(page, "embedded-forced")


KINDS = ("text/html", "text/css", "text/javascript")


class Weighed:
    """What a page loaded of pages, sheets and scripts, in bytes: compressed, and as it was sent.

    Pages themselves are sent as they are (their size would tell of their words); the rest is sent compressed.
    """

    def __init__(self, page: Page, home: str) -> None:
        self.compressed: dict[str, int] = {}
        self.sent: dict[str, int] = {}
        self._home, self._came = home, []
        page.on("requestfinished", lambda asked: self._came.append(asked))

    def so_far(self) -> int:
        """Weigh what came; return the sum of it compressed."""
        for asked in self._came:
            answer = asked.response()
            kind = answer.headers.get("content-type", "").partition(";")[0]
            if asked.url.startswith(self._home) and answer.status == 200 and kind in KINDS and self._is_new(asked.url):
                self.sent[asked.url] = asked.sizes()["responseBodySize"]
                page = len(gzip.compress(answer.body())) if kind == "text/html" else self.sent[asked.url]
                self.compressed[asked.url] = page
        self._came.clear()
        return sum(self.compressed.values())

    def _is_new(self, url: str) -> bool:
        return url not in self.compressed


def test_a_whole_conversation_in_a_frame_is_small_to_load(page: Page, around: Around) -> None:
    ensure_front_end(ROOT)
    weighed = Weighed(page, around.home)
    frame = opened(page, f"{around.listed}/strict")
    expect(frame.get_by_label("Your access code")).to_be_visible()
    page.wait_for_timeout(300)
    first, script = weighed.so_far(), weighed.compressed[f"{around.home}/widget.js"]
    signed_in(frame)
    weighed.so_far()
    frame.get_by_role("button", name="Start a consultation").click()
    expect(frame.get_by_role("button", name="Kent", exact=True)).to_be_visible()
    page.wait_for_timeout(300)
    whole, before = weighed.so_far(), [f"{around.home}/{path}" for path in ("widget.js", "embed/kent", "")]
    conversation = whole - sum(weighed.compressed[address] for address in before)

    assert script < 4_500
    assert first < 17_500, weighed.compressed
    assert conversation < 33_000, weighed.compressed
    assert whole < 42_000, weighed.compressed
    assert sum(weighed.sent.values()) < 64_000, weighed.sent
