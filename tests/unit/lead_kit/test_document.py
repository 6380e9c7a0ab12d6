"""The kit as a document: it opens, can be read out, names its sources and nobody else."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from bot.consultation import Citation
from bot.knowledge import UnknownArea
from bot.knowledge.early_help import LeadPractitioner

ON = date(2026, 11, 23)
STARTS = date(2026, 11, 23)
PAST_EVERY_CHECK = date(2028, 6, 1)


@pytest.fixture(scope="module", params=["kent", "buckinghamshire"])
def document(request, kits):
    return docx.Document(BytesIO(kits.document(request.param, STARTS, ON)))


@pytest.fixture(scope="module")
def bucks(kits):
    return docx.Document(BytesIO(kits.document("buckinghamshire", STARTS, ON)))


def said(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def headings(document):
    return [p.text for p in document.paragraphs if p.style.name == "Heading 1"]


def test_it_has_a_title_and_real_headings(document):
    assert document.paragraphs[0].style.name == "Title"
    assert len(headings(document)) == 13
    for words in ("What a lead practitioner is", "Action plan", "Minutes", "When consent is refused"):
        assert words in headings(document)


def test_every_table_marks_its_first_row_as_the_one_that_names_the_columns(document):
    assert len(document.tables) == 4
    for table in document.tables:
        marked = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert marked == [True] + [False] * (len(table.rows) - 1)
        assert all(cell.text for cell in table.rows[0].cells)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_it_is_in_british_english_throughout(document):
    languages = {held.get(qn("w:val")) for held in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    assert document.core_properties.language == "en-GB"


def test_it_is_on_a4(document):
    page = document.sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)


def test_lists_are_lists_and_no_rows_of_dashes(document):
    assert sum(p.style.name == "List Bullet" for p in document.paragraphs) > 20
    assert not [p.text for p in document.paragraphs if re.match(r"[-*•_]", p.text)]


def test_nobody_is_named_as_its_author_and_nothing_says_where_it_was_made(document, kits):
    properties = document.core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created.date() == ON
    with ZipFile(BytesIO(kits.document("kent", STARTS, ON))) as file:
        inside = b"".join(file.read(name) for name in file.namelist() if name.endswith((".xml", ".rels")))
    assert str(Path(__file__).resolve().parents[3]).encode() not in inside
    assert b"/home/" not in inside


def test_forms_are_empty(document):
    consent, plan, minutes = document.tables[1:]
    assert {row.cells[1].text for table in (consent, minutes) for row in table.rows[1:]} == {""}
    assert {cell.text for row in plan.rows[1:] for cell in row.cells} == {""}


def test_the_plan_asks_for_what_who_by_role_and_by_when(document):
    header = [cell.text for cell in document.tables[2].rows[0].cells]
    assert {"What is done", "Who, by role", "By when"} <= set(header)


def test_it_says_the_days_of_the_plan(document):
    days = [row.cells[1].text for row in document.tables[0].rows[1:]]
    assert days == [
        "Monday 7 December 2026", "Monday 14 December 2026", "Monday 18 January 2027", "Monday 1 March 2027",
    ]  # fmt: skip


def test_it_names_999_and_the_front_door_before_anything_else(bucks):
    before = "\n".join(p.text for p in bucks.paragraphs[:5])
    assert "999" in before
    assert "01296 383962" in before
    assert "0800 999 7677" in before


def test_over_fgm_marriage_honour_and_made_up_illness_it_says_nothing_to_the_family(document):
    assert "Over female genital mutilation (FGM), forced marriage, honour" in said(document)


def test_an_area_that_has_a_word_of_its_own_for_the_role_is_heard(kits):
    citation = Citation("s", "Council: Network meetings", "how often", "2026", date(2026, 11, 20))
    lead = LeadPractitioner("family link", "network meeting", "within three weeks", citation, date(2027, 5, 20), True)
    text = said(docx.Document(BytesIO(replace(kits, lead_of=lambda *_: lead).document("kent", STARTS, ON))))
    assert "Kent calls it: family link. The meeting: network meeting." in text
    assert "What Kent says of the first meeting: within three weeks." in text
    assert "network meeting, first review" in text
    assert "Council: Network meetings, how often; dated: 2026; checked 20 Nov 2026." in text


def test_an_area_whose_word_is_not_known_says_so(kits):
    kent = docx.Document(BytesIO(kits.document("kent", STARTS, ON)))
    assert "What Kent calls it was not found in our sources." in said(kent)


def test_it_names_each_source_with_its_date_and_its_check(document, kits):
    text = said(document)
    assert "checked 2 Nov 2026" in text
    listed = text[text.index("Where this comes from") :]
    assert "dated: " in listed
    assert "It is a judgement" in listed
    area = "kent" if "kit: Kent" in text else "buckinghamshire"
    for option in kits.pack_of(area, ON).early_help:
        if option.name in text:
            assert f"{option.citation.title}, {option.citation.section}" in listed


def test_what_is_past_its_check_is_shown_and_said_to_be(kits):
    late = said(docx.Document(BytesIO(kits.document("buckinghamshire", PAST_EVERY_CHECK, PAST_EVERY_CHECK))))
    assert "01296 383962" in late
    assert late.count("This was due to be checked by") >= 4, "both numbers, the role and the help there is"


def test_within_its_check_nothing_is_said_to_be_due(document):
    assert "was due to be checked" not in said(document)


def test_an_area_with_nothing_published_still_gets_a_kit_that_says_so(kits):
    def bare(area, on):
        return replace(kits.pack_of("kent", on), levels=(), contacts={}, early_help=(), escalation=())

    text = said(
        docx.Document(BytesIO(replace(kits, pack_of=bare, lead_of=lambda *_: None).document("kent", STARTS, ON)))
    )
    for words in ("not in our sources for Kent", "The steps of Kent are not", "Our sources name no early help of Kent"):
        assert words in text
    assert "999" in text


def test_an_unknown_area_has_no_kit(kits):
    with pytest.raises(UnknownArea):
        kits.document("atlantis", STARTS, ON)
