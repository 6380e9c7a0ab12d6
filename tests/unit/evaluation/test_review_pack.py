"""The review pack holds everything that is asked and said, and each line has a place to mark and room to write."""

from datetime import date
from io import BytesIO

import docx
import pytest

from bot.knowledge import Wording
from bot.knowledge.practice import load_practice
from bot.settings import ROOT
from evaluation.papers import marking, review_pack
from evaluation.papers.seen import as_shipped

ON = date(2026, 11, 23)
AREAS = ("kent", "medway")


@pytest.fixture(scope="module")
def seen():
    return as_shipped(ON)


@pytest.fixture(scope="module")
def wording():
    return Wording(ROOT / "nlu_data" / "responses")


@pytest.fixture(scope="module")
def cases(seen):
    return load_practice(ROOT / "knowledge_base", seen.national, ON)


@pytest.fixture(scope="module")
def document(seen, wording, cases):
    return docx.Document(BytesIO(review_pack.document(seen, AREAS, cases, wording)))


@pytest.fixture(scope="module")
def rows(document):
    """The rows of every table, as tuples of words."""
    tables = [[tuple(cell.text for cell in row.cells) for row in table.rows] for table in document.tables]
    return [row for table in tables for row in table]


def test_it_holds_every_question_with_its_answers_and_why_it_is_asked(seen, wording, rows):
    held = {row[0]: row for row in rows}
    assert len(seen.national.questions) > 20
    for name in seen.national.questions:
        row = held[wording.template(f"utter_ask_{name}").replace("**", "")]
        titles = [title for title, payload in wording.buttons(f"utter_ask_{name}") if payload != "/ask_why"]
        assert row[1].split("\n") == (titles or [marking.words()["questions"]["free"]])
        assert row[2], f"{name} has no reason"


def test_it_holds_every_red_flag_with_its_words_condition_and_source(seen, rows):
    held = {row[0]: row for row in rows}
    assert len(seen.national.red_flags) > 60
    for flag in seen.national.red_flags:
        row = held[flag.words]
        assert row[1]
        assert flag.citation.section in "".join(row[2] for row in rows if row[0] == flag.words)


def test_it_holds_every_rule_with_its_basis(seen, rows):
    held = {row[0]: row[2] for row in rows if len(row) > 2}
    assert all("professional judgement" in held[one.words] for one in seen.national.adjustments)


def test_it_holds_what_is_said_with_every_level(seen, rows, document):
    for level in seen.packs["kent"].levels:
        assert (f"{level.code} {level.name}", level.consent, level.route) in [row[:3] for row in rows]
    said = [paragraph.text for paragraph in document.paragraphs]
    assert any(line.startswith("Medway publishes no levels") for line in said)


def test_it_holds_every_exit_and_every_word_around_an_answer(wording, rows):
    held = {row[0] for row in rows}
    said = ("utter_exit_", "utter_assessment_", "utter_consent_", "utter_next_", "utter_reason_")
    names = [name for name in wording.names() if name.startswith(said)]
    assert len(names) > 15
    assert all(wording.template(name).replace("**", "") in held for name in names)


def test_every_story_comes_first_without_an_answer_and_then_with_that_of_each_area(seen, cases, rows, document):
    said = [paragraph.text for paragraph in document.paragraphs]
    answers = said.index(marking.words()["said"]["heading"])
    assert len(cases) > 15
    for case in cases.values():
        assert said.index(case.title) < answers
        assert all(said.index(line) < answers for line in case.words.splitlines())
    per_area = {area: [row for row in rows if row[0] == seen.packs[area].name] for area in AREAS}
    assert {len(found) for found in per_area.values()} == {len(cases)}
    assert sum(line.startswith("It worked from this: ") for line in said[answers:]) == len(cases)
    assert all(row[1] and row[2] for found in per_area.values() for row in found)


def test_what_the_assistant_says_of_a_story_is_what_the_story_is_known_to_amount_to(seen, cases, rows):
    kent = [row for row in rows if row[0] == "Kent"]
    known = [(case.areas.get("kent", ""), row[1]) for case, row in zip(cases.values(), kent, strict=True)]
    levels = [(level, said) for level, said in known if level.isdigit()]
    assert len(levels) > 5
    assert all(f"level {level}" in said for level, said in levels)


def test_every_line_has_boxes_and_room(document):
    mark = marking.words()["mark"]
    marked = [row for table in document.tables for row in table.rows[1:] if len(row.cells) > 2]
    assert len(marked) > 150
    for row in marked:
        assert row.cells[-2].text == mark
        assert row.cells[-1].text == ""
        assert row.cells[-1].width.cm > 3


def test_it_fits_the_page_and_every_column_has_a_name(document):
    for table in document.tables:
        widths = [cell.width.cm for cell in table.rows[0].cells]
        assert 16 < sum(widths) < 17.2
        assert all(cell.text for cell in table.rows[0].cells)


def test_no_mark_of_ours_is_shown_as_it_is_written(rows, document):
    said = "\n".join([*(cell for row in rows for cell in row), *(one.text for one in document.paragraphs)])
    assert "**" not in said
