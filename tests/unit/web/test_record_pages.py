"""The record at the door: a page, a text and a paper that say the same, for the DSL whose consultation it is."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pypdf
import pytest

from bot.desk.ports import NotKept
from bot.desk.record import Record
from bot.paper import PaperFailed, Printing
from bot.web.record_pages import PDF, TEXT, Records
from tests.at_the_record import AtTheRecord
from tests.fakes_web import FakeHouse, make_app
from tests.unit.web.visitor import Visitor, in_words, main_of

HERE = "/consultations/c0001/record"
KINDS = (HERE, f"{HERE}.txt", f"{HERE}.pdf")


@dataclass
class OneRecord:
    """Gives the same record of every consultation, and remembers who asked."""

    record: Record
    gone: bool = False

    async def of(self, dsl, consultation_id, now) -> Record:
        if self.gone:
            raise NotKept("consultation")
        return self.record


class NoPaper:
    async def pdf(self, record) -> bytes:
        raise PaperFailed


def made(**consultation) -> Record:
    at = AtTheRecord(**consultation)
    at.assessed(worry="he is often hungry & says <b>“nobody cooks”</b>")
    if not consultation:
        at.asked()
        at.answered()
    return at.record()


@pytest.fixture(scope="module")
def record() -> Record:
    return made()


def visit(record: Record | None, paper=None, code: str = "kent-1") -> Visitor:
    house = FakeHouse()
    visitor = Visitor(house)
    records = Records(OneRecord(record), paper or Printing()) if record else None
    visitor.app = make_app(house, record=records)
    visitor._client._transport.app = visitor.app
    visitor.as_dsl(code)
    return visitor


@pytest.fixture
def reader(record: Record) -> Iterator[Visitor]:
    visitor = visit(record)
    visitor.opened()
    yield visitor
    visitor.close()


def bare(text: str) -> str:
    return "".join(text.split())


def everything(record: Record) -> Iterator[str]:
    yield record.title
    yield from record.lead
    for part in record.parts:
        yield part.heading
        for line in part.lines:
            yield from (line.text, *line.under)
        yield from (one for one in part.copy.split("\n") if one)
    yield record.foot


def test_all_three_say_the_same_and_all_of_it(reader: Visitor, record: Record) -> None:
    page = bare(html.unescape(in_words(reader.get(HERE).text)))
    text = bare(reader.get(f"{HERE}.txt").text)
    paper = pypdf.PdfReader(BytesIO(reader.get(f"{HERE}.pdf").content))
    printed = bare("".join(page.extract_text() for page in paper.pages))
    said = list(everything(record))
    assert len(said) > 80
    for one in said:
        assert bare(one) in page, one
        assert bare(one) in text, one
        # A page may end within a longer line.
        assert all(bare(piece) in printed for piece in one.split()), one


def test_what_was_typed_is_never_markup_on_the_page(reader: Visitor) -> None:
    page = reader.get(HERE).text
    assert "<b>“nobody" not in page
    assert "&lt;b&gt;“nobody cooks”" in page


def test_files_have_names_without_a_reference_and_kinds_that_programs_know(reader: Visitor, record: Record) -> None:
    for ending, kind in (("txt", TEXT), ("pdf", PDF)):
        answer = reader.get(f"{HERE}.{ending}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == kind
        named = f'attachment; filename="no-name-consultation-record-2026-11-20.{ending}"'
        assert answer.headers["content-disposition"] == named
        assert answer.headers["cache-control"] == "no-store"


def test_the_page_has_one_first_heading_and_the_others_in_order(reader: Visitor) -> None:
    levels = re.findall(r"<h(\d)", reader.get(HERE).text)
    assert levels[0] == "1"
    assert set(levels[1:]) == {"2"}


def test_the_text_to_copy_can_be_copied_and_nothing_can_be_written_into_it(reader: Visitor) -> None:
    page = reader.get(HERE).text
    assert re.search(r'<textarea[^>]* id="copy-own"[^>]* readonly', page)
    assert 'for="copy-own"' in page
    assert "<form" not in main_of(page), "nothing can be sent from here"


@pytest.mark.parametrize("path", KINDS)
def test_somebody_elses_is_not_there(record: Record, path: str) -> None:
    visitor = visit(record)
    visitor.opened()
    visitor.as_dsl("bucks-1")
    assert visitor.get(path).status_code == 404
    visitor.close()


@pytest.mark.parametrize("path", KINDS)
def test_who_has_not_signed_in_is_led_to_the_sign_in(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize("path", KINDS)
def test_practice_says_so_on_each(path: str) -> None:
    visitor = visit(made(practice="always-hungry"))
    visitor.opened()
    answer = visitor.get(path)
    text = answer.text
    if path.endswith("pdf"):
        text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(answer.content)).pages)
    assert "Practice. The child is made up" in " ".join(text.split())
    if path != HERE:
        assert 'filename="practice-record-' in answer.headers["content-disposition"]
    visitor.close()


def test_a_paper_that_cannot_be_made_leaves_the_page_the_text_and_the_numbers(record: Record) -> None:
    visitor = visit(record, NoPaper())
    visitor.opened()
    answer = visitor.get(f"{HERE}.pdf")
    words = in_words(answer.text)
    assert answer.status_code == 503
    assert "There is a problem" in words
    assert "The paper could not be made just now." in words
    assert "999" in words
    assert f'href="{HERE}.txt"' in answer.text
    assert "<title>Problem: Record of" in answer.text
    assert record.parts[0].heading in words
    visitor.close()


@pytest.mark.parametrize("path", KINDS)
def test_without_what_makes_records_it_says_that_something_went_wrong(path: str) -> None:
    visitor = visit(None)
    visitor.opened()
    answer = visitor.get(path)
    assert answer.status_code == 500
    assert "999" in in_words(answer.text)
    visitor.close()


def test_the_conversation_and_the_outcome_lead_to_it(dsl: Visitor) -> None:
    consultation = dsl.opened()
    for page in ("", "/outcome"):
        assert f'href="/consultations/{consultation}/record"' in dsl.get(f"/consultations/{consultation}{page}").text
