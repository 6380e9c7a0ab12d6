"""Two schools, two duty workers and their manager at once, each in a browser, with the whole house running.

With NONAME_SCREENSHOTS set to a folder, it leaves pictures of what each of them saw; the best of them are in the docs.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_dsl_and_duty_worker import DESK, PHONE, a_page, say, sign_in_at_the_desk
from tests.pictures import picture

pytestmark = [pytest.mark.browser, pytest.mark.trained]


def school(browser: Browser, house: Any, number: int, size: dict[str, int]) -> Page:
    """Sign a school's DSL in and open a consultation about a child in Kent."""
    page = a_page(browser, size)
    page.goto(house.url)
    page.get_by_label("Your access code").fill(house.demo["schools"][number]["code"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Start a consultation").click()
    page.get_by_role("button", name="Kent", exact=True).click()
    expect(page.get_by_text("immediate danger").last).to_be_visible()
    return page


def colleague(browser: Browser, house: Any, login: str) -> Page:
    """Sign somebody in at the desk."""
    page = a_page(browser, DESK)
    sign_in_at_the_desk(page, house.url, next(one for one in house.demo["workers"] if one["login"] == login))
    return page


def asks_for_a_person(page: Page) -> None:
    """Ask for a person, read who is there, and wait."""
    page.get_by_role("button", name="Ask for a person").click()
    expect(page.get_by_text("in the queue. What is most urgent is answered first")).to_be_visible()
    page.get_by_role("button", name="Wait for a duty social worker").click()
    expect(page.locator("#banner")).to_contain_text("Waiting for a duty social worker")


def answers(page: Page) -> None:
    """Fill in an answer, read it as the DSL will, and send it, by keyboard alone."""
    page.locator("#closing summary").press("Enter")
    page.get_by_label("2: Additional Support").press("Space")
    page.locator("#reason").fill("Some extra help is needed, and the family has asked for it.")
    page.get_by_label("Your advice").fill("Offer a place at breakfast club and meet with mum next week.")
    page.get_by_label("Step 1").fill("Meet with mum and offer breakfast club")
    page.locator("#owner-0").select_option("school")
    page.locator("#by-0").fill((datetime.now(UTC) + timedelta(days=3)).date().isoformat())
    page.locator("#referral-no").press("Space")
    page.get_by_role("button", name="Read it as the DSL will").press("Enter")
    expect(page.get_by_role("region", name="This is what the DSL will read")).to_be_focused()
    picture(page, "duty-5-read-back")
    page.get_by_role("button", name="Send this answer").press("Enter")
    expect(page.get_by_text("Answered, and not settled yet")).to_be_visible()


def test_two_schools_two_workers_and_a_manager_at_once(house: Any, browser: Browser) -> None:
    first, second = school(browser, house, 0, PHONE), school(browser, house, 2, DESK)
    sam, kim = colleague(browser, house, "duty.kent"), colleague(browser, house, "second.kent")
    manager = colleague(browser, house, "manager.kent")

    # Both ask for a person; they are told who is there and how many wait, before they wait.
    asks_for_a_person(first)
    picture(first, "duty-1-waiting")
    asks_for_a_person(second)
    records = house.built.records
    one, two = (records.case_of(page.url.rsplit("/", 1)[1]) for page in (first, second))

    # The cases come by themselves, and the row says why it stands there.
    expect(sam.locator(f"#case-{one.id}")).to_be_visible()
    expect(sam.locator(f"#case-{two.id}")).to_be_visible()
    expect(sam.locator(f"[data-case='{one.id}']")).to_contain_text("Red: before everything else")
    picture(sam, "duty-2-queue")

    # Both workers open one case and claim it: one has it, the other is told who.
    for page in (sam, kim):
        page.goto(f"{house.url}/duty/cases/{one.id}")
    sam.get_by_role("button", name="Claim this case").click()
    expect(sam.get_by_text("You have this case")).to_be_visible()
    kim.get_by_role("button", name="Claim this case").click()
    expect(kim.get_by_role("alert")).to_contain_text("has this case. Nothing was changed")
    kim.complaints.clear()  # the browser complains of the refusal's status, rightly

    # They talk; each sees that the other has read it, and the assistant is silent.
    sam.get_by_label("Your message to the DSL").fill("Hello, I have read it. Is the child in school now?")
    sam.keyboard.press("Enter")
    expect(first.locator(".turn--duty_worker").last).to_contain_text("in school now?")
    expect(sam.locator("#read")).to_have_text("Read by the DSL")
    spoken = first.locator(".turn--assistant").count()
    say(first, "yes in class until three")
    expect(sam.locator("#log")).to_contain_text("yes in class until three")
    assert first.locator(".turn--assistant").count() == spoken

    # Sam passes it on to Kim with a reason; the school is told, and Kim takes it over.
    sam.reload()
    picture(sam, "duty-3-case")
    sam.get_by_text("Pass it on, or put it back").click()
    sam.locator("#to").select_option(label="Second duty social worker, Kent (demo)")
    sam.locator("#transfer-reason").fill("My shift ends now, and the school is waiting.")
    sam.get_by_role("button", name="Offer it to them").click()
    expect(first.get_by_text("is asking a colleague to take this over")).to_be_visible()
    kim.goto(f"{house.url}/duty/")
    expect(kim.locator(f"[data-case='{one.id}']")).to_contain_text("Offered to you")
    kim.locator(f"#case-{one.id}").press("Enter")
    expect(kim.get_by_text("My shift ends now")).to_have_count(2)
    picture(kim, "duty-4-offered")
    kim.get_by_role("button", name="Take it over", exact=True).press("Enter")
    expect(first.get_by_text("has taken this over and can read everything so far")).to_be_visible()

    # Kim answers by keyboard alone; the school reads it on a page of its own, and does not agree.
    answers(kim)
    expect(first.get_by_text("Offer a place at breakfast club")).to_be_visible()
    first.get_by_role("link", name="The answer on a page of its own").click()
    expect(first.get_by_text("Meet with mum and offer breakfast club")).to_be_visible()
    picture(first, "duty-6-outcome", full_page=True)
    first.get_by_role("button", name="I do not agree: ask the desk again").click()
    expect(first.locator("#banner")).to_contain_text("Waiting for")
    again = records.case_of(one.consultation_id)
    assert (again.reopens, records.case(one.id).outcome_level) == (one.id, "2")
    expect(sam.locator("body")).not_to_contain_text("Sharon")

    # The second school asks to be rung back, and the manager sees both cases and takes neither.
    second.get_by_role("link", name="Be rung back instead").click()
    second.get_by_label("Ring me directly").check()
    second.get_by_role("button", name="Ask to be rung back").click()
    expect(second.get_by_text("You asked to be rung on")).to_be_visible()
    picture(second, "duty-7-call-back", full_page=True)
    manager.goto(f"{house.url}/duty/")
    expect(manager.locator(f"#case-{again.id}")).to_be_visible()
    expect(manager.locator(f"[data-case='{again.id}']")).to_contain_text("asked again")
    manager.goto(f"{house.url}/duty/cases/{two.id}")
    expect(manager.get_by_text("Ring back", exact=True)).to_be_visible()
    picture(manager, "duty-8-manager", full_page=True)
    assert {page: page.complaints for page in (first, second, sam, kim, manager) if page.complaints} == {}
