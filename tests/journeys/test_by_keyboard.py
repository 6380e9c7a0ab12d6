"""A whole consultation with nothing but a keyboard, on a page 320 px wide, and the duty social worker's side too.

Only `page.keyboard` is used once a page is open. Focus is never lost: after every key it is on something.
"""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.demo import code_at
from tests.journeys.test_dsl_and_duty_worker import BY_BUTTON, BY_TICKS, WORRY, last_question

pytestmark = [pytest.mark.browser, pytest.mark.trained]
NARROW = {"width": 320, "height": 640}
MOST_KEYS = 250
# What a person would call the thing that has the focus.
_NAME = """() => {
  const it = document.activeElement;
  if (it === document.body || it === document.documentElement) return "";
  const label = it.getAttribute("aria-label") ?? it.labels?.[0]?.innerText ?? it.innerText;
  return (label || it.tagName).replace(/\\s+/g, " ").trim();
}"""
_SEEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
}"""


class Keys:
    """Somebody at a page who has a keyboard alone."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.page: Page = browser.new_context(viewport=NARROW, locale="en-GB", timezone_id="Europe/London").new_page()
        self.page.goto(url)

    @property
    def on(self) -> str:
        """Return the name of what has the focus."""
        return self.page.evaluate(_NAME)

    def goes_to(self, name: str, key: str = "Tab") -> None:
        """Press Tab until something of that name has the focus, and see that it can be seen."""
        passed = [self.on]
        while passed[-1] != name:
            assert len(passed) < MOST_KEYS, f"{name!r} was not reached; passed: {passed}"
            self.page.keyboard.press(key)
            passed.append(self.on)
        assert self.page.evaluate(_SEEN), f"{name!r} has the focus and cannot be seen"

    def presses(self, name: str, key: str = "Tab", by: str = "Enter") -> None:
        """Go to a button and press it; where the page stays, the focus stays on something."""
        self.goes_to(name, key)
        self.page.evaluate("() => { window.here = true; }")
        self.page.keyboard.press(by)
        self.page.wait_for_timeout(100)
        self.page.wait_for_function("() => !window.here || document.activeElement !== document.body", timeout=10_000)

    def fills(self, name: str, text: str) -> None:
        """Go to a field and type."""
        self.goes_to(name)
        self.page.keyboard.type(text)

    def says(self, text: str) -> None:
        """Type a message and send it; the focus is in the box before and after."""
        turns = self.page.locator(".turn").count()
        self.goes_to("Your message")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        self.answered(turns)
        assert self.on == "Your message"

    def answered(self, turns: int) -> None:
        """Wait until what was said and an answer to it stand in the conversation, which had so many messages."""
        waits = "n => document.querySelectorAll('.turn').length >= n + 2"
        self.page.wait_for_function(waits, arg=turns, timeout=30_000)

    def answers_what_is_asked(self) -> None:
        """Answer questions until the answers are to be checked."""
        for _ in range(40):
            asked = last_question(self.page)
            if "Are these right" in asked:
                return
            before = self.page.locator(".turn").count()
            if tick := next((title for words, title in BY_TICKS.items() if words in asked), None):
                self.goes_to(tick, "Shift+Tab")
                self.page.keyboard.press("Space")
                self.presses("Send what is ticked")
            else:
                button = next((title for words, title in BY_BUTTON.items() if words in asked), None)
                assert button, f"no answer is prepared for: {asked[:200]}"
                self.presses(button, "Shift+Tab")
            self.answered(before)
            self.goes_to("Your message")
        raise AssertionError("the questions did not end")


@pytest.fixture
def dsl(house: Any, browser: Browser) -> Keys:
    """A DSL who has signed in and begun a consultation in Kent."""
    dsl = Keys(browser, house.url)
    dsl.fills("Your access code", house.demo["schools"][0]["code"])
    dsl.page.keyboard.press("Enter")
    expect(dsl.page.get_by_role("button", name="Start a consultation")).to_be_visible()
    dsl.presses("Start a consultation")
    expect(dsl.page.get_by_role("log")).to_contain_text("This is a no-name consultation")
    dsl.goes_to("Your message")
    dsl.presses("Kent", "Shift+Tab")
    expect(dsl.page.get_by_text("immediate danger").last).to_be_visible()
    return dsl


def worked_out(dsl: Keys) -> None:
    """Tell the worry, answer what is asked and come to the assessment."""
    for text in ("no", "today at half 3", "no its home"):
        dsl.says(text)
    expect(dsl.page.get_by_text("If your school uses an alias")).to_be_visible()
    dsl.presses("Not now", "Shift+Tab")
    expect(dsl.page.get_by_text("what worries you")).to_be_visible()
    dsl.says(WORRY)
    expect(dsl.page.get_by_text("This is what I understood")).to_be_visible()
    dsl.presses("That is right", "Shift+Tab")
    expect(dsl.page.get_by_text("is any of this true").first).to_be_visible()
    dsl.answers_what_is_asked()
    dsl.presses("Yes, work it out", "Shift+Tab")
    expect(dsl.page.get_by_role("heading", name="Most consistent with Kent's Intensive")).to_be_visible()


def at_the_desk(browser: Browser, house: Any) -> Keys:
    """Sign in at the console; a second factor that was used in this half minute is refused, so wait for the next."""
    worker, duty = house.demo["workers"][0], Keys(browser, f"{house.url}/duty")
    for _ in range(2):
        duty.fills("Login", worker["login"])
        duty.fills("Password", worker["password"])
        duty.fills("Code from your authenticator app", code_at(worker["totp_secret"], datetime.now(UTC)))
        duty.page.keyboard.press("Enter")
        duty.page.wait_for_load_state()
        if not duty.page.get_by_text("You are not signed in").is_visible():
            break
        duty.page.wait_for_timeout(31_000)
        duty.page.goto(f"{house.url}/duty")
    expect(duty.page.get_by_role("heading", name="Queue")).to_be_visible()
    return duty


def answers_the_case(duty: Keys) -> None:
    """Fill in an answer, read it back and send it."""
    keys = duty.page.keyboard
    duty.presses("Answer this case")
    duty.goes_to(duty.page.locator("label[for='level-0']").inner_text())
    keys.press("Space")
    for _ in range(2):
        keys.press("ArrowDown")
    duty.fills("Why", "Lasting neglect of food and teeth, and it has come back.")
    duty.fills("Your advice", "Ask mum to agree to a request for support this week.")
    duty.fills("Step 1", "Speak with mum about a request for support")
    duty.goes_to("Who for the first step")
    keys.press("ArrowDown")
    keys.press("Tab")
    today = datetime.now(UTC).date()
    year = today.year + (today > date(today.year, 12, 12))
    keys.type(f"1212{year}")  # the same whether a browser asks for the day first or the month
    duty.goes_to("Yes")
    keys.press("Space")
    duty.presses("Read it as the DSL will")
    expect(duty.page.get_by_role("region", name="This is what the DSL will read")).to_contain_text("Lasting neglect")
    duty.presses("Send this answer")
    expect(duty.page.get_by_text("Lasting neglect").first).to_be_visible()


def test_a_consultation_from_sign_in_to_a_persons_answer_by_keyboard_alone(
    house: Any, browser: Browser, dsl: Keys
) -> None:
    # The whole talk with the assistant, then a person is asked for.
    worked_out(dsl)
    dsl.presses("Ask for a person", "Shift+Tab")
    expect(dsl.page.get_by_role("button", name="Wait for a duty social worker")).to_be_focused()
    dsl.presses("Wait for a duty social worker")
    expect(dsl.page.locator("#banner")).to_contain_text("Waiting for a duty social worker")
    assert dsl.on == "No longer wait", "the focus is on what can be done now"

    # The duty social worker finds the case, takes it and answers it.
    duty = at_the_desk(browser, house)
    case = house.built.records.case_of(dsl.page.url.rsplit("/", 1)[1])
    duty.presses(case.designation.capitalize())
    expect(duty.page.get_by_role("heading", name=case.designation)).to_be_visible()
    duty.presses("Claim this case")
    expect(duty.page.get_by_text("You have this case")).to_be_visible()
    duty.fills("Your message to the DSL", "Hello, I have read it.")
    duty.page.keyboard.press("Enter")
    expect(dsl.page.locator(".turn--duty_worker").last).to_contain_text("Hello, I have read it.")
    answers_the_case(duty)

    # The DSL reads the answer, and says that it settles it.
    expect(dsl.page.get_by_text("Lasting neglect of food and teeth")).to_be_visible()
    dsl.presses("That answers it", "Shift+Tab")
    expect(dsl.page.locator("#banner")).to_contain_text("Settled.")
    assert dsl.on == "I do not agree: ask the desk again"
    dsl.presses("The answer on a page of its own")
    expect(dsl.page.get_by_text("Speak with mum about a request for support")).to_be_visible()
