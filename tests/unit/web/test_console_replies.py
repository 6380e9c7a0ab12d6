"""Approved replies on the case's page: for who holds the case, to be changed before they are sent."""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.knowledge.desk_settings import DeskSettings
from bot.knowledge.replies import Reply
from tests.fakes_back_office import AtTheConsole
from tests.unit.web.visitor import in_words

SEEN = Reply(
    "seen", "You hear from us by {due}. Or ring {front_door}. <b>", "desk_manager", date(2026, 1, 1), date(2027, 1, 1)
)


@pytest.fixture
def console() -> Iterator[AtTheConsole]:
    visitor = AtTheConsole(DeskSettings(replies=(SEEN,)))
    visitor.as_dsl().as_worker()
    yield visitor
    visitor.close()


def test_who_holds_the_case_finds_them_beside_the_message_with_their_blanks_filled(console: AtTheConsole) -> None:
    case = f"/duty/cases/{console.handed_over()}"
    assert "Approved replies" not in console.get(case).text, "nobody says anything in a case they do not hold"
    console.post(f"{case}/claim")
    page = console.get(case).text
    assert "You hear from us by today, 14:00. Or ring 03000 411111. &lt;b&gt;" in in_words(page)
    console.as_worker("bob")
    assert "Approved replies" not in console.get(case).text


def test_they_can_be_read_and_copied_without_a_script(console: AtTheConsole) -> None:
    case = f"/duty/cases/{console.handed_over()}"
    console.post(f"{case}/claim")
    page = console.get(case).text
    kept = page[page.index('<details class="govuk-details ready"') :].split("</details>")[0]
    assert "Approved replies</span></summary>" in kept
    assert 'data-ready="ready-seen"' in kept
    assert " hidden>" in kept, "the button works by script alone, which shows it"
    assert "<form" not in kept, "nothing is sent from here"
    assert '<p class="ready__text" id="ready-seen">You hear' in kept


def test_a_desk_without_approved_replies_shows_none() -> None:
    visitor = AtTheConsole()
    visitor.as_dsl().as_worker()
    case = f"/duty/cases/{visitor.handed_over()}"
    visitor.post(f"{case}/claim")
    assert "Approved replies" not in visitor.get(case).text
    visitor.close()


def test_no_dsl_is_shown_what_could_be_said(console: AtTheConsole) -> None:
    case = f"/duty/cases/{console.handed_over()}"
    console.post(f"{case}/claim")
    assert "You hear from us by" not in console.get("/consultations/c0001").text
    assert "Approved replies" not in console.get("/consultations/c0001").text
