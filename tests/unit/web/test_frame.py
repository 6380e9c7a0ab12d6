"""What stands around every page: whose service it is, the ways out, what went wrong, and where one left off."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from bot.web import door
from bot.web.theme import service_of
from tests.unit.web.test_pages import SCRIPTS, TEMPLATES
from tests.unit.web.visitor import Visitor, in_words, main_of

OURS = service_of(None)
EXIT = "govuk-exit-this-page__button"


def test_the_name_and_the_colours_of_a_service_are_on_its_pages(visitor: Visitor, monkeypatch) -> None:
    theirs = replace(OURS, name="Worry line", short="worries", mark="/static/theirs.png", sheet="/static/theirs.css")
    monkeypatch.setattr(door, "service_of", lambda *given: theirs)
    page = visitor.get("/").text
    assert "<title>Sign in – Worry line</title>" in page
    assert '<img class="top__mark" src="/static/theirs.png" alt=""' in page
    assert page.index("/static/base.css") < page.index("/static/theirs.css"), "theirs goes over ours"
    assert OURS.name not in page


def test_without_a_partnership_it_is_our_own() -> None:
    assert service_of("kent") == OURS
    assert OURS.sheet is None


def test_no_page_of_a_school_has_the_name_of_the_service_written_into_it() -> None:
    for name, page in TEMPLATES.items():
        assert OURS.name not in page, name


def test_who_is_signed_in_can_leave_and_hide_and_nobody_else_is_asked_to_stay(worker: Visitor) -> None:
    consultation = worker.opened()
    for path in ("/", "/another", "/staff", f"/consultations/{consultation}", "/nothing"):
        page = worker.get(path).text
        assert page.count(EXIT) == page.count('id="veil"') == page.count('id="staying"') == 1, path
        assert 'data-session="/api/session"' in page
    desk = worker.get("/duty/").text
    assert EXIT not in desk
    assert 'data-session="/duty/api/session"' in desk
    worker.ask("DELETE", "/api/session")
    stranger = worker.get("/").text
    assert not any(part in stranger for part in (EXIT, 'id="veil"', 'id="staying"'))


def test_a_slip_is_named_at_the_top_leads_to_its_field_and_comes_first_in_the_title(dsl: Visitor) -> None:
    asked_for = dsl.post("/resume", data={"reference": "nonsense"}).text
    dsl.ask("DELETE", "/api/session")
    wrong_code = dsl.post("/sign-in", data={"code": "nope"}).text
    for page, field in ((asked_for, "reference"), (wrong_code, "code")):
        assert "<title>Problem: " in page
        summary = page.split('data-module="govuk-error-summary"')[1].split("</div>")[0]
        assert "There is a problem" in summary
        assert f'<a href="#{field}">' in page
        (typed,) = re.findall(rf'<input[^>]*id="{field}"[^>]*>', page)
        assert f'aria-describedby="{field}-hint {field}-wrong"' in typed
        assert 'aria-invalid="true"' in typed
        assert f'id="{field}-wrong"' in page


def test_every_page_says_what_went_wrong_by_one_and_the_same_summary() -> None:
    pages = Path("bot/web/templates").rglob("*.html")
    with_one = [page.name for page in pages if "govuk-error-summary" in page.read_text("utf-8")]
    assert with_one == ["problem_summary.html"]


def test_who_comes_back_is_told_when_they_last_wrote_and_who_begins_is_not(dsl: Visitor) -> None:
    consultation = dsl.opened()
    reference = dsl.house.kept[consultation].consultation.reference
    path = dsl.post("/resume", data={"reference": reference}).headers["location"]
    assert "You are back" not in dsl.get(path).text
    dsl.says(consultation, text="he is always hungry")
    told = in_words(dsl.get(path).text)
    assert "You are back where you were. Your last message was at 10:00am on 20 November 2026." in told


@pytest.mark.parametrize("shape", [str.lower, lambda r: r.replace("-", " "), lambda r: f"  {r.replace('-', '')}\n"])
def test_a_reference_is_taken_however_it_was_copied(dsl: Visitor, shape) -> None:
    consultation = dsl.opened()
    reference = dsl.house.kept[consultation].consultation.reference
    assert dsl.post("/resume", data={"reference": shape(reference)}).headers["location"].endswith(consultation)


def test_every_page_has_one_heading_of_the_first_rank_and_none_is_skipped(dsl: Visitor) -> None:
    consultation = dsl.opened()
    for path in ("/", "/another", "/staff", f"/consultations/{consultation}", "/nothing"):
        ranks = [int(rank) for rank in re.findall(r"<h(\d)", main_of(dsl.get(path).text))]
        assert ranks.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(ranks)), path


def test_the_page_that_one_is_on_is_marked_in_the_list_of_pages(dsl: Visitor) -> None:
    nav = dsl.get("/").text.split('<nav class="wide"')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]*)" aria-current="page"', nav) == ["/"]


def test_every_moment_at_which_the_end_of_a_sign_in_is_told_has_its_words() -> None:
    marks = re.search(r"const MARKS = \[(.*?)\]", SCRIPTS["staying.js"])[1].split(", ")
    words = re.findall(r'data-word="(\w+)"', TEMPLATES["templates/shared/staying.html"])
    assert len(marks) > 3
    assert {*marks, "title"} == set(words)
