"""A DSL and a duty social worker together, in two browsers, with the whole house running.

With NONAME_SCREENSHOTS set to a folder, it leaves pictures of what each of them saw.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.demo import code_at
from tests.pictures import picture

pytestmark = [pytest.mark.browser, pytest.mark.trained]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}
WORRY = (
    "yr 4 boy always starving, hides food in his bag, filthy uniform most days since september. black teeth and "
    "crying with it, mum Sharon never took him to the dentist. nan used to help but she moved away. no bruises or "
    "anything. we had an early help plan last year that closed in march"
)
BY_BUTTON = {
    "How do you know": "Seen by me or a colleague",
    "What did the child say": "They have said nothing",
    "anything sexual": "No",
    "getting better": "The same",
    "What effect": "It affects school and friends",
    "Who lives at home": "Don't know",
    "baby at home": "Yes",
    "best describes the parent": "They care and need support",
    "helps to keep the child safe": "Nothing that I know of",
    "know of your worry": "Not told, and it is safe to tell them",
    "What does the child want": "Nobody has asked",
    "how safe do you think": "Don't know",
    "should happen": "Early help",
    "already known": "Not that I know of",
    "How old": "5 to 9",
    "injury or mark": "None",
    "How often": "Most days",
}
BY_TICKS = {
    "is any of this true": "None of these",
    "affect the adults": "None of these",
    "has been tried": "An early help plan",
    "Which other services": "None",
}


def a_page(browser: Browser, size: dict[str, int]) -> Page:
    page = browser.new_context(viewport=size).new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    return page


def say(page: Page, text: str) -> None:
    turns = page.locator(".turn").count()
    page.get_by_label("Your message").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".turn")).not_to_have_count(turns)


def sign_in_at_the_desk(page: Page, url: str, worker: dict[str, str]) -> None:
    """Sign in; a second factor that was used in this half minute is refused, so wait for the next."""
    for _ in range(2):
        page.goto(f"{url}/duty")
        page.get_by_label("Login").fill(worker["login"])
        page.get_by_label("Password").fill(worker["password"])
        page.get_by_label("Code from your authenticator app").fill(code_at(worker["totp_secret"], datetime.now(UTC)))
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_load_state()
        if not page.get_by_text("You are not signed in").is_visible():
            break
        page.wait_for_timeout(31_000)
        page.complaints.clear()  # the browser complains of the refusal's status, rightly
    expect(page.get_by_role("heading", name="Queue")).to_be_visible()


def last_question(page: Page) -> str:
    return page.locator(".turn--assistant").last.inner_text()


def press(page: Page, button: str | None, tick: str | None) -> None:
    if tick:
        page.get_by_label(tick, exact=True).last.check()
        page.locator(".turn--assistant").last.get_by_role("button", name="Send").click()
    else:
        page.get_by_role("button", name=button, exact=True).last.click()


def answer_what_is_asked(page: Page) -> None:
    """Answer questions until check-your-answers is shown."""
    for _ in range(40):
        expect(page.locator("#writing")).to_be_hidden()  # with it the page moves under whoever presses
        asked = last_question(page)
        if "Are these right" in asked:
            return
        before = page.locator(".turn").count()
        button = next((title for words, title in BY_BUTTON.items() if words in asked), None)
        tick = next((title for words, title in BY_TICKS.items() if words in asked), None)
        assert button or tick, f"no answer is prepared for: {asked[:200]}"
        for again in (True, True, False):  # a page that moves under a finger swallows a press; then one presses again
            press(page, button, tick)
            try:
                expect(page.locator(".turn")).not_to_have_count(before, timeout=10_000)
                break
            except AssertionError:
                assert again, f"pressing changes nothing: {asked[:200]}"
        page.wait_for_function("n => document.querySelectorAll('.turn').length >= n + 2", arg=before, timeout=30_000)
    raise AssertionError("the questions did not end")


def test_from_the_first_message_to_a_duty_workers_answer_that_settles_it(house: Any, browser: Browser) -> None:
    dsl, duty = a_page(browser, PHONE), a_page(browser, DESK)

    # The DSL signs in and reads what this is.
    dsl.goto(house.url)
    expect(dsl.get_by_text("999").first).to_be_visible()
    dsl.get_by_label("Your access code").fill(house.demo["schools"][0]["code"])
    dsl.get_by_role("button", name="Sign in").click()
    dsl.get_by_role("button", name="Start a consultation").click()
    expect(dsl.get_by_role("log")).to_contain_text("This is a no-name consultation")
    dsl.get_by_role("button", name="Kent", exact=True).click()
    expect(dsl.get_by_text("immediate danger").last).to_be_visible()
    picture(dsl, "1-opening")

    # Safety first, then the worry, with a name that is taken out.
    say(dsl, "no")
    say(dsl, "today at half 3")
    say(dsl, "no its home")
    expect(dsl.get_by_text("If your school uses an alias")).to_be_visible()
    dsl.get_by_role("button", name="Not now", exact=True).click()
    expect(dsl.get_by_text("what worries you")).to_be_visible()
    say(dsl, WORRY)
    expect(dsl.get_by_text("This is what I understood")).to_be_visible()
    expect(dsl.locator(".turn--dsl").last).to_contain_text("[parent 1]")
    assert "Sharon" not in dsl.content()
    picture(dsl, "2-understood")
    dsl.get_by_role("button", name="That is right").click()
    expect(dsl.get_by_text("is any of this true").first).to_be_visible()
    picture(dsl, "3-ticks")

    # The questions, check your answers, the assessment.
    answer_what_is_asked(dsl)
    picture(dsl, "4-check-your-answers")
    dsl.get_by_role("button", name="Yes, work it out").click()
    expect(dsl.get_by_role("heading", name="Most consistent with Kent's Intensive Support (level 3)")).to_be_visible()
    expect(dsl.get_by_text("We have not checked any records").last).to_be_visible()
    dsl.locator(".turn--assistant", has_text="Most consistent with").last.scroll_into_view_if_needed()
    picture(dsl, "5-assessment")

    # The DSL disagrees, says why, and is told honestly what happens.
    say(dsl, "think its higher tbh")
    expect(dsl.get_by_text("What makes it so for you")).to_be_visible()
    say(dsl, "it has gone on since reception and nothing we try lasts")
    expect(dsl.get_by_text("I have asked the duty social worker")).to_be_visible()
    picture(dsl, "6-handed-over")

    # The duty worker signs in, sees the case arrive, reads the brief, claims it.
    sign_in_at_the_desk(duty, house.url, house.demo["workers"][0])
    picture(duty, "7-queue")
    case = house.built.records.case_of(dsl.url.rsplit("/", 1)[1])
    duty.get_by_role("table").get_by_role("link", name=case.designation).first.click()
    expect(duty.get_by_text("nothing we try lasts").first).to_be_visible()
    assert "Sharon" not in duty.content()
    picture(duty, "8-brief")
    duty.get_by_role("button", name="Claim this case").click()
    expect(duty.get_by_text("You have this case")).to_be_visible()

    # From here a person answers, and the assistant is silent.
    duty.get_by_label("Your message to the DSL").fill("Hello, I have read it. Is Jayden Okafor in school today?")
    duty.get_by_role("button", name="Send", exact=True).click()
    told = dsl.locator(".turn--duty_worker").last
    expect(told).to_contain_text("in school today?")
    assert "Okafor" not in dsl.content(), "what duty workers type is redacted too"
    spoken = dsl.locator(".turn--assistant").count()
    say(dsl, "yes he is in class now")
    expect(duty.locator("#log")).to_contain_text("yes he is in class now")
    assert dsl.locator(".turn--assistant").count() == spoken, "the assistant stays silent"
    picture(dsl, "9-answered")

    # The worker answers with a level, a reason and what was agreed, and reads it first as the DSL will.
    duty.get_by_text("Answer this case").click()
    duty.get_by_label("3: Intensive Support").check()
    duty.locator("#reason").fill("Lasting neglect of food and teeth, and it has come back.")
    duty.get_by_label("Your advice").fill("Ask mum to agree to a request for support this week.")
    duty.get_by_label("Step 1").fill("Speak with mum about a request for support")
    duty.locator("#owner-0").select_option("school")
    duty.locator("#by-0").fill((datetime.now(UTC) + timedelta(days=3)).date().isoformat())
    duty.locator("#referral-yes").check()
    duty.get_by_role("button", name="Read it as the DSL will").click()
    expect(duty.get_by_role("region", name="This is what the DSL will read")).to_contain_text("Lasting neglect")
    expect(dsl.get_by_text("Lasting neglect of food and teeth")).to_have_count(0)
    picture(duty, "10-read-back")
    duty.get_by_role("button", name="Send this answer").click()
    expect(dsl.get_by_text("Lasting neglect of food and teeth")).to_be_visible(timeout=15_000)
    picture(dsl, "10-outcome")

    # The DSL says that it is settled, and the answer stays on a page of its own.
    dsl.get_by_role("button", name="That answers it").click()
    expect(dsl.get_by_role("status").filter(has_text="Settled.")).to_be_visible()
    dsl.get_by_role("link", name="The answer on a page of its own").click()
    expect(dsl.get_by_text("Speak with mum about a request for support")).to_be_visible()
    picture(dsl, "10-closed")
    assert dsl.complaints == []
    assert duty.complaints == []


def kept(house: Any, page: Page) -> list[str]:
    """Return what is stored of what the DSL said."""
    said = house.built.records.messages(page.url.rsplit("/", 1)[1])
    return [message.utterance.text for message in said if message.utterance.speaker == "dsl"]


def test_a_name_is_seen_before_it_is_sent_taken_out_and_put_back_by_keyboard_alone(
    house: Any, browser: Browser
) -> None:
    dsl = a_page(browser, PHONE)
    dsl.goto(house.url)
    dsl.get_by_label("Your access code").fill(house.demo["schools"][0]["code"])
    dsl.keyboard.press("Enter")
    dsl.get_by_role("button", name="Start a consultation").press("Enter")
    expect(dsl.get_by_role("log")).to_contain_text("checked here before anything is kept")
    dsl.get_by_role("button", name="Kent", exact=True).press("Enter")
    expect(dsl.get_by_text("immediate danger").last).to_be_visible()
    expect(dsl.get_by_label("Your message")).to_be_focused()

    # While it is being written: what would be taken out, and what points to one child.
    typed = "no. a girl called Hope said Mrs Kelly Sandford shut the froopyzorb, 07700 900123. "
    typed += "she is the only wheelchair user in the school"
    dsl.keyboard.type(typed)
    told = dsl.locator("#preview")
    expect(told).to_contain_text("Will be taken out when you send: Hope, Kelly Sandford, froopyzorb, 07700 900123.")
    expect(told).to_contain_text("May point to one child:")
    picture(dsl, "11-preview")
    dsl.get_by_role("button", name="Say instead: ").first.press("Enter")
    expect(told).not_to_contain_text("May point to one child:")
    picture(dsl, "12-vaguer")
    box = dsl.get_by_label("Your message")
    expect(box).to_be_focused()
    expect(box).not_to_have_value(typed)
    dsl.keyboard.press("Enter")

    # Sent: shown as it is kept, and each mark tells what was typed there.
    own = dsl.locator(".turn--dsl").last
    body = own.locator(".turn__body")
    expect(body).to_contain_text("a girl called [child] said Mrs [adult 1] shut the [word], [phone].")
    assert "Hope" not in dsl.content()
    mark = own.get_by_role("button", name="[child], taken out")
    mark.press("Enter")
    expect(own).to_contain_text("You typed: Hope. It is not kept.")
    picture(dsl, "13-mark")
    own.get_by_role("button", name="[adult 1], taken out").press("Enter")
    expect(own).to_contain_text("You typed: Kelly Sandford. It is not kept.")
    picture(dsl, "14-marks")
    own.get_by_role("button", name="[phone], taken out").press("Enter")
    expect(own).to_contain_text("You typed: 07700 900123. It is not kept.")
    expect(own.get_by_role("button", name="put it back")).to_have_count(0)
    assert "Hope" not in kept(house, dsl)[-1]

    # Put back: in the record, in this message and in the next.
    mark.press("Enter")
    dsl.keyboard.press("Tab")
    expect(dsl.get_by_role("button", name="This was not a name").first).to_be_focused()
    dsl.keyboard.press("Enter")
    expect(body).to_contain_text("a girl called Hope said Mrs [adult 1] shut the [word], [phone].")
    assert kept(house, dsl)[-1].startswith("no. a girl called Hope said Mrs [adult 1] shut the [word], [phone].")
    picture(dsl, "15-put-back")
    box.focus()
    dsl.keyboard.type("I asked Hope and Kelly")
    expect(told).to_have_text("Will be taken out when you send: Kelly.")
    dsl.keyboard.press("Enter")
    expect(dsl.locator(".turn--dsl .turn__body").last).to_have_text("I asked Hope and [adult 1]")
    assert dsl.complaints == []
