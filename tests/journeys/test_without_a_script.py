"""A DSL on a narrow phone and a duty social worker, both in browsers that run no script, with the whole house running.

With NONAME_SCREENSHOTS set to a folder, it leaves pictures of what each of them saw.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_dsl_and_duty_worker import BY_BUTTON, BY_TICKS, DESK, WORRY, sign_in_at_the_desk
from tests.pictures import picture

pytestmark = [pytest.mark.browser, pytest.mark.trained]
NARROW = {"width": 320, "height": 640}


def without_a_script(browser: Browser, size: dict[str, int]) -> Page:
    page = browser.new_context(viewport=size, java_script_enabled=False).new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    return page


def fits(page: Page) -> None:
    """The page has not to be scrolled sideways."""
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def say(page: Page, text: str) -> None:
    page.get_by_label("Your message").fill(text)
    press(page, "Send")


def look_again(page: Page) -> None:
    page.get_by_role("link", name="Look again").click()
    page.wait_for_load_state()


def kept(house: Any, consultation: str) -> str:
    """Return what is kept of what the DSL said."""
    said = (message.utterance for message in house.built.records.messages(consultation))
    return "\n".join(one.text for one in said if one.speaker == "dsl")


def answer_what_is_asked(page: Page) -> None:
    """Answer questions until check-your-answers is shown."""
    for _ in range(40):
        asked = page.locator(".turn--assistant").last.inner_text()
        if "Are these right" in asked:
            return
        button = next((title for words, title in BY_BUTTON.items() if words in asked), None)
        tick = next((title for words, title in BY_TICKS.items() if words in asked), None)
        assert button or tick, f"no answer is prepared for: {asked[:200]}"
        if tick:
            page.get_by_label(tick, exact=True).check()
        press(page, "Send what is ticked" if tick else button or "")
    raise AssertionError("the questions did not end")


def signed_in(house: Any, browser: Browser) -> Page:
    page = without_a_script(browser, NARROW)
    page.goto(house.url)
    page.get_by_label("Your access code").fill(house.demo["schools"][0]["code"])
    press(page, "Sign in")
    return page


def test_a_whole_consultation_without_a_script(house: Any, browser: Browser) -> None:
    dsl, duty = signed_in(house, browser), without_a_script(browser, DESK)

    # The page that needs a script leads on to the one that needs none.
    press(dsl, "Start a consultation")
    dsl.wait_for_url("**/plain")
    consultation = dsl.url.split("/")[-2]
    expect(dsl.get_by_text("This is a no-name consultation")).to_be_visible()
    fits(dsl)
    picture(dsl, "plain-1-opening", full_page=True)
    press(dsl, "Kent")

    say(dsl, "no")
    say(dsl, "today at half 3")
    say(dsl, "no its home")
    press(dsl, "Not now")

    # The worry, looked at first: it says what would go, Enter sends nothing, and nothing is kept.
    worry = WORRY + ". a girl called Hope told us, 07700 900123"
    box = dsl.get_by_label("Your message")
    box.fill(worry)
    box.press("Enter")
    expect(box).to_have_value(f"{worry}\n")
    box.fill(worry)
    press(dsl, "Look first")
    for typed, shown in (("Sharon", "[parent 1]"), ("Hope", "[child]"), ("07700 900123", "[phone]")):
        expect(dsl.locator("#looked")).to_contain_text(f"You typed: {typed}, would be shown as {shown}")
    expect(box).to_have_value(worry)
    fits(dsl)
    picture(dsl, "plain-2-looked-at")
    assert "told us" not in kept(house, consultation)

    # Sent, names and a number are shown as taken out; one was no name, and is put back.
    press(dsl, "Send")
    own = dsl.locator(".turn--dsl").last
    for typed, shown in (("Sharon", "[parent 1]"), ("Hope", "[child]"), ("07700 900123", "[phone]")):
        expect(own).to_contain_text(f"You typed: {typed}, shown as {shown}")
    assert "Hope" not in kept(house, consultation)
    fits(dsl)
    picture(dsl, "plain-2-taken-out")
    own.get_by_role("listitem").filter(has_text="Hope").get_by_role("button").click()
    expect(own.locator(".turn__body")).to_contain_text("a girl called Hope told us, [phone]")
    assert "a girl called Hope told us, [phone]" in kept(house, consultation)
    assert "Sharon" not in kept(house, consultation)
    dsl.reload()  # it asks for the same again, and nothing changes
    expect(dsl.locator(".turn--dsl .turn__body").last).to_contain_text("a girl called Hope told us, [phone]")
    look_again(dsl)
    expect(dsl.locator("input[type=hidden][name=text]")).to_have_count(0)

    # Every question, then check-your-answers and the result.
    expect(dsl.get_by_text("This is what I understood")).to_be_visible()
    fits(dsl)
    press(dsl, "That is right")
    picture(dsl, "plain-3-ticks")
    press(dsl, "Send what is ticked")
    expect(dsl.get_by_text("There is a problem")).to_be_visible()
    dsl.complaints.clear()  # the browser complains of the refusal's status, rightly
    picture(dsl, "plain-4-problem")
    answer_what_is_asked(dsl)
    picture(dsl, "plain-5-check-your-answers", full_page=True)
    press(dsl, "Yes, work it out")
    expect(dsl.get_by_role("heading", name="Most consistent with Kent's Intensive Support (level 3)")).to_be_visible()
    fits(dsl)
    picture(dsl, "plain-6-result", full_page=True)

    # A person: who is there, then the queue.
    press(dsl, "Ask for a person")
    expect(dsl.get_by_text("in the queue. What is most urgent is answered first")).to_be_visible()
    press(dsl, "Wait for a duty social worker")
    # After half past three the child has gone home: the answer is due at once, and late as soon as one looks.
    waits = re.compile(r"Waiting for a duty social worker\. An(swer due| answer was due) by")
    expect(dsl.locator("[data-stage=waiting]")).to_contain_text(waits)
    picture(dsl, "plain-7-waiting")

    # The desk works without a script too: claim, reply, answer.
    sign_in_at_the_desk(duty, house.url, house.demo["workers"][0])
    case = house.built.records.case_of(consultation)
    duty.get_by_role("table").get_by_role("link", name=case.designation).first.click()
    press(duty, "Claim this case")
    expect(duty.get_by_text("You have this case")).to_be_visible()
    duty.get_by_label("Your message to the DSL").fill("Hello, I have read it. Is the child in school now?")
    press(duty, "Send")
    expect(duty.locator("#log")).to_contain_text("Is the child in school now?")
    look_again(dsl)
    expect(dsl.locator(".turn--duty_worker").last).to_contain_text("Is the child in school now?")
    say(dsl, "yes he is in class now")
    duty.reload()
    expect(duty.locator("#log")).to_contain_text("yes he is in class now")
    duty.get_by_text("Answer this case").click()
    duty.get_by_label("3: Intensive Support").check()
    duty.locator("#reason").fill("Lasting neglect of food and teeth, and it has come back.")
    duty.get_by_label("Your advice").fill("Ask mum to agree to a request for support this week.")
    duty.get_by_label("Step 1").fill("Speak with mum about a request for support")
    duty.locator("#owner-0").select_option("school")
    duty.locator("#by-0").fill((datetime.now(UTC) + timedelta(days=3)).date().isoformat())
    duty.locator("#referral-yes").check()
    press(duty, "Read it as the DSL will")
    press(duty, "Send this answer")
    expect(duty.get_by_text("Answered, and not settled yet")).to_be_visible()
    picture(duty, "plain-8-desk", full_page=True)

    # The DSL reads it, says that it is settled, and finds it on a page of its own.
    look_again(dsl)
    expect(dsl.get_by_text("Lasting neglect of food and teeth")).to_be_visible()
    picture(dsl, "plain-9-answered")
    press(dsl, "That answers it")
    expect(dsl.get_by_text("Settled.", exact=False).first).to_be_visible()
    dsl.get_by_role("link", name="The answer on a page of its own").click()
    expect(dsl.get_by_text("Speak with mum about a request for support")).to_be_visible()
    assert (dsl.complaints, duty.complaints) == ([], [])


def test_the_other_ways_in_need_no_script_either(house: Any, browser: Browser) -> None:
    dsl = signed_in(house, browser)
    dsl.goto(f"{house.url}/another")
    press(dsl, "Start a consultation")
    dsl.wait_for_url("**/plain")
    reference = dsl.locator("#reference").inner_text()
    dsl.goto(house.url)
    dsl.get_by_label("Your reference").fill(reference)
    press(dsl, "Open it")
    dsl.wait_for_url("**/plain")
    expect(dsl.locator("#reference")).to_have_text(reference)
    dsl.goto(f"{house.url}/practise")
    fits(dsl)
    dsl.locator("input[name=case]").first.check()
    dsl.locator("form[action='/practise'] button, form:has(input[name=case]) button").first.click()
    dsl.wait_for_url("**/plain")
    expect(dsl.get_by_role("note")).to_contain_text("nobody at the council sees this")
    press(dsl, "Sign out")
    expect(dsl.get_by_label("Your access code")).to_be_visible()
    assert dsl.complaints == []
