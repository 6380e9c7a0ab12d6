"""The duty desk in a real browser: a queue that grows under one's fingers, a case on a small screen, and the keys."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect, sync_playwright

from bot.desk.ports import Utterance
from tests.fakes_web import ANN
from tests.unit.web.test_in_a_browser import CHROMIUM, Served
from tests.until import until_beside

pytestmark = pytest.mark.browser
LAPTOP, PHONE, SMALL = ({"width": w, "height": h} for w, h in ((1366, 768), (390, 844), (320, 640)))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Desk(Served):
    """A fake house with Kent's queue, to which cases can be added."""

    def case(self, **values) -> str:
        """Hand a consultation over, and return the case's id."""
        consultation = self.house._new_consultation(ANN, "kent", self.house.clock())
        self.house.records.open_consultation(consultation)
        self.house.tells(consultation.id, *(Utterance("assistant", f"Said {n}") for n in range(12)))
        return self.house.hands_over(consultation.id, **values).id

    def says(self, consultation: str, text: str) -> None:
        """Let a DSL say something."""
        self.loop.call_soon_threadsafe(self.house.tells, consultation, Utterance("dsl", text))

    def forget(self, case: str) -> None:
        """Let a case be gone."""
        del self.house.records._cases[case]
        self.house.bells.something_new()

    def later(self, **values) -> None:
        """Hand a consultation over while pages are open."""
        self.loop.call_soon_threadsafe(lambda: self.case(**values))


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.stop()


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    """A laptop on which Ann has signed in. Whatever the page complains of fails the test."""
    context = browser.new_context(viewport=LAPTOP)
    cookie = {"name": "noname_duty", "value": desk.house.sign_in(ANN), "url": f"{desk.url}/duty"}
    context.add_cookies([cookie])
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def test_a_queue_that_grows_keeps_the_focus_and_every_row_and_tells_of_the_new_one_alone(
    page: Page, desk: Desk
) -> None:
    first, second = desk.case(), desk.case()
    page.goto(f"{desk.url}/duty/")
    page.locator(f"#case-{second}").focus()
    page.evaluate("for (const row of document.querySelectorAll('[data-case]')) row.known = true")
    desk.later(urgency="red")
    expect(page.locator("#said")).to_have_text("1 new case. Red: urgent")
    expect(page.locator("[data-case]")).to_have_count(3)
    expect(page.locator("[data-case]").first).to_contain_text("Red: urgent")
    expect(page.locator(f"#case-{second}")).to_be_focused()
    rows = "[...document.querySelectorAll('[data-case]')]"
    known = page.evaluate(f"{rows}.filter(row => row.known).map(row => row.dataset.case)")
    assert set(known) == {first, second}, "what did not change was not drawn anew"
    assert page.locator("[role='status'] table, [aria-live] table").count() == 0


def test_what_a_page_has_is_not_sent_to_it_again(page: Page, desk: Desk) -> None:
    first, second = desk.case(), desk.case()
    sent: list[str] = []
    page.on("requestfinished", lambda asked: "/duty/queue" in asked.url and sent.append(asked.response().text()))
    page.goto(f"{desk.url}/duty/")
    shown = page.locator(f"[data-case='{first}']").inner_text()
    desk.later(urgency="red")
    expect(page.locator("[data-case]")).to_have_count(3)
    until_beside(page, lambda: any(text.count("<td") for text in sent))
    (whole,) = [text for text in sent if text.count("<td")]
    assert whole.count("data-case=") == 3
    assert whole.count('data-urgency="') == 1, "the new one alone comes whole"
    assert page.locator(f"[data-case='{first}']").inner_text() == shown
    expect(page.locator(f"[data-case='{second}'] td")).to_have_count(6)


def test_of_two_askings_the_second_waits_for_the_first(page: Page, desk: Desk) -> None:
    case = desk.case()
    page.goto(f"{desk.url}/duty/")
    expect(page.locator("[data-case]")).to_have_count(1)
    under_way: list[Route] = []
    page.route("**/duty/queue*", lambda route: route.continue_() if under_way else under_way.append(route))
    desk.later()
    until_beside(page, lambda: under_way)
    asked: list[Request] = []
    page.on("request", lambda one: asked.append(one))
    desk.later()
    page.wait_for_timeout(3200)  # longer than a page waits before it asks
    assert [one.url for one in asked if "/duty/queue" in one.url] == []
    under_way[0].continue_()
    expect(page.locator("[data-case]")).to_have_count(3)
    expect(page.locator(f"[data-case='{case}'] td")).to_have_count(6)


def test_what_is_red_is_asked_for_within_a_second_and_what_can_wait_after_two(page: Page, desk: Desk) -> None:
    page.clock.install()
    told: list[str] = []
    browser = page.context.new_cdp_session(page)
    browser.send("Network.enable")
    browser.on("Network.eventSourceMessageReceived", lambda it: it["eventName"] == "queue" and told.append(it["data"]))
    asked: list[str] = []
    page.on("request", lambda it: "/duty/queue" in it.url and asked.append(it.url))
    page.goto(f"{desk.url}/duty/")
    until_beside(page, lambda: told == ["changed"])
    page.clock.run_for(3001)
    until_beside(page, lambda: asked)
    asked.clear()
    desk.later()
    until_beside(page, lambda: told == ["changed"] * 2)
    page.clock.run_for(1990)
    assert asked == []
    desk.later(urgency="red")
    until_beside(page, lambda: told == ["changed", "changed", "red"])
    page.clock.run_for(1001)
    until_beside(page, lambda: asked)
    expect(page.locator("[data-case]")).to_have_count(2)


def test_a_case_that_leaves_hands_its_focus_to_the_next(page: Page, desk: Desk) -> None:
    gone, stays = desk.case(urgency="red"), desk.case()
    page.goto(f"{desk.url}/duty/")
    page.locator(f"#case-{gone}").focus()
    desk.loop.call_soon_threadsafe(desk.forget, gone)
    expect(page.locator(f"#case-{gone}")).to_have_count(0)
    expect(page.locator(f"#case-{stays}")).to_be_focused()
    expect(page.locator("#said")).to_have_text("")


def test_the_first_case_of_an_empty_queue_appears(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/duty/")
    expect(page.get_by_text("Nobody is waiting")).to_be_visible()
    desk.later()
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.locator("#said")).to_have_text("1 new case. Amber: soon")


def test_shortcuts_can_be_turned_off_and_never_work_in_a_field(page: Page, desk: Desk) -> None:
    case = desk.case()
    page.goto(f"{desk.url}/duty/cases/{case}")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Shortcuts")).to_be_visible()
    page.get_by_role("button", name="Turn shortcuts off").press("Enter")
    expect(page.get_by_text("Shortcuts are off in this browser")).to_be_visible()
    page.get_by_role("button", name="Close").press("Enter")
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="Claim this case")).to_be_visible()
    page.evaluate("localStorage.clear()")
    page.reload()
    page.keyboard.press("c")
    box = page.get_by_label("Your message to the DSL")
    box.press_sequentially("ran a check/?")
    expect(box).to_have_value("ran a check/?")
    expect(page.get_by_role("dialog", name="Shortcuts")).to_be_hidden()
    expect(page).to_have_url(f"{desk.url}/duty/cases/{case}")


def test_on_a_laptop_the_message_is_beside_the_brief_and_stays_in_view(page: Page, desk: Desk) -> None:
    case = desk.case()
    page.goto(f"{desk.url}/duty/cases/{case}")
    page.get_by_role("button", name="Claim this case").click()
    send = page.get_by_role("button", name="Send", exact=True)
    expect(send).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name="Your answer").click()
    expect(page.locator("#closing summary")).to_be_focused()
    expect(page.get_by_label("Your advice")).to_be_visible()
    expect(send).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name="Ring 999")).to_be_in_viewport()


def test_a_message_that_comes_is_added_and_whoever_reads_further_up_stays_there(page: Page, desk: Desk) -> None:
    case = desk.case()
    page.goto(f"{desk.url}/duty/cases/{case}")
    log = page.get_by_role("log")
    log.evaluate("log => { log.scrollTop = 0; log.firstElementChild.known = true; }")
    desk.says(desk.house.records.case(case).consultation_id, "a new line")
    expect(log.locator(".turn").last).to_contain_text("a new line")
    assert log.evaluate("log => [log.scrollTop, log.firstElementChild.known]") == [0, True]
    expect(log.locator(".turn", has_text="a new line")).to_have_count(1)


@pytest.mark.parametrize("size", [SMALL, PHONE, LAPTOP], ids=["small", "phone", "laptop"])
def test_no_page_of_the_desk_has_to_be_scrolled_sideways(page: Page, desk: Desk, size: dict[str, int]) -> None:
    case = desk.case(urgency="red")
    page.set_viewport_size(size)
    for path in ("/", f"/cases/{case}", f"/cases/{case}/name", "/search?urgency=red", "/shift", "/account"):
        page.goto(f"{desk.url}/duty{path}")
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        small = page.evaluate(
            """() => [...document.querySelectorAll('button, summary, nav li a, input, select, textarea')]
                .filter(part => part.checkVisibility() && part.offsetParent)
                .map(part => [part.outerHTML.slice(0, 90), part.getBoundingClientRect()])
                .filter(([, box]) => box.height < 24 || box.width < 24).map(([said]) => said)"""
        )
        assert small == [], path


def test_on_a_phone_the_menu_opens_by_a_button_and_the_page_leads_to_its_parts(page: Page, desk: Desk) -> None:
    case = desk.case()
    page.set_viewport_size(PHONE)
    page.goto(f"{desk.url}/duty/cases/{case}")
    opener = page.get_by_role("button", name="Menu")
    expect(page.get_by_role("link", name="Shift list")).to_be_hidden()
    opener.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("link", name="Shift list")).to_be_visible()
    opener.press("Enter")
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Conversation").click()
    expect(page.get_by_role("heading", name="Conversation")).to_be_in_viewport()
    page.get_by_role("link", name="Go back to the brief").click()
    expect(page.get_by_role("heading", name="At a glance")).to_be_in_viewport()
