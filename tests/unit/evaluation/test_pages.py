"""The report and the statement say what was found, and neither more nor less."""

from datetime import date

from bot.web.statement_page import STATEMENT, blocks
from evaluation.pages import faults_of, report, statement
from evaluation.results import Provenance

BY = Provenance(date(2026, 11, 23), "abc1234", "a machine", "./noname evaluate pages")
GOOD = {"axe": [], "layout": []}
FOUND = {
    "states": {
        "start": GOOD,
        "queue": {"axe": ["heading-order"], "layout": ["focus"]},
        "case": {"axe": [], "layout": ["focus"]},
    },
    "lighthouse": {"start": {"performance": 99, "accessibility": 100, "best-practices": None}},
}


def test_every_fault_is_counted_on_the_states_that_have_it() -> None:
    assert faults_of(FOUND) == {"axe rule heading-order": 1, "measure of layout, focus": 2}


def test_the_report_says_how_many_pass_what_fails_and_the_scores() -> None:
    said = report(FOUND)
    assert "1 of 3 states pass" in said
    assert "| measure of layout, focus | 2 |" in said
    assert "| start | 99 | 100 | none |" in said


def test_the_statement_names_each_fault_and_does_not_claim_to_conform() -> None:
    said = statement(FOUND, BY)
    assert "partially conforms" in said
    assert "- axe rule heading-order: on 1 of the states." in said
    assert "23 November 2026, at version abc1234" in said


def test_the_statement_without_a_fault_still_says_that_tests_do_not_find_all() -> None:
    said = statement({"states": {"start": GOOD}, "lighthouse": {}}, BY)
    assert "partially" not in said
    assert "Automatic tests find some faults and not all." in said


def test_the_statement_that_is_shown_has_a_title_and_says_how_to_ask_for_another_form() -> None:
    shown = blocks(STATEMENT.read_text(encoding="utf-8"))
    assert [kind for kind, _ in shown].count("h1") == 1
    assert any("braille" in line for _, lines in shown for line in lines)


def test_a_text_is_taken_apart_into_what_it_is() -> None:
    told = blocks("# One\n\nTwo\nthree\n\n## Four\n\n- five\n- six\n")
    assert told == [("h1", ["One"]), ("p", ["Two three"]), ("h2", ["Four"]), ("ul", ["five", "six"])]


def test_a_picture_of_a_page_stands_in_the_file_and_not_on_the_page() -> None:
    written = STATEMENT.read_text(encoding="utf-8")
    [picture] = [part for part in written.split("\n\n") if part.startswith("![")]
    there = STATEMENT.parent / picture.split("](")[1].rstrip(")\n")
    assert there.stat().st_size < 150_000
    assert not [line for _, lines in blocks(written) for line in lines if "![" in line or "images/" in line]
