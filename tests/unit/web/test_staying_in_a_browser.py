"""The end of a sign-in, in a real browser: said beforehand, put off by one key, and said when it has come."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

import tests.unit.web.test_in_a_browser as at_the_doors
from tests.unit.web.test_in_a_browser import Served, at_the_desk

pytestmark = pytest.mark.browser
browser, served, window = at_the_doors.browser, at_the_doors.served, at_the_doors.window
page = at_the_doors.page

SOON, LATER = timedelta(seconds=125), timedelta(hours=10)


@pytest.fixture(autouse=True)
def _lasting(served: Served) -> Iterator[None]:
    yield
    served.house.lasts = LATER


def asked(page: Page):
    """Return the question whether one wants to stay."""
    return page.get_by_role("alertdialog", name="You are about to be signed out")


def soon_over(page: Page, served: Served) -> None:
    """Have a page loaded two minutes before the sign-in ends."""
    served.house.lasts = SOON
    page.reload()
    expect(asked(page)).to_be_visible()


def test_who_is_about_to_be_signed_out_is_told_two_minutes_before_and_stays_by_one_key(
    page: Page, served: Served
) -> None:
    stayed = served.house.stayed
    soon_over(page, served)
    expect(asked(page)).to_contain_text("You will be signed out in 2 minutes.")
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(asked(page)).to_be_hidden()
    assert served.house.stayed == stayed + 1
    assert page.complaints == []


def test_escape_stays_too_and_the_focus_goes_back_to_where_it_was(page: Page, served: Served) -> None:
    page.clock.install()
    page.reload()
    box = page.get_by_label("Your message")
    box.fill("not sent yet")
    box.focus()
    served.house.lasts = SOON
    page.clock.fast_forward(601_000)
    expect(asked(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(asked(page)).to_be_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value("not sent yet")
    assert served.house.stayed


def test_it_is_counted_down_at_a_few_moments_and_not_every_second(page: Page, served: Served) -> None:
    page.clock.install()
    soon_over(page, served)
    page.route("**/api/session", lambda route: route.abort())  # what is left is told by nobody else
    page.evaluate("""
        window.said = [];
        new MutationObserver(() => window.said.push(document.getElementById("staying-left").textContent))
            .observe(document.getElementById("staying-left"), { childList: true });
    """)
    page.clock.run_for(118_000)
    assert [line.removeprefix("You will be signed out in ") for line in page.evaluate("window.said")] == [
        "1 minute and 30 seconds.",
        "1 minute.",
        "30 seconds.",
        "10 seconds.",
    ]


def test_nothing_is_asked_when_another_tab_has_just_been_used(page: Page, served: Served) -> None:
    page.clock.install()
    served.house.lasts = timedelta(minutes=10)
    page.reload()
    expect(page.get_by_role("log")).to_be_visible()
    served.house.lasts = LATER
    with page.expect_response("**/api/session"):
        page.clock.fast_forward(480_000)
    page.wait_for_timeout(200)
    expect(asked(page)).to_be_hidden()


def test_the_question_goes_away_when_another_tab_is_used(page: Page, served: Served) -> None:
    page.clock.install()
    soon_over(page, served)
    served.house.lasts = LATER
    page.clock.run_for(16_000)
    expect(asked(page)).to_be_hidden()


def test_nothing_is_laid_over_a_page_that_is_hidden_until_it_is_shown_again(page: Page, served: Served) -> None:
    page.clock.install()
    page.reload()
    page.get_by_role("button", name="Hide").click()
    served.house.lasts = SOON
    with page.expect_response("**/api/session"):
        page.clock.fast_forward(601_000)
    page.wait_for_timeout(200)
    expect(asked(page)).to_be_hidden()
    page.keyboard.press("Enter")
    expect(asked(page)).to_be_visible()


def test_who_cannot_stay_is_told_so_and_not_offered_it(page: Page, served: Served) -> None:
    answer = '{"seconds_left": 100, "can_stay": false}'
    page.route("**/api/session", lambda route: route.fulfill(body=answer, content_type="application/json"))
    page.reload()
    expect(asked(page)).to_contain_text("for as long as this allows")
    expect(page.get_by_role("button", name="Stay signed in")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(asked(page)).to_be_hidden()


def test_when_it_is_over_the_page_says_so_with_the_numbers_and_shows_no_more(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/another")
    served.house.lasts = timedelta(seconds=3)
    page.reload()
    expect(asked(page)).to_be_visible()
    served.house.signed.clear()
    over = page.get_by_role("alertdialog", name="You have been signed out")
    expect(over).to_be_visible(timeout=10_000)
    expect(over.get_by_role("link", name="999")).to_have_attribute("href", "tel:999")
    expect(over.get_by_role("link", name="03000 419191")).to_be_visible()
    expect(over).to_contain_text("What you sent is kept.")
    expect(page.get_by_role("button", name="Start a consultation")).to_be_hidden()
    assert page.title().startswith("Signed out")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(over).to_be_visible()
    over.get_by_role("button", name="Sign in again").click()
    expect(page.get_by_label("Your access code")).to_be_visible()


def test_a_conversation_says_at_once_that_it_was_signed_out_elsewhere(page: Page, served: Served) -> None:
    served.house.signed.clear()
    served.loop.call_soon_threadsafe(served.house.bells.something_new)
    expect(page.get_by_role("alertdialog", name="You have been signed out")).to_be_visible()
    expect(page.get_by_role("log")).to_be_hidden()


def test_the_desk_is_asked_too_and_can_sign_out_there(page: Page, served: Served) -> None:
    desk = at_the_desk(page, served)
    soon_over(desk, served)
    asked(desk).get_by_role("button", name="Sign out").click()
    expect(desk.get_by_label("Login")).to_be_visible()
