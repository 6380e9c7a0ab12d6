"""Room for what matters: on a phone for what is said, at the desk for a case with its conversation and the box."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accessibility.house import Doors, duty_worker
from tests.accessibility.visit import Visit, visiting
from tests.fakes_web import WORKERS

pytestmark = pytest.mark.browser
LONG_NAME = "Duty social worker, Kent (demo)"
LAPTOP = {"width": 1366, "height": 768}


@pytest.fixture(params=[True, False], ids=["a phone", "a narrow window"])
def talk(request, browser: Browser, doors: Doors, packages) -> Iterator[Page]:
    """A conversation that is taken up again."""
    with visiting(browser, doors, {}, has_touch=request.param, is_mobile=request.param) as visit:
        page = visit.as_dsl().talks("kent", "he is always hungry")
        page.reload()
        expect(page.locator("#back")).to_be_visible()
        expect(page.locator("#steps")).to_be_visible()
        yield page


@pytest.fixture
def desk(browser: Browser, doors: Doors, packages) -> Iterator[Visit]:
    with visiting(browser, doors, {}, viewport=LAPTOP) as visit:
        visit.as_dsl().as_worker(replace(WORKERS["mel"], name=LONG_NAME))
        yield visit


def sized(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(100)


def is_in_view(page: Page, selector: str) -> bool:
    """Whether all of it is within the window, with nothing over its middle."""
    return page.locator(selector).evaluate(
        """it => { const box = it.getBoundingClientRect();
            const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth
                && (it.contains(top) || top?.contains(it)); }"""
    )


def test_half_of_a_phone_is_for_what_is_said(talk: Page) -> None:
    sized(talk, 390, 844)
    assert talk.locator("#log").bounding_box()["height"] >= 844 / 2
    for seen in (".numbers__now a", ".numbers__late a", "#text", "#composer button", "#acts button"):
        assert is_in_view(talk, seen), seen
    assert talk.evaluate("document.documentElement.scrollHeight") == 844, "the page itself has nothing to scroll"


def test_what_a_phone_does_not_show_is_there_to_be_heard(talk: Page) -> None:
    sized(talk, 390, 844)
    heard = talk.locator("body").aria_snapshot()
    for words in ("A child in danger now?", "checked 2 Nov 2026", "With the assistant.", "You are back"):
        assert words in heard, words


@pytest.mark.parametrize(("width", "height"), [(390, 500), (320, 568), (320, 420), (320, 256)])
def test_with_a_keyboard_open_the_box_and_999_are_covered_by_nothing(talk: Page, width: int, height: int) -> None:
    sized(talk, width, height)
    talk.locator("#text").focus()
    for seen in ("#text", ".numbers__now a"):
        assert is_in_view(talk, seen), seen
    assert talk.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "height"), [(320, 256), (390, 512)])
def test_much_enlarged_all_of_the_page_is_still_there(browser: Browser, doors: Doors, width: int, height: int) -> None:
    with visiting(browser, doors, {}) as visit:
        page = visit.as_dsl().talks("kent")
        sized(page, width, height)
        for there in ("Start", "Sign out"):
            expect(page.locator(".top__nav").get_by_text(there, exact=True)).to_be_visible()
        expect(page.locator(".side summary").first).to_be_visible()


def test_the_menu_of_the_desk_is_one_line_and_a_long_name_gives_way(desk: Visit) -> None:
    page = desk.goes("/duty/")
    parts = [part.bounding_box() for part in page.locator(".top__nav :is(a, button, .who)").all() if part.is_visible()]
    middles = [part["y"] + part["height"] / 2 for part in parts]
    assert len(middles) > 9, "all that a manager's menu has"
    assert max(middles) - min(middles) < 6
    assert page.locator(".top__nav").bounding_box()["height"] < 52
    assert LONG_NAME in page.locator(".top__nav").aria_snapshot()
    expect(desk.goes("/duty/account").locator("main")).to_contain_text(LONG_NAME)


@pytest.mark.parametrize("height", [768, 650])
def test_a_case_shows_its_brief_its_conversation_and_the_box_at_once(desk: Visit, height: int) -> None:
    case = desk.claimed()
    for _ in range(8):
        desk.house.tells(case.removeprefix("case-"), duty_worker("Hello, I have read it. Is he in school today?"))
    page = desk.goes(f"/duty/cases/{case}")
    sized(page, 1366, height)
    for seen in ("#text", "#write button", "#log", "#brief-heading", "#talk-heading"):
        assert is_in_view(page, seen), seen
    assert page.locator("#brief").bounding_box()["y"] < height / 2
    assert page.locator("#log").bounding_box()["height"] >= 128
