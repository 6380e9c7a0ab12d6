"""States of a conversation, from its first question to its end, and what gets in its way."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from bot.consultation import Stage
from bot.desk.ports import Button, Utterance
from tests.accessibility.house import duty_worker
from tests.accessibility.state import States
from tests.accessibility.visit import Visit
from tests.fakes_staff import ASKS_THE_WORRY
from tests.fakes_web import NOW, WORKERS

TALK = States()
PAGE = "GET /consultations/{consultation_id}"
TRANSFER = {"to": "worker-2", "reason": "My shift ends now"}


def _talking(texts: tuple[str, ...] = (), then: Callable[[Visit, Page], None] = lambda visit, page: None) -> Callable:
    def reach(visit: Visit) -> Page:
        page = visit.as_dsl().talks(*texts)
        then(visit, page)
        return page

    return reach


def _state(name: str, *texts: str, then: Callable[[Visit, Page], None] = lambda visit, page: None) -> None:
    reach = _talking(texts, then)
    reach.__name__ = name
    TALK.of(PAGE)(reach)


def _types(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.keyboard.press("Enter")


def _takes_out(visit: Visit, page: Page) -> None:
    page.locator("#text").press_sequentially("mum Sharon shut the Zumbatron, 07700900123")
    page.keyboard.press("Enter")
    page.locator("button.mark").first.press("Enter")
    expect(page.locator(".told")).to_be_visible()


def _previews(visit: Visit, page: Page) -> None:
    page.locator("#text").press_sequentially("mum Sharon at the Zumbatron says she is the only wheelchair user here")
    expect(page.locator("#preview")).to_contain_text("May point to one child")


def _is_refused(visit: Visit, page: Page) -> None:
    _types(page, "x" * 10_500)
    expect(page.get_by_text("longer than I can take in")).to_be_visible()


def _ticks_nothing(visit: Visit, page: Page) -> None:
    page.get_by_role("button", name="Send what is ticked").click()
    expect(page.get_by_text("Tick at least one")).to_be_visible()


def _loses_its_connection(visit: Visit, page: Page) -> None:
    visit.doors.closes()
    expect(page.locator("#trouble")).to_be_visible()


def _is_being_sent(visit: Visit, page: Page) -> None:
    visit.house.receive = _never
    _types(page, "he is always hungry")
    expect(page.locator("#writing")).to_be_visible()


async def _never(*given: object, **named: object) -> None:
    await asyncio.sleep(60)


def _is_signed_out(visit: Visit, page: Page) -> None:
    visit.house.signed.clear()
    visit.doors.soon(visit.house.bells.something_new)
    expect(page.get_by_role("alertdialog", name="You have been signed out")).to_be_visible()


def _scrolls_up(visit: Visit, page: Page) -> None:
    page.locator("#log").evaluate("log => { log.scrollTop = 0; }")
    page.wait_for_timeout(200)
    visit.tells("c0001", duty_worker("Hello, I have read it. Is he in school today?"))
    expect(page.locator("#newer")).to_be_visible()


def _hides(visit: Visit, page: Page) -> None:
    page.get_by_role("button", name="Hide").click()
    expect(page.locator("#veil")).to_be_visible()


def _is_offered_a_person(visit: Visit, page: Page) -> None:
    page.get_by_role("button", name="Ask for a person").click()
    expect(page.get_by_role("button", name="Carry on with the assistant")).to_be_visible()


def _unfolds(visit: Visit, page: Page) -> None:
    for fold in page.locator("details > summary").all():
        if fold.is_visible():
            fold.click()


_state("conversation_opened")
_state("conversation_with_the_side_open", then=_unfolds)
_state("conversation_asking_the_worry", "kent", "no")
_state("conversation_with_a_table_to_check", "kent", "he is always hungry")
_state("conversation_with_words_unfolded", "kent", "he is always hungry", then=_unfolds)
_state("conversation_with_ticks", "that is right")
_state("conversation_with_nothing_ticked", "that is right", then=_ticks_nothing)
_state("conversation_with_the_assessment", "none of these")
_state("conversation_with_a_mark_opened", "kent", then=_takes_out)
_state("conversation_with_a_preview", "kent", then=_previews)
_state("conversation_with_a_message_refused", "kent", then=_is_refused)
_state("conversation_being_sent", "kent", then=_is_being_sent)
_state("conversation_offline", "kent", then=_loses_its_connection)
_state("conversation_signed_out", "kent", then=_is_signed_out)
_state("conversation_scrolled_up", "kent", "he is always hungry", "none of these", then=_scrolls_up)
_state("conversation_hidden", "kent", then=_hides)
_state("conversation_offered_a_person", "kent", "he is always hungry", then=_is_offered_a_person)


@TALK.of(PAGE)
def conversation_with_many_answers_to_choose_from(visit: Visit) -> Page:
    consultation = visit.as_dsl().opened()
    titles = ["Under 1", "1 to 4", "5 to 9", "10 to 13", "14 to 15", "16 or 17", "An unborn baby", "Don't know"]
    buttons = tuple(Button(title, f'/answer{{"age_band":"{n}"}}') for n, title in enumerate(titles))
    visit.house.tells(consultation, Utterance("assistant", "How old is the child?", buttons))
    return visit.looks_at(consultation)


@TALK.of(PAGE)
def conversation_with_a_colleagues_draft(visit: Visit) -> Page:
    visit.house.linked()
    note = visit.house.passed_on()
    visit.house.passed_on(urgent=True)
    visit.as_dsl().posts(f"/staff/passed-on/{note.id}/take-up")
    visit.house.tells("c0001", Utterance("assistant", ASKS_THE_WORRY))
    page = visit.looks_at("c0001")
    expect(page.locator("#draft")).to_be_visible()
    return page


@TALK.of(PAGE)
def conversation_waiting(visit: Visit) -> Page:
    return _at_the_desk(visit, "waiting")


@TALK.of(PAGE)
def conversation_waiting_and_late(visit: Visit) -> Page:
    return _at_the_desk(visit, "waiting", due_at=NOW - timedelta(hours=1))


@TALK.of(PAGE)
def conversation_claimed(visit: Visit) -> Page:
    return _at_the_desk(visit, "claimed")


@TALK.of(PAGE)
def conversation_claimed_and_late(visit: Visit) -> Page:
    return _at_the_desk(visit, "claimed", due_at=NOW - timedelta(hours=1))


@TALK.of(PAGE)
def conversation_passed_on(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker().claimed()
    visit.posts(f"/duty/cases/{case}/transfer", TRANSFER)
    return visit.looks_at("c0001")


@TALK.of(PAGE)
def conversation_put_back(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker().claimed()
    visit.posts(f"/duty/cases/{case}/release")
    return visit.looks_at("c0001")


@TALK.of(PAGE)
def conversation_answered(visit: Visit) -> Page:
    return _answered(visit)


@TALK.of(PAGE)
def conversation_settled(visit: Visit) -> Page:
    page = _answered(visit)
    page.get_by_role("button", name="That answers it").click()
    expect(page.locator("#banner")).to_have_attribute("data-stage", "closed")
    return page


@TALK.of(PAGE)
def conversation_given_up(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker("mel").handed_over()
    visit.posts(f"/duty/cases/{case}/abandon", {"reason": "Twice the same"})
    assert visit.house.kept["c0001"].consultation.stage is Stage.ABANDONED
    return visit.looks_at("c0001")


@TALK.of(PAGE)
def practice(visit: Visit) -> Page:
    visit.as_dsl().posts("/practise", {"case": "always-hungry", "area": "kent"})
    return visit.looks_at("c0001")


def _at_the_desk(visit: Visit, stage: str, **values: object) -> Page:
    case = visit.as_dsl().as_worker().handed_over(**values)
    if stage == "claimed":
        visit.posts(f"/duty/cases/{case}/claim")
        visit.house.tells("c0001", duty_worker("Hello, I have read it. Is he in school today?"))
    page = visit.looks_at("c0001")
    expect(page.locator("#banner")).to_have_attribute("data-stage", stage)
    return page


def _answered(visit: Visit) -> Page:
    assert visit.as_dsl().as_worker().answers(visit.claimed())
    assert visit.house.kept["c0001"].case.claimed_by == WORKERS["ann"].id
    return visit.looks_at("c0001")
