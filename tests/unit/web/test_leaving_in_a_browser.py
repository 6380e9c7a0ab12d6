"""Leaving quickly and hiding the page, in a real browser: by hand, by keyboard, and what is left behind."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

import tests.unit.web.test_in_a_browser as at_the_doors
from tests.unit.web.test_in_a_browser import CHROMIUM, Served, consultation_of

pytestmark = pytest.mark.browser
browser, served, window = at_the_doors.browser, at_the_doors.served, at_the_doors.window
page = at_the_doors.page

ELSEWHERE = re.compile("^https:")


@pytest.fixture
def leaving(page: Page) -> Page:
    """A conversation in a browser for which all the rest of the world is one empty page."""
    page.context.route(ELSEWHERE, lambda route: route.fulfill(body="elsewhere", content_type="text/html"))
    return page


def is_signed_out(page: Page, served: Served) -> None:
    page.goto(served.url)
    expect(page.get_by_label("Your access code")).to_be_visible()


def test_leaving_signs_out_and_back_does_not_lead_to_the_conversation(leaving: Page, served: Served) -> None:
    conversation = leaving.url
    leaving.get_by_role("button", name="Exit this page").click()
    expect(leaving).to_have_url(ELSEWHERE)
    leaving.go_back()
    assert leaving.url != conversation
    expect(leaving.get_by_role("button", name="Start a consultation")).to_be_hidden()
    is_signed_out(leaving, served)


def test_three_presses_of_shift_leave_and_each_is_said(leaving: Page, served: Served) -> None:
    leaving.get_by_label("Your message").focus()
    said = leaving.locator(".govuk-exit-this-page [role=status]")
    leaving.keyboard.press("Shift")
    expect(said).to_have_text("Shift, press 2 more times to exit.")
    leaving.keyboard.press("Shift")
    expect(said).to_have_text("Shift, press 1 more time to exit.")
    leaving.keyboard.press("Shift")
    expect(leaving).to_have_url(ELSEWHERE)
    is_signed_out(leaving, served)


def test_capitals_are_no_presses_of_shift(leaving: Page) -> None:
    leaving.get_by_label("Your message").focus()
    for letter in "ABCD":
        leaving.keyboard.press(f"Shift+{letter}")
    leaving.wait_for_timeout(300)
    expect(leaving.get_by_label("Your message")).to_have_value("ABCD")


def test_the_second_link_of_a_page_leaves_it(leaving: Page, served: Served) -> None:
    leaving.goto(f"{served.url}/another")
    leaving.keyboard.press("Tab")
    expect(leaving.get_by_role("link", name="Skip to the main part")).to_be_focused()
    leaving.keyboard.press("Tab")
    expect(leaving.get_by_role("link", name="Exit this page")).to_be_focused()
    leaving.keyboard.press("Enter")
    expect(leaving).to_have_url(ELSEWHERE)
    is_signed_out(leaving, served)


@pytest.fixture
def remembering(browser: Browser, served: Served) -> Iterator[Page]:
    """Somebody signed in, in a browser that keeps pages whole when they are left."""
    kept = {"ignore_default_args": ["--disable-back-forward-cache"], "args": ["--no-sandbox", "--disable-gpu"]}
    another = browser.browser_type.launch(executable_path=CHROMIUM, **kept)
    page = another.new_page()
    page.context.route(ELSEWHERE, lambda route: route.fulfill(body="elsewhere", content_type="text/html"))
    page.goto(served.url)
    page.get_by_label("Your access code").fill("kent-1")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Start a consultation")).to_be_visible()
    yield page
    another.close()


def test_a_browser_that_keeps_pages_whole_shows_none_of_them_after_leaving(remembering: Page, served: Served) -> None:
    remembering.goto(f"{served.url}/another")
    remembering.get_by_role("button", name="Exit this page").click()
    expect(remembering).to_have_url(ELSEWHERE)
    remembering.evaluate("history.back()")
    asked = remembering.get_by_label("Your access code")
    told = remembering.get_by_role("heading", name="You have been signed out")
    expect(asked.or_(told)).to_be_visible()
    expect(remembering.get_by_role("button", name="Start a consultation")).to_be_hidden()


def test_a_page_brought_back_while_still_signed_in_is_shown_again(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/another")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(page.get_by_role("button", name="Start a consultation")).to_be_hidden()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.get_by_role("button", name="Start a consultation")).to_be_visible()


# hiding


def read_out(page: Page) -> set[str]:
    """Return the names of everything that a screen reader would come by."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return {node["name"]["value"] for node in nodes if not node["ignored"] and node.get("name", {}).get("value")}


def test_the_page_can_be_hidden_from_whoever_walks_in(page: Page) -> None:
    assert "Conversation" in read_out(page)
    page.get_by_role("button", name="Hide").click()
    expect(page.get_by_role("button", name="Show the page again")).to_be_focused()
    assert page.title() == "School office"
    assert read_out(page) == {"School office", "Blank page", "Show the page again"}
    assert page.evaluate("document.elementFromPoint(200, 300).closest('dialog')?.id") == "veil"
    page.get_by_role("button", name="Show the page again").click()
    expect(page.get_by_role("log")).to_be_visible()
    assert "Conversation" in read_out(page)


@pytest.mark.parametrize("key", ["Enter", "Space", "Escape"])
def test_escape_twice_hides_and_one_key_brings_everything_back(page: Page, key: str) -> None:
    title = page.title()
    box = page.get_by_label("Your message")
    box.fill("not sent yet")
    box.focus()
    page.keyboard.press("Escape")
    expect(page.locator("#veil")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#veil")).to_be_visible()
    page.wait_for_timeout(1100)
    page.keyboard.press(key)
    expect(page.locator("#veil")).to_be_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value("not sent yet")
    assert page.title() == title
    assert page.complaints == []


def test_hammering_on_escape_does_not_bring_the_page_back(page: Page) -> None:
    for _ in range(7):
        page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    expect(page.locator("#veil")).to_be_visible()


def test_what_comes_meanwhile_is_not_told_by_the_title_and_not_taken_as_read(page: Page, served: Served) -> None:
    title, consultation = page.title(), consultation_of(page)
    page.get_by_role("button", name="Hide").click()
    told = []
    page.on("request", lambda request: told.append(request.url) if request.url.endswith("/seen") else None)
    served.tell(consultation, "said while the page was hidden")
    page.evaluate("document.title = '(1) ' + document.title")
    expect(page).to_have_title("School office")
    page.wait_for_timeout(500)
    assert told == []
    page.keyboard.press("Enter")
    expect(page.get_by_text("said while the page was hidden")).to_be_visible()
    assert page.title() != "School office"
    assert title in page.title() or "School office" in page.title()


@pytest.mark.parametrize("path", ["", "/another", "/staff"])
def test_every_page_can_be_hidden_and_left_and_says_what_that_does(page: Page, served: Served, path: str) -> None:
    page.goto(served.url + path)
    expect(page.get_by_role("button", name="Exit this page")).to_be_visible()
    page.get_by_text("How to leave or hide this page quickly").click()
    expect(page.get_by_text("It does not clear this browser’s history.")).to_be_visible()
    page.get_by_role("button", name="Hide").click()
    assert read_out(page) == {"School office", "Blank page", "Show the page again"}
