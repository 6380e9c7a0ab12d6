"""The record at the desk: what the school gets, word for word, for whoever may see the case."""

import re
from collections.abc import Iterator
from io import BytesIO

import pypdf
import pytest

from bot.desk.record import Keeping
from bot.paper import PaperFailed, Printing
from bot.web.record_pages import PDF, Records
from tests.at_the_desk import make_counsel
from tests.factories import make_case
from tests.fakes_back_office import make_back_office
from tests.fakes_ladder import FakeLadders
from tests.fakes_web import NOW, FakeHouse, make_app
from tests.unit.web.visitor import Visitor, in_words, main_of

SCHOOLS = "/consultations/c0001/record"
DESKS = "/duty/cases/case-c0001/record"
NOTE = "Known to the archery club"


class NoPaper:
    async def pdf(self, record) -> bytes:
        raise PaperFailed


def visit(paper=None, *, has_records: bool = True) -> Visitor:
    house = FakeHouse()
    visitor = Visitor(house)
    keeping = Keeping(house.records, FakeLadders(), make_counsel(house.records, house.clock))
    records = Records(keeping, paper or Printing()) if has_records else None
    visitor.app = make_app(house, record=records, back_office=make_back_office(house))
    visitor._client._transport.app = visitor.app
    return visitor.as_dsl().as_worker()


@pytest.fixture
def desk() -> Iterator[Visitor]:
    """A duty worker who has answered a case, with a note for colleagues beside it."""
    visitor = visit()
    visitor.answered()
    note = {"text": NOTE, "client_id": "note-id-1"}
    assert visitor.post("/duty/cases/case-c0001/notes", data=note).status_code == 303
    assert NOTE in visitor.get("/duty/cases/case-c0001").text
    yield visitor
    visitor.close()


def parts(page: str) -> list[str]:
    """Return the parts of a record as they stand on a page."""
    return re.findall(r'<section class="part".*?</section>', page, re.S)


def words_of(paper: bytes) -> str:
    """Return what stands on a paper, without spaces."""
    pages = pypdf.PdfReader(BytesIO(paper)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_the_desk_reads_exactly_what_the_school_gets(desk: Visitor) -> None:
    school, at_desk = desk.get(SCHOOLS), desk.get(DESKS)
    assert at_desk.status_code == 200
    assert len(parts(at_desk.text)) > 4
    assert parts(at_desk.text) == parts(school.text)
    words = in_words(at_desk.text)
    assert "Neglect over months" in words
    assert "This is what the school can keep, word for word." in words


def test_both_papers_say_the_same(desk: Visitor) -> None:
    school, at_desk = desk.get(f"{SCHOOLS}.pdf"), desk.get(f"{DESKS}.pdf")
    assert at_desk.headers["content-type"] == PDF
    assert at_desk.headers["cache-control"] == "no-store"
    assert 'filename="no-name-consultation-record-2026-11-20.pdf"' in at_desk.headers["content-disposition"]
    assert words_of(at_desk.content) == words_of(school.content)


def test_notes_between_colleagues_are_in_none_of_them(desk: Visitor) -> None:
    for path in (SCHOOLS, f"{SCHOOLS}.txt", DESKS):
        assert "archery" not in desk.get(path).text
    for path in (SCHOOLS, DESKS):
        assert "archery" not in words_of(desk.get(f"{path}.pdf").content)


def test_nothing_can_be_sent_from_the_page(desk: Visitor) -> None:
    assert "<form" not in main_of(desk.get(DESKS).text)


def test_the_case_leads_there_once_there_is_an_answer() -> None:
    visitor = visit()
    case = f"/duty/cases/{visitor.handed_over()}"
    assert f'href="{case}/record"' not in visitor.get(case).text
    assert visitor.get(f"{case}/record").status_code == 200
    visitor.close()


def test_the_case_that_was_answered_leads_there(desk: Visitor) -> None:
    assert f'href="{DESKS}"' in desk.get("/duty/cases/case-c0001").text


def test_a_desk_whose_case_went_on_elsewhere_is_not_led_there(desk: Visitor) -> None:
    assert desk.post("/consultations/c0001/plain", data={"once": "0" * 32, "act": "changed"}).status_code == 303
    elsewhere = make_case(id="later", consultation_id="c0001", area="buckinghamshire", handed_over_at=NOW)
    desk.house.records.hand_over(elsewhere)
    page = desk.get("/duty/cases/case-c0001").text
    assert "Neglect over months" in page, "its own answer is still there"
    assert f'href="{DESKS}"' not in page
    for path in (DESKS, f"{DESKS}.pdf"):
        assert desk.get(path).status_code == 404


@pytest.mark.parametrize("path", [DESKS, f"{DESKS}.pdf"])
def test_another_areas_case_has_no_record(desk: Visitor, path: str) -> None:
    desk.as_worker("cat")
    assert desk.get(path).status_code == 404
    assert not [line for line in desk.house.records.audit if line[:2] == ("case.record_read", "cat")]


def test_that_it_was_read_is_noted(desk: Visitor) -> None:
    for path in (DESKS, f"{DESKS}.pdf"):
        desk.get(path)
    assert desk.house.records.times_noted("case.record_read", "case-c0001") == 1


def test_a_paper_that_cannot_be_made_leaves_the_page_and_the_numbers() -> None:
    visitor = visit(NoPaper())
    visitor.answered()
    answer = visitor.get(f"{DESKS}.pdf")
    assert answer.status_code == 503
    assert "<title>Problem: " in answer.text
    assert "The paper could not be made just now." in in_words(answer.text)
    assert "999" in in_words(answer.text)
    assert parts(answer.text)
    visitor.close()


@pytest.mark.parametrize("path", [DESKS, f"{DESKS}.pdf"])
def test_without_what_makes_records_it_says_that_something_went_wrong(path: str) -> None:
    visitor = visit(has_records=False)
    visitor.answered()
    assert visitor.get(path).status_code == 500
    visitor.close()
