"""States beside a conversation: the record to keep, the page without a script, the end of a sign-in, our own frame."""

import asyncio
from datetime import timedelta
from functools import cache

from playwright.sync_api import Page, expect

from bot.desk.case import Case
from bot.desk.record import Record
from bot.knowledge.partnership import Colours, Partnership
from bot.paper import PaperFailed
from bot.web.framing import Framing
from bot.web.record_pages import Records
from tests.accessibility.state import States
from tests.accessibility.visit import Visit
from tests.at_the_record import AtTheRecord
from tests.factories import make_case
from tests.fakes_web import POINTING

BESIDE = States()
PLAIN = "GET /consultations/{consultation_id}/plain"
WITH_NAMES = "mum Sharon shut the Zumbatron, 07700900123"


@cache
def one_record() -> Record:
    """Return the record of a consultation that was answered."""
    at = AtTheRecord()
    at.assessed()
    at.asked()
    at.answered()
    return at.record()


class Kept:
    """One record, made when somebody first asks for it."""

    async def of(self, dsl, consultation_id, now) -> Record:
        return await asyncio.to_thread(one_record)

    async def at_desk(self, worker, case_id, now) -> tuple[Case, Record]:
        return make_case(id=case_id), await asyncio.to_thread(one_record)


class NoPaper:
    """A press that is out of order."""

    async def pdf(self, record) -> bytes:
        raise PaperFailed


RECORD = {"record": Records(Kept(), NoPaper())}
KENTS_OWN = {"framing": Framing({"kent": Partnership(name="Kent consultations", light=Colours("#0b3d91"))})}


@BESIDE.of("GET /consultations/{consultation_id}/record", needs=RECORD)
def record(visit: Visit) -> Page:
    return visit.as_dsl().goes(f"/consultations/{visit.opened()}/record")


@BESIDE.of("GET /consultations/{consultation_id}/record.pdf", 503, needs=RECORD)
def record_without_its_paper(visit: Visit) -> Page:
    return visit.as_dsl().goes(f"/consultations/{visit.opened()}/record.pdf")


@BESIDE.of("GET /duty/cases/{case_id}/record", needs=RECORD)
def record_at_the_desk(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker().answers(visit.claimed())
    visit.goes(f"/duty/cases/{case}")
    with visit.page.expect_navigation():
        visit.page.get_by_role("link", name="The record that the school can keep").click()
    return visit.page


@BESIDE.of("GET /duty/cases/{case_id}/record.pdf", 503, needs=RECORD)
def record_at_the_desk_without_its_paper(visit: Visit) -> Page:
    return visit.goes(f"/duty/cases/{visit.as_dsl().as_worker().answers(visit.claimed())}/record.pdf")


@BESIDE.of(PLAIN)
def plain_with_buttons(visit: Visit) -> Page:
    return visit.as_dsl().goes(f"/consultations/{visit.opened()}/plain")


@BESIDE.of("POST /consultations/{consultation_id}/plain")
def plain_with_words_taken_out(visit: Visit) -> Page:
    page = plain_with_buttons(visit)
    page.get_by_label("Your message").fill(WITH_NAMES)
    with page.expect_navigation():
        page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("button", name="put it back").first).to_be_visible()
    return page


@BESIDE.of("POST /consultations/{consultation_id}/plain")
def plain_with_words_that_would_go(visit: Visit) -> Page:
    page = plain_with_buttons(visit)
    page.get_by_label("Your message").fill(f"{WITH_NAMES}. She is {POINTING}")
    with page.expect_navigation():
        page.get_by_role("button", name="Look first").click()
    expect(page.get_by_role("button", name="not a name").first).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value(f"{WITH_NAMES}. She is {POINTING}")
    return page


@BESIDE.of(PLAIN)
def plain_with_a_draft(visit: Visit) -> Page:
    consultation = visit.as_dsl().opened()
    last = len(visit.house.kept[consultation].messages)
    visit.posts(f"/api/consultations/{consultation}/unsent", json={"text": WITH_NAMES, "after": last})
    page = visit.goes(f"/consultations/{consultation}/plain")
    expect(page.get_by_label("Your message")).to_have_value("mum [parent 1] shut the [word], [phone]")
    return page


@BESIDE.of("POST /consultations/{consultation_id}/plain", 422)
def plain_with_nothing_typed(visit: Visit) -> Page:
    page = plain_with_buttons(visit)
    with page.expect_navigation():
        page.get_by_role("button", name="Send").click()
    return page


@BESIDE.of(PLAIN)
def plain_with_ticks(visit: Visit) -> Page:
    page = plain_with_buttons(visit)
    page.get_by_label("Your message").fill("he is hungry")
    for name in ("Send", "That is right"):
        with page.expect_navigation():
            page.get_by_role("button", name=name).last.click()
    expect(page.get_by_role("checkbox").first).to_be_visible()
    return page


@BESIDE.of(PLAIN)
def plain_when_answered(visit: Visit) -> Page:
    case = visit.as_dsl().as_worker().claimed()
    visit.answers(case)
    return visit.goes(f"/consultations/{case.removeprefix('case-')}/plain")


@BESIDE.of("GET /consultations/{consultation_id}")
def conversation_soon_signed_out(visit: Visit) -> Page:
    visit.house.lasts = timedelta(seconds=125)
    page = visit.as_dsl().looks_at(visit.opened())
    expect(page.get_by_role("alertdialog", name="You are about to be signed out")).to_be_visible()
    return page


@BESIDE.of("GET /embed/{area}", needs=KENTS_OWN)
def embedded_sign_in_in_its_own_colours(visit: Visit) -> Page:
    return visit.goes("/embed/kent")


@BESIDE.of("GET /", needs=KENTS_OWN)
def start_in_its_own_colours(visit: Visit) -> Page:
    return visit.as_dsl().goes("/")


@BESIDE.of("GET /consultations/{consultation_id}", needs=KENTS_OWN)
def conversation_in_its_own_colours(visit: Visit) -> Page:
    return visit.as_dsl().talks("he is always hungry")
