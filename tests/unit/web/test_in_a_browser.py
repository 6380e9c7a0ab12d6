"""The widget and the console in a real browser, with a fake house behind them."""

import asyncio
import shutil
import socket
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from bot.desk.ports import Utterance
from bot.web.serve import server
from tests.fakes_web import FakeHouse, make_app

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Served:
    """A fake house that answers on loopback."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.house = FakeHouse()
        self.server = server(make_app(self.house, self.url), "127.0.0.1", port)
        self.thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self.thread.start()

    async def _serve(self) -> None:
        self.loop = asyncio.get_running_loop()
        await self.server.serve()

    def tell(self, consultation: str, text: str) -> None:
        """Let a duty worker say something."""
        self.loop.call_soon_threadsafe(self.house.tells, consultation, Utterance("duty_worker", text))

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    served = Served()
    yield served
    served.stop()


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext, served: Served) -> Page:
    """A conversation that has just been opened. Whatever the page complains of fails the test."""
    page = window.new_page()
    page.complaints = []
    page.asked_for = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: page.asked_for.append(request.url))
    page.goto(served.url)
    page.get_by_label("Your access code").fill("kent-1")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Start a consultation").click()
    expect(page.get_by_role("button", name="Kent", exact=True)).to_be_visible()
    return page


def consultation_of(page: Page) -> str:
    return page.url.rsplit("/", 1)[1]


def test_a_consultation_by_keyboard_alone(page: Page, served: Served) -> None:
    box = page.get_by_label("Your message")
    box.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Not sure")).to_be_focused()
    page.get_by_role("button", name="Kent", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("immediate danger")).to_be_visible()
    expect(box).to_be_focused()
    page.keyboard.type("first line")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("mum Sharon <b>shouts</b>")
    page.keyboard.press("Enter")
    own = page.locator(".turn--dsl").last
    expect(own).to_contain_text("mum [parent 1] <b>shouts</b>")
    expect(own).to_contain_text("I took out 1 name, shown as [parent 1]")
    expect(own.locator("b", has_text="shouts")).to_have_count(0)
    expect(box).to_have_value("")
    assert page.complaints == []
    assert "Sharon" not in page.content(), "what was typed stands in the page only while its mark is open"
    assert all(url.startswith(served.url) for url in page.asked_for), "no request leaves this house"


def test_a_reload_brings_everything_back_in_order(page: Page) -> None:
    page.get_by_role("button", name="Kent", exact=True).click()
    expect(page.locator(".turn")).to_have_count(4)
    before = page.locator(".turn__body").all_inner_texts()
    page.reload()
    expect(page.locator(".turn")).to_have_count(4)
    assert page.locator(".turn__body").all_inner_texts() == before
    expect(page.get_by_role("button", name="Kent", exact=True)).to_be_hidden()


def test_what_was_there_before_is_not_read_out_and_what_comes_is(page: Page) -> None:
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    assert page.locator(".turn b").first.inner_text() == "Assistant", "every message names its speaker"


def test_nothing_is_lost_while_the_connection_is_gone(page: Page, served: Served) -> None:
    page.context.set_offline(True)
    served.tell(consultation_of(page), "said while nobody was connected")
    page.get_by_label("Your message").fill("typed while offline")
    page.get_by_role("button", name="Send", exact=True).click()
    page.context.set_offline(False)
    expect(page.get_by_text("said while nobody was connected")).to_be_visible(timeout=15_000)
    expect(page.locator(".turn--dsl", has_text="typed while offline")).to_have_count(1, timeout=15_000)
    numbers = [int(turn.get_attribute("data-number")) for turn in page.locator(".turn").all()]
    assert numbers == sorted(set(numbers))


def type_and_send(page: Page, text: str) -> None:
    page.get_by_label("Your message").focus()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_a_mark_is_opened_put_back_and_the_word_stays_in_all_by_keyboard(page: Page, served: Served) -> None:
    type_and_send(page, "[word] 🙂 the Zumbatron, mum Sharon, 07700900123")
    own = page.locator(".turn--dsl").last
    expect(own).to_contain_text("Press a mark to see what you typed")
    marks = own.locator("button.mark")
    expect(marks).to_have_count(3)  # the first was typed with its brackets: nothing was taken out there
    marks.first.focus()
    page.keyboard.press("Enter")
    expect(own).to_contain_text("You typed: Zumbatron. It is not kept.")
    expect(marks.first).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(own).not_to_contain_text("You typed")
    expect(marks.first).to_be_focused()
    marks.last.press("Enter")
    expect(own).to_contain_text("You typed: 07700900123. It is not kept.")
    expect(own.get_by_role("button", name="put it back")).to_have_count(0)
    marks.nth(1).press("Enter")
    expect(own).to_contain_text("You typed: Sharon. It is not kept.")
    expect(own).not_to_contain_text("07700900123")  # one at a time
    marks.first.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="This was not a name – put it back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(own.locator(".turn__body")).to_contain_text("the Zumbatron, mum [parent 1], [phone]")
    expect(own.locator("button.mark")).to_have_count(2)
    expect(own.locator(".turn__body")).to_be_focused()
    kept = served.house.kept[consultation_of(page)].messages
    assert [m.utterance.text for m in kept if m.utterance.speaker == "dsl"] == [
        "[word] 🙂 the Zumbatron, mum [parent 1], [phone]"
    ]
    type_and_send(page, "the Zumbatron again")
    expect(page.locator(".turn--dsl").last.locator(".turn__body")).to_have_text("the Zumbatron again")
    assert page.complaints == []


def test_what_was_typed_is_in_no_store_of_the_browser_and_gone_after_a_reload(page: Page) -> None:
    type_and_send(page, "mum Sharon")
    expect(page.locator("button.mark")).to_have_count(1)
    stores = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state])")
    assert "Sharon" not in stores
    page.reload()
    expect(page.locator(".turn--dsl .turn__body mark")).to_have_text("[parent 1]")
    expect(page.locator("button.mark")).to_have_count(0)


def test_a_preview_comes_when_typing_pauses_and_goes_when_it_is_sent(page: Page, served: Served) -> None:
    told = page.locator("#preview")
    page.get_by_label("Your message").press_sequentially("mum Sharon at the Zumbatron, 07700900123")
    expect(told).to_have_text("Will be taken out when you send: Sharon, Zumbatron, 07700900123.")
    page.get_by_role("button", name="“Zumbatron”: not a name").press("Enter")
    expect(told).to_have_text("Will be taken out when you send: Sharon, 07700900123.")
    expect(page.get_by_label("Your message")).to_be_focused()
    asked = served.house.previewed
    page.keyboard.press("Enter")
    expect(page.locator(".turn--dsl .turn__body").last).to_have_text("mum [parent 1] at the Zumbatron, [phone]")
    expect(told).to_have_text("")
    expect(page.locator("#preview-acts button")).to_have_count(0)
    assert served.house.previewed == asked
    assert page.complaints == []


def test_vaguer_words_go_into_the_box(page: Page) -> None:
    box = page.get_by_label("Your message")
    box.press_sequentially("🙂 mum Sharon says she is the only wheelchair user here")
    expect(page.locator("#preview")).to_contain_text("May point to one child: “the only wheelchair user”.")
    page.get_by_role("button", name="Say instead: someone with a disability (the only wheelchair user)").click()
    expect(box).to_have_value("🙂 mum Sharon says she is someone with a disability here")
    expect(box).to_be_focused()
    expect(page.locator("#preview")).to_have_text("Will be taken out when you send: Sharon.")


def test_a_preview_that_fails_is_silent_unless_nothing_can_be_taken_in(page: Page, served: Served) -> None:
    page.route("**/preview", lambda route: route.abort())
    box = page.get_by_label("Your message")
    box.press_sequentially("mum Sharon")
    page.wait_for_timeout(900)
    expect(page.locator("#preview")).to_have_text("")
    expect(page.locator("#trouble")).to_be_hidden()
    page.unroute("**/preview")
    served.house.shut = True
    try:
        box.press_sequentially(" again")
        expect(page.locator("#preview")).to_contain_text("I could not make sure that no name was in that")
    finally:
        served.house.shut = False


def test_ticks_need_one_and_none_stands_alone(page: Page) -> None:
    page.get_by_label("Your message").fill("that is right")
    page.keyboard.press("Enter")
    send = page.get_by_role("button", name="Send what is ticked")
    send.click()
    expect(page.get_by_role("alert").filter(has_text="Tick at least one")).to_be_visible()
    page.get_by_label("Choked or strangled").check()
    page.get_by_label("None of these").check()
    expect(page.get_by_label("Choked or strangled")).not_to_be_checked()
    page.get_by_label("Talk of suicide").check()
    expect(page.get_by_label("None of these")).not_to_be_checked()
    send.click()
    expect(page.locator(".turn--dsl").last).to_contain_text("Talk of suicide")


def test_a_refused_message_is_back_in_the_box(page: Page) -> None:
    long = "x" * 10_500
    page.get_by_label("Your message").fill(long)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("longer than I can take in")).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value(long)


@pytest.mark.parametrize("width", [320, 390, 768, 1366])
def test_no_window_has_to_be_scrolled_sideways(page: Page, width: int) -> None:
    page.get_by_label("Your message").fill("he is always hungry")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Is that right?")).to_be_attached()
    page.set_viewport_size({"width": width, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_role("link", name="Ring 999")).to_be_in_viewport()
    expect(page.get_by_role("link", name="03000 419191")).to_be_in_viewport()
    expect(page.get_by_label("Your message")).to_be_in_viewport()


def test_everything_that_can_be_pressed_is_large_enough(page: Page) -> None:
    page.get_by_label("Your message").fill("he is always hungry")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Is that right?")).to_be_attached()
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, .top__nav a, input, textarea')]
            .filter(part => part.checkVisibility() && part.offsetParent)
            .map(part => [part.innerText, part.getBoundingClientRect()])
            .filter(([, box]) => box.height < 24 || box.width < 24).map(([text]) => text)"""
    )
    assert small == []


def at_the_desk(page: Page, served: Served) -> Page:
    """Return a page in the same browser at which Ann has the queue open."""
    desk = page.context.new_page()
    desk.goto(f"{served.url}/duty")
    desk.get_by_label("Login").fill("ann")
    desk.get_by_label("Password").fill("duty")
    desk.get_by_label("Code from your authenticator app").fill("123456")
    desk.get_by_role("button", name="Sign in").click()
    expect(desk.get_by_role("heading", name="Queue")).to_be_visible()
    return desk


def fill_in_the_answer(desk: Page) -> None:
    """Fill in everything that an answer needs."""
    desk.get_by_label("3: Intensive").check()
    desk.locator("#reason").fill("Neglect over months")
    desk.get_by_label("Your advice").fill("Request for support today")
    desk.get_by_label("Step 1").fill("Ask mum to agree to a request for support")
    desk.locator("#owner-0").select_option("school")
    desk.locator("#by-0").fill("2026-11-24")
    desk.locator("#referral-yes").check()


def test_a_dsl_and_a_duty_worker_talk_until_it_is_answered_and_settled(page: Page, served: Served) -> None:
    desk = at_the_desk(page, served)
    # Given an open queue, when a DSL asks for a person, then the case appears by itself.
    page.get_by_label("Your message").fill("I would like a person")
    page.keyboard.press("Enter")
    designation = served.house.kept[consultation_of(page)].consultation.designation
    desk.get_by_role("link", name=designation).first.click()
    expect(page.get_by_role("status").filter(has_text="Waiting for a duty social worker")).to_be_visible()
    # When it is claimed, the DSL is told by whom, and the two talk.
    desk.get_by_role("button", name="Claim this case").click()
    expect(page.get_by_role("status").filter(has_text="Ann Field, duty social worker")).to_be_visible()
    desk.get_by_label("Your message to the DSL").fill("Is he in school today?")
    desk.keyboard.press("Enter")
    expect(page.get_by_text("Is he in school today?")).to_be_visible()
    page.get_by_label("Your message to the duty social worker").press_sequentially("Yes")
    expect(desk.get_by_text("The DSL is writing")).to_be_visible()
    page.keyboard.press("Enter")
    expect(desk.locator(".turn--dsl").last).to_contain_text("Yes")
    # When it is answered, with nothing left out, the worker reads it first as the DSL will.
    desk.get_by_text("Answer this case").click()
    desk.get_by_role("button", name="Read it as the DSL will").click()
    expect(desk.locator(".govuk-error-summary", has_text="There is a problem")).to_be_focused()
    fill_in_the_answer(desk)
    desk.get_by_role("button", name="Read it as the DSL will").click()
    expect(desk.get_by_role("region", name="This is what the DSL will read")).to_be_focused()
    expect(page.get_by_text("Request for support today")).to_have_count(0)
    desk.get_by_role("button", name="Send this answer").click()
    expect(desk.get_by_role("heading", name="Outcome")).to_be_visible()
    expect(page.get_by_text("Request for support today")).to_be_visible()
    # The DSL may still write; when they say that it is settled, they can write no more, but ask again.
    expect(page.get_by_label("Your message to the duty social worker")).to_be_visible()
    page.get_by_role("button", name="That answers it").click()
    expect(page.get_by_label("Your message")).to_be_hidden()
    expect(page.get_by_role("button", name="I do not agree: ask the desk again")).to_be_visible()
    assert page.complaints == []


def test_who_asks_for_a_person_is_told_first_and_may_change_their_mind(page: Page, served: Served) -> None:
    page.get_by_role("button", name="Ask for a person").click()
    expect(page.get_by_text("in the queue. What is most urgent is answered first.")).to_be_visible()
    assert served.house.kept[consultation_of(page)].case is None
    page.get_by_role("button", name="Carry on with the assistant").click()
    page.get_by_role("button", name="Ask for a person").click()
    page.get_by_role("button", name="Wait for a duty social worker").click()
    expect(page.get_by_role("status").filter(has_text="in the queue")).to_contain_text("Waiting for a duty")
    page.get_by_role("button", name="No longer wait").click()
    expect(page.get_by_role("button", name="Ask for a person")).to_be_visible()
    assert page.complaints == []


def test_a_person_is_asked_for_once_though_the_stream_tells_of_it_before_the_answer_is_read(
    page: Page, served: Served
) -> None:
    page.evaluate("""() => {
        const read = Response.prototype.json;
        Response.prototype.json = async function () {
            if (this.url.endsWith("/person")) await new Promise((done) => setTimeout(done, 700));
            return read.call(this);
        };
    }""")
    page.get_by_role("button", name="Ask for a person").click()
    expect(page.locator("#banner")).to_have_attribute("data-stage", "offered")
    page.get_by_role("button", name="Wait for a duty social worker").click()
    expect(page.locator("#banner")).to_contain_text("Waiting for a duty")
    asked = [url.partition("/api/consultations/")[2].partition("/")[2] for url in page.asked_for]
    assert [one for one in asked if one.startswith("person")] == ["person", "person/wait"]
    assert page.complaints == []


def test_a_desktop_notice_of_a_new_case_says_nothing_of_it(page: Page, served: Served) -> None:
    page.context.add_init_script("""
        window.told = [];
        window.Notification = class { constructor(...said) { window.told.push(JSON.stringify(said)); } };
        window.Notification.permission = "granted";
        localStorage.setItem("notice-desktop", "yes");
    """)
    desk = at_the_desk(page, served)
    page.get_by_label("Your message").fill("I would like a person")
    page.keyboard.press("Enter")
    case = served.house.kept[consultation_of(page)]
    expect(desk.get_by_role("link", name=case.consultation.designation).first).to_be_visible()
    desk.wait_for_function("window.told.length > 0")
    assert set(desk.evaluate("window.told")) == {'["The duty desk has something new",{"tag":"duty-desk"}]'}
    expect(desk.locator("#said")).to_have_text("1 new case. Amber: soon")
    assert case.consultation.designation not in desk.title()


def _pressed_while_it_moves(page: Page, button: Locator, *, dragged: int = 0) -> None:
    place = button.bounding_box()
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    button.evaluate("(button) => { button.style.transform = 'translateY(120px)'; }")
    page.mouse.move(x + dragged, y)
    page.mouse.up()


def test_a_press_counts_though_the_page_moves_under_it(page: Page) -> None:
    _pressed_while_it_moves(page, page.get_by_role("button", name="Kent", exact=True))
    expect(page.get_by_text("Delivered")).to_be_visible()


def test_a_press_that_is_dragged_off_is_taken_back(page: Page) -> None:
    _pressed_while_it_moves(page, page.get_by_role("button", name="Kent", exact=True), dragged=60)
    page.wait_for_timeout(300)
    expect(page.get_by_text("Delivered")).to_have_count(0)
