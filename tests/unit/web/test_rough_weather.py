"""The conversation in rough weather, in a real browser: reloads, tabs, Back, breaks, slowness, sleep, much of it."""

import asyncio
import re
import threading
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import tests.unit.web.test_in_a_browser as at_the_doors
from bot.desk.ports import Utterance
from bot.web.serve import server
from tests.fakes_web import make_app
from tests.unit.web.test_in_a_browser import CHROMIUM, Served, consultation_of, type_and_send
from tests.unit.web.weather import Weather
from tests.until import until_beside

pytestmark = pytest.mark.browser
window, page = at_the_doors.window, at_the_doors.page


class OutThere(Served):
    """A fake house with weather before its door. Its records outlive it."""

    def __init__(self) -> None:
        super().__init__()
        self.weather = Weather(int(self.url.rsplit(":", 1)[1]))
        self.url = f"http://127.0.0.1:{self.weather.port}"

    def begins_again(self, page: Page) -> None:
        """Let the server end and another begin over the same records."""
        self.weather.gone()
        self.stop()
        self.server = server(make_app(self.house, self.url), "127.0.0.1", self.weather.leads_to)
        self.thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self.thread.start()
        until_beside(page, lambda: self.server.started)
        self.weather.fair()

    def said(self, page: Page) -> list[str]:
        """Return what the records have of what the DSL said."""
        messages = self.house.kept[consultation_of(page)].messages
        return [message.utterance.text for message in messages if message.utterance.speaker == "dsl"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser that may keep pages whole when they are left, as those of people do."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    kept = {"ignore_default_args": ["--disable-back-forward-cache"], "args": ["--no-sandbox", "--disable-gpu"]}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, **kept)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def house() -> Iterator[OutThere]:
    house = OutThere()
    yield house
    house.weather.stop()
    house.stop()


@pytest.fixture
def served(house: OutThere, monkeypatch: pytest.MonkeyPatch) -> Iterator[OutThere]:
    monkeypatch.setattr("bot.web.events.RETRY_AFTER", 200)
    yield house
    house.weather.fair()
    house.house.signed.clear()


def own(page: Page):
    """Return what the DSL said, as the page shows it."""
    return page.locator(".turn--dsl .turn__body")


def in_order_and_once(page: Page) -> bool:
    numbers = page.locator(".turn").evaluate_all("turns => turns.map(turn => Number(turn.dataset.number))")
    return numbers == list(range(1, len(numbers) + 1))


def box(page: Page):
    return page.locator("#text")


def tab_beside(page: Page) -> Page:
    """Open the same consultation once more."""
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(".turn")).to_have_count(page.locator(".turn").count())
    expect(other.get_by_role("log")).to_have_attribute("aria-live", "polite")
    return other


def newest_is_in_view(page: Page) -> bool:
    return page.evaluate("log.scrollHeight - log.scrollTop - log.clientHeight < 60")


def shows(page: Page, hidden: bool) -> None:
    """Put a page behind another, or before it again."""
    page.evaluate(
        """hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange')); }""",
        hidden,
    )


def with_hands_on_the_clock(page: Page) -> None:
    """Load a page whose clock can be put forward."""
    page.clock.install()
    page.reload()
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")


# reload


def test_a_reload_in_the_middle_loses_nothing_and_doubles_nothing(page: Page) -> None:
    for text in ("he is always hungry", "and he is often late", "and he wears no coat"):
        type_and_send(page, text)
        expect(own(page).last).to_have_text(text)
    expect(page.locator("#writing")).to_be_hidden()
    before = page.locator(".turn__body").all_inner_texts()
    page.reload()
    expect(page.locator(".turn")).to_have_count(len(before))
    assert page.locator(".turn__body").all_inner_texts() == before
    assert in_order_and_once(page)
    expect(box(page)).to_have_value("")
    until_beside(page, lambda: newest_is_in_view(page))
    assert page.evaluate("scrollY") == 0, "the page itself has not moved"
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main part")).to_be_focused()
    assert page.complaints == []


def test_a_reload_while_a_message_is_on_its_way_brings_its_words_back(page: Page, served: OutThere) -> None:
    page.route("**/messages", lambda route: None)  # it never gets there
    type_and_send(page, "he is always hungry")
    expect(box(page)).to_have_value("")
    expect(page.locator("#writing-words")).to_contain_text("Sending")
    page.reload()
    expect(box(page)).to_have_value("he is always hungry")
    assert served.said(page) == []
    page.unroute("**/messages")
    box(page).press("Enter")
    expect(own(page)).to_have_text(["he is always hungry"])


def test_a_reload_after_a_message_got_there_does_not_bring_it_back_twice(page: Page, served: OutThere) -> None:
    served.weather.loses_answers()
    type_and_send(page, "mum Sharon shouts")
    until_beside(page, lambda: served.said(page))
    served.weather.fair()
    page.reload()
    expect(own(page)).to_have_text(["mum [parent 1] shouts"])
    page.wait_for_timeout(300)
    expect(box(page)).to_have_value("")
    assert served.said(page) == ["mum [parent 1] shouts"]


# two tabs


def test_what_is_said_in_one_tab_is_in_the_other_once(page: Page, served: OutThere) -> None:
    other = tab_beside(page)
    type_and_send(page, "he is always hungry")
    expect(own(other)).to_have_text(["he is always hungry"])
    type_and_send(other, "and often late")
    expect(own(page)).to_have_text(["he is always hungry", "and often late"])
    expect(own(other)).to_have_text(["he is always hungry", "and often late"])
    until_beside(page, lambda: page.locator(".turn").count() == other.locator(".turn").count())
    assert in_order_and_once(page)
    assert in_order_and_once(other)
    assert served.said(page) == ["he is always hungry", "and often late"]


def test_an_answer_pressed_in_one_tab_is_gone_in_the_other(page: Page) -> None:
    other = tab_beside(page)
    kent = other.get_by_role("button", name="Kent", exact=True)
    kent.focus()
    page.get_by_role("button", name="Kent", exact=True).click()
    expect(kent).to_be_hidden()
    assert other.evaluate("document.activeElement === log"), "the focus did not go with the button"
    expect(other.get_by_role("button", name="Yes", exact=True)).to_be_visible()


def test_what_stands_in_the_box_of_one_tab_outlives_a_message_of_the_other(page: Page) -> None:
    other = tab_beside(page)
    with other.expect_response("**/unsent"):
        box(other).press_sequentially("mum Sharon shouts")
    with other.expect_response("**/unsent"):
        type_and_send(page, "he is always hungry")
    expect(box(other)).to_have_value("mum Sharon shouts")
    other.reload()
    expect(box(other)).to_have_value("mum [parent 1] shouts")


def test_a_session_that_ends_in_one_tab_ends_in_the_other(page: Page, served: OutThere) -> None:
    other = tab_beside(page)
    page.get_by_role("button", name="Hide").focus()
    page.evaluate("fetch('/api/session', { method: 'DELETE' })")
    for one in (page, other):
        expect(one.get_by_role("alertdialog", name="You have been signed out")).to_be_visible()
        expect(one.get_by_role("log")).to_be_hidden()


# back and forward


@pytest.mark.parametrize("way", ["outcome", "record", "/staff"])
def test_back_from_another_page_finds_the_conversation_and_what_was_typed(
    page: Page, served: OutThere, way: str
) -> None:
    consultation = consultation_of(page)
    type_and_send(page, "he is always hungry")
    expect(own(page)).to_have_text(["he is always hungry"])
    box(page).press_sequentially("and often late")
    page.goto(served.url + way if way.startswith("/") else f"{page.url}/{way}")
    served.tell(consultation, "said meanwhile")
    page.go_back()
    expect(page.get_by_text("said meanwhile")).to_be_visible()
    expect(own(page)).to_have_text(["he is always hungry"])
    expect(box(page)).to_have_value("and often late")
    assert in_order_and_once(page)
    page.go_forward()
    page.go_back()
    expect(box(page)).to_have_value("and often late")


def leave_and_come_back(page: Page, path: str = "/staff") -> None:
    page.evaluate("window.same = true")
    page.evaluate("path => { location.href = path; }", path)
    page.wait_for_url(f"**{path}")
    page.evaluate("history.back()")


def test_a_browser_is_asked_to_store_nothing_and_loads_the_conversation_anew(page: Page, served: OutThere) -> None:
    talk = page.url
    leave_and_come_back(page)
    page.wait_for_url(talk)
    expect(page.get_by_role("button", name="Kent", exact=True)).to_be_visible()
    assert page.evaluate("window.same") is None, "it was loaded anew"
    assert page.evaluate("performance.getEntriesByType('navigation')[0].notRestoredReasons?.reasons.length > 0")


def test_a_conversation_that_was_put_aside_whole_goes_on_when_it_is_brought_back(page: Page, served: OutThere) -> None:
    served.weather.may_be_kept = True  # some browsers put aside what they should not store
    consultation = consultation_of(page)
    page.reload()
    expect(page.get_by_role("button", name="Kent", exact=True)).to_be_visible()
    box(page).press_sequentially("mum Sharon shouts")
    leave_and_come_back(page)
    page.wait_for_function("window.same === true")
    served.tell(consultation, "said when it was back")
    expect(page.get_by_text("said when it was back")).to_be_visible()
    expect(box(page)).to_have_value("mum Sharon shouts")
    assert in_order_and_once(page)


@pytest.mark.parametrize("kept", [False, True])
def test_back_after_signing_out_does_not_show_the_conversation(page: Page, served: OutThere, kept: bool) -> None:
    served.weather.may_be_kept = kept
    page.reload()
    expect(page.get_by_role("button", name="Kent", exact=True)).to_be_visible()
    page.evaluate("path => { location.href = path; }", "/staff")
    page.wait_for_url("**/staff")
    page.evaluate("fetch('/api/session', { method: 'DELETE' })")
    until_beside(page, lambda: not served.house.signed)
    page.evaluate("history.back()")
    told = page.get_by_role("heading", name="You have been signed out")
    expect(told.or_(page.get_by_label("Your access code"))).to_be_visible()
    expect(page.get_by_role("log")).to_be_hidden()
    expect(page.get_by_text("Which council")).to_be_hidden()


# no network


def test_offline_in_mid_message_gives_the_words_back_and_says_so_with_999(page: Page, served: OutThere) -> None:
    page.clock.install()
    served.weather.gone()
    page.context.set_offline(True)
    type_and_send(page, "mum Sharon shouts")
    for _ in range(3):
        page.wait_for_timeout(200)
        page.clock.fast_forward(4_000)
    expect(box(page)).to_have_value("mum Sharon shouts")
    trouble = page.locator("#trouble")
    expect(trouble).to_contain_text("It is back in the box")
    expect(trouble).to_contain_text("999")
    expect(page.get_by_role("link", name="Ring 999")).to_be_in_viewport()
    page.wait_for_timeout(300)
    expect(trouble).to_contain_text("It is back in the box")  # not written over by the break itself
    served.weather.fair()
    page.context.set_offline(False)
    box(page).press("Enter")
    expect(own(page)).to_have_text(["mum [parent 1] shouts"])
    expect(trouble).to_be_hidden()
    assert served.said(page) == ["mum [parent 1] shouts"]


def test_a_break_is_said_with_999_and_taken_back_when_it_is_over(page: Page, served: OutThere) -> None:
    served.weather.gone()
    expect(page.locator("#trouble")).to_contain_text("The connection is gone")
    expect(page.locator("#trouble")).to_contain_text("999")
    served.weather.fair()
    expect(page.locator("#trouble")).to_be_hidden()


def test_a_message_whose_answer_was_lost_is_said_once(page: Page, served: OutThere) -> None:
    served.weather.loses_answers()
    type_and_send(page, "mum Sharon shouts")
    until_beside(page, lambda: served.said(page))
    served.weather.fair()
    expect(page.locator("#writing")).to_be_hidden()
    expect(own(page)).to_have_text(["mum [parent 1] shouts"])
    expect(box(page)).to_have_value("")
    expect(page.locator("#trouble")).to_be_hidden()
    assert served.said(page) == ["mum [parent 1] shouts"]
    assert in_order_and_once(page)


def test_words_given_back_go_when_it_turns_out_that_they_were_kept(page: Page, served: OutThere) -> None:
    page.clock.install()
    served.weather.loses_answers()
    type_and_send(page, "mum Sharon shouts")
    until_beside(page, lambda: served.said(page))
    served.weather.gone()
    for _ in range(4):
        page.wait_for_timeout(200)
        page.clock.fast_forward(4_000)
    expect(box(page)).to_have_value("mum Sharon shouts")
    served.weather.fair()
    expect(own(page)).to_have_text(["mum [parent 1] shouts"])
    expect(box(page)).to_have_value("")
    expect(page.locator("#trouble")).to_be_hidden()
    type_and_send(page, "mum Sharon shouts")  # meant this time
    expect(own(page)).to_have_count(2)
    assert len(served.said(page)) == 2


def test_a_gateway_that_gives_up_on_a_message_that_was_kept_changes_nothing(page: Page, served: OutThere) -> None:
    page.clock.install()

    def lose(route) -> None:
        route.fetch()
        route.fulfill(status=504, body="")

    page.route("**/messages", lose)
    type_and_send(page, "he is always hungry")
    for _ in range(4):
        page.wait_for_timeout(200)
        page.clock.fast_forward(4_000)
    expect(page.locator("#writing")).to_be_hidden()
    expect(own(page)).to_have_text(["he is always hungry"])
    expect(box(page)).to_have_value("")
    expect(page.locator("#trouble")).to_be_hidden()
    assert served.said(page) == ["he is always hungry"]


def test_a_connection_that_dies_without_a_word_is_noticed(page: Page, served: OutThere) -> None:
    with_hands_on_the_clock(page)
    served.weather.silent()
    type_and_send(page, "he is always hungry")
    served.tell(consultation_of(page), "said into the silence")
    page.wait_for_timeout(300)
    assert served.said(page) == []
    with page.expect_request("**/messages"):  # it is tried again
        page.clock.fast_forward(31_000)
        page.wait_for_timeout(100)
        page.clock.fast_forward(2_000)
    with page.expect_request("**/events?after=2"):  # nothing was heard for too long
        page.clock.fast_forward(20_000)
    served.weather.fair()
    page.clock.fast_forward(5_000)
    expect(page.get_by_text("said into the silence")).to_be_visible()
    expect(own(page)).to_have_text(["he is always hungry"])
    assert served.said(page) == ["he is always hungry"]


def test_a_stream_that_is_cut_many_times_misses_nothing(page: Page, served: OutThere) -> None:
    for number in range(12):
        served.tell(consultation_of(page), f"part {number}.")
        served.weather.cut()
        page.wait_for_timeout(60 * (number % 4))
    expect(page.get_by_text("part 11.")).to_be_visible()
    assert re.findall(r"part (\d+)\.", page.locator("#log").inner_text()) == [str(number) for number in range(12)]
    assert in_order_and_once(page)
    expect(page.locator("#trouble")).to_be_hidden()


def test_a_server_that_begins_again_in_the_middle_is_not_noticed(page: Page, served: OutThere) -> None:
    type_and_send(page, "he is always hungry")
    expect(own(page)).to_have_text(["he is always hungry"])
    served.begins_again(page)
    type_and_send(page, "and often late")
    expect(own(page)).to_have_text(["he is always hungry", "and often late"])
    served.tell(consultation_of(page), "said by the new one")
    expect(page.get_by_text("said by the new one")).to_be_visible()
    expect(page.locator("#trouble")).to_be_hidden()
    assert in_order_and_once(page)


# a slow network


def slowly(page: Page, bytes_each_second: int, latency: int) -> None:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    rates = {"downloadThroughput": bytes_each_second, "uploadThroughput": bytes_each_second}
    wire.send("Network.emulateNetworkConditions", {"offline": False, "latency": latency, **rates})


# At once, so that it falls into the first message's being on its way however slow this machine is.
IMPATIENCE = """next => {
  const box = document.getElementById("text"), send = document.querySelector("#composer button[type=submit]");
  const pressed = { key: "Enter", bubbles: true, cancelable: true };
  const enter = () => box.dispatchEvent(new KeyboardEvent("keydown", pressed));
  for (let n = 0; n < 3; n++) { enter(); send.click(); }
  box.value = next;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  for (let n = 0; n < 3; n++) enter();
}"""


@pytest.mark.parametrize(("bytes_each_second", "latency"), [(200_000, 560), (50_000, 2000)], ids=["3G", "400 kbit/s"])
def test_on_a_slow_network_impatience_sends_nothing_twice(
    page: Page, served: OutThere, bytes_each_second: int, latency: int
) -> None:
    slowly(page, bytes_each_second, latency)
    type_and_send(page, "he is always hungry")
    expect(page.locator("#writing-words")).to_contain_text("Sending")
    send = page.get_by_role("button", name="Send", exact=True)
    expect(send).to_have_attribute("aria-disabled", "true")
    page.evaluate(IMPATIENCE, "and often late")
    expect(box(page)).to_have_value("and often late")  # it waits its turn
    expect(send).to_have_attribute("aria-disabled", "false")
    box(page).press("Enter")
    expect(send).to_have_attribute("aria-disabled", "true")
    expect(send).to_have_attribute("aria-disabled", "false")
    assert served.said(page) == ["he is always hungry", "and often late"]
    expect(own(page)).to_have_text(["he is always hungry", "and often late"])
    assert in_order_and_once(page)


def test_on_a_slow_network_an_answer_that_is_pressed_many_times_is_said_once(page: Page, served: OutThere) -> None:
    slowly(page, 50_000, 1000)
    expect(page.locator(".reply")).to_have_count(5)
    for _ in range(3):
        page.evaluate("document.querySelectorAll('.reply').forEach(answer => answer.click())")
    expect(page.get_by_role("button", name="Yes", exact=True)).to_be_visible()
    expect(page.locator("#writing")).to_be_hidden()
    page.wait_for_timeout(300)
    assert served.said(page) == ["Kent"]


def test_an_answer_that_is_drawn_while_another_is_on_its_way_waits_and_shows_it(page: Page, served: OutThere) -> None:
    held = []
    page.route("**/messages", lambda route: held.append((route, route.fetch())), times=1)
    page.locator(".reply").first.click()
    drawn = page.get_by_role("button", name="Yes", exact=True)
    expect(drawn).to_have_attribute("aria-disabled", "true")  # the stream brought it
    until_beside(page, lambda: held)
    drawn.evaluate("answer => answer.click()")
    for route, answer in held:
        route.fulfill(response=answer)
    expect(drawn).to_have_attribute("aria-disabled", "false")
    assert served.said(page) == ["Kent"], "a second tap that landed on it answered nothing"
    drawn.click()
    expect(own(page)).to_have_text(["Kent", "Yes"])
    assert in_order_and_once(page)


# sleep, and pages that nobody looks at


def test_a_page_that_was_frozen_has_everything_when_it_thaws(page: Page, served: OutThere) -> None:
    wire = page.context.new_cdp_session(page)
    wire.send("Page.enable")
    wire.send("Page.setWebLifecycleState", {"state": "frozen"})
    for text in ("said in its sleep", "and this too"):
        served.tell(consultation_of(page), text)
    wire.send("Page.setWebLifecycleState", {"state": "active"})
    expect(page.get_by_text("and this too")).to_be_visible()
    assert in_order_and_once(page)
    type_and_send(page, "he is always hungry")
    expect(own(page)).to_have_text(["he is always hungry"])


def test_a_machine_that_wakes_connects_anew(page: Page, served: OutThere) -> None:
    with_hands_on_the_clock(page)
    with page.expect_request("**/events?after=2"):
        page.clock.fast_forward(3 * 3600 * 1000)
    served.tell(consultation_of(page), "said after it woke")
    expect(page.get_by_text("said after it woke")).to_be_visible()
    assert in_order_and_once(page)


def test_the_title_counts_what_comes_while_nobody_looks(page: Page, served: OutThere) -> None:
    title = page.title()
    shows(page, hidden=True)
    served.tell(consultation_of(page), "first")
    expect(page).to_have_title(f"(1) {title}")
    served.tell(consultation_of(page), "second")
    expect(page).to_have_title(f"(2) {title}")
    shows(page, hidden=False)
    expect(page).to_have_title(title)


# very much of it


def test_a_very_long_message_is_whole_and_breaks_nothing(page: Page, served: OutThere) -> None:
    low = box(page).bounding_box()["height"]
    long = "x" * 3000 + " " + "he is always hungry. " * 300 + "end"
    box(page).fill(long)
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_in_viewport()
    box(page).press("Enter")
    expect(own(page)).to_contain_text("end")
    assert own(page).inner_text() == long
    expect(box(page)).to_have_value("")
    assert box(page).bounding_box()["height"] <= low + 4
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth && log.scrollWidth <= log.clientWidth")
    expect(page.get_by_role("link", name="Ring 999")).to_be_in_viewport()


def test_three_hundred_messages_are_there_soon_and_the_newest_is_in_view(page: Page, served: OutThere) -> None:
    consultation, talk = consultation_of(page), page.url
    page.goto("about:blank")
    said = [Utterance("duty_worker", f"This is number {number}. " * 5) for number in range(298)]
    served.loop.call_soon_threadsafe(served.house.tells, consultation, *said)
    until_beside(page, lambda: len(served.house.kept[consultation].messages) == 300)
    began = time.monotonic()
    page.goto(talk)
    expect(page.locator(".turn")).to_have_count(300, timeout=10_000)
    until_beside(page, lambda: newest_is_in_view(page))
    assert time.monotonic() - began < 10, "seconds, on a machine that does much else"
    page.evaluate("log.scrollTop = 0")
    expect(page.locator("#newer")).to_have_text("To the newest message")
    served.tell(consultation, "said below")
    expect(page.locator("#newer")).to_have_text("1 new message below")
    assert page.evaluate("log.scrollTop") == 0  # who reads above is left there
    page.locator("#newer").click()
    expect(page.get_by_text("said below")).to_be_in_viewport()
    assert in_order_and_once(page)
