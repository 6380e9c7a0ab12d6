"""The conversation in a real browser: its step, what is understood, what was not sent, the reference, paper."""

from playwright.sync_api import Page, expect

from tests.unit.web.test_in_a_browser import (  # noqa: F401
    Served,
    browser,
    consultation_of,
    page,
    pytestmark,
    served,
    type_and_send,
    window,
)


def test_the_step_is_named_and_read_out_only_when_it_changes(page: Page) -> None:  # noqa: F811
    step = page.locator("#step")
    expect(step).to_have_text("Step 1 of 7: Where the child lives, and what is urgent")
    expect(step).to_have_attribute("aria-live", "polite")
    left = page.locator("#left").inner_text()
    page.evaluate("window.said = 0; new MutationObserver(() => said++).observe(step, {childList: true})")
    page.get_by_role("button", name="Kent", exact=True).click()
    expect(page.locator("#left")).not_to_have_text(left)
    assert page.evaluate("said") == 0
    type_and_send(page, "he is always hungry")
    expect(step).to_contain_text("Step 2 of 7")


def test_what_is_understood_fills_and_a_row_can_be_changed_by_keyboard(page: Page, served: Served) -> None:  # noqa: F811
    page.set_viewport_size({"width": 1366, "height": 768})
    side = page.locator("#known")
    expect(side).not_to_contain_text("hungry")
    type_and_send(page, "mum Sharon says he is always hungry")
    expect(side).to_contain_text("hungry at school")
    expect(side).to_contain_text("[parent 1]")
    side.get_by_role("button", name="Change You told me: hungry at school").press("Enter")
    expect(page.get_by_label("Your message")).to_be_focused()
    assert served.house.seen_choices[-1] == "i.hungry"
    assert page.complaints == []


def test_what_was_typed_and_not_sent_is_back_after_a_reload_without_the_name(page: Page) -> None:  # noqa: F811
    box = page.get_by_label("Your message")
    box.press_sequentially("mum Sharon shouts")
    page.reload()
    expect(box).to_have_value("mum [parent 1] shouts")
    expect(page.get_by_text("You wrote this before and did not send it.")).to_be_visible()
    assert "Sharon" not in page.content()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".turn--dsl")).to_contain_text("mum [parent 1] shouts")
    expect(page.get_by_text("You wrote this before")).to_be_hidden()
    page.reload()
    expect(page.locator(".turn--dsl")).to_have_count(1)
    page.wait_for_timeout(300)
    expect(box).to_have_value("")


def test_each_own_message_says_how_far_it_has_come_and_that_is_not_read_out(page: Page) -> None:  # noqa: F811
    type_and_send(page, "he is always hungry")
    mark = page.locator(".turn--dsl .turn__mark")
    expect(mark).to_have_text("Delivered")
    expect(mark).to_have_attribute("aria-live", "off")
    expect(page.locator(".turn--assistant .turn__mark")).to_have_count(0)


def test_every_message_names_its_speaker_for_the_ear(page: Page) -> None:  # noqa: F811
    expect(page.get_by_role("log")).to_have_attribute("aria-relevant", "additions")
    type_and_send(page, "he is always hungry")
    assert page.locator(".turn--dsl .turn__who").first.inner_text().startswith("You")
    assert "said:" in page.locator(".turn--dsl .turn__who").first.text_content()
    assert "says:" in page.locator(".turn--assistant .turn__who").last.text_content()


def test_the_focus_is_never_lost_with_a_button_that_goes(page: Page) -> None:  # noqa: F811
    page.get_by_role("button", name="Kent", exact=True).click()
    expect(page.get_by_text("immediate danger")).to_be_attached()
    assert page.evaluate("document.activeElement !== document.body")
    type_and_send(page, "he is always hungry")
    expect(page.get_by_text("Is that right?")).to_be_attached()
    log = page.get_by_role("log")
    log.evaluate("log => { log.scrollTop = 0; }")
    page.locator("#newer").press("Enter")
    expect(page.locator(".turn").last).to_be_focused()


def test_the_reference_is_asked_for_once_and_its_last_group_shows_it(page: Page, served: Served) -> None:  # noqa: F811
    type_and_send(page, "I would like a person")
    asked = page.get_by_role("region", name="Keep your reference")
    expect(asked).to_be_visible()
    asked.get_by_text("Or type its last group").click()
    last = asked.get_by_label("Last group of the reference")
    last.fill("00")
    last.press("Enter")
    expect(asked.get_by_role("alert")).to_contain_text("That is not its last group")
    expect(last).to_be_focused()
    last.fill(served.house.kept[consultation_of(page)].consultation.reference.rsplit("-", 1)[-1])
    last.press("Enter")
    expect(asked).to_be_hidden()
    expect(page.get_by_role("status").filter(has_text="Good. With your reference")).to_be_visible()
    assert page.evaluate("document.activeElement !== document.body")
    page.reload()
    expect(page.locator(".turn--dsl")).to_have_count(1)
    expect(asked).to_be_hidden()


def test_on_paper_everything_is_there_and_nothing_to_press(page: Page) -> None:  # noqa: F811
    type_and_send(page, "he is always hungry")
    expect(page.get_by_text("Is that right?")).to_be_attached()
    reference = page.locator("#reference").text_content()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".on-paper", has_text="Buckinghamshire")).to_be_visible()
    expect(page.locator("#reference")).to_have_text(reference)
    expect(page.locator("#reference")).to_be_visible()
    expect(page.get_by_role("link", name="Ring 999")).to_be_visible()
    assert page.locator("main button:visible").count() == page.locator("main button.mark:visible").count()
    assert page.evaluate("log.scrollHeight <= log.clientHeight + 1"), "nothing of it is cut off"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".side details[open]")).to_have_count(0)


def test_a_word_put_back_changes_its_own_message_and_nothing_else(page: Page) -> None:  # noqa: F811
    type_and_send(page, "mum Sharon, Zumbatron")
    page.locator("button.mark").last.press("Enter")
    page.evaluate("document.querySelectorAll('.turn').forEach(turn => { turn.seen = true; })")
    page.get_by_role("button", name="This was not a name – put it back").press("Enter")
    expect(page.locator(".turn--dsl .turn__body")).to_contain_text("Zumbatron")
    assert page.evaluate("[...document.querySelectorAll('.turn')].every(turn => turn.seen)"), "none is drawn again"
