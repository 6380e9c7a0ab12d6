"""The desk's pages as everybody hears them: where one is, tables that say what they are, and what was not asked."""

import re

import pytest

from bot.desk.brief_section import Section
from tests import fakes_duty
from tests.fakes_back_office import AtTheConsole
from tests.unit.web.visitor import Visitor, in_words


def marked(page: str) -> list[tuple[str, str]]:
    """Return the links of the menu that are marked as where one is, and how."""
    return re.findall(r'href="([^"]+)" aria-current="(\w+)"', page)


def test_the_menu_marks_the_page_that_one_is_on(worker: Visitor, case: str) -> None:
    assert marked(worker.get("/duty/").text) == [("/duty/", "page")]
    assert marked(worker.get("/duty/account").text) == [("/duty/account", "page")]
    assert marked(worker.get(case).text) == [("/duty/", "true")], "a case is below the queue"


@pytest.mark.parametrize("path", ["/duty/", "/duty/shift", "/duty/search?urgency=amber"])
def test_a_list_is_a_table_with_a_caption_for_those_who_see_cards_too(path: str) -> None:
    console = AtTheConsole()
    console.as_dsl().as_worker().handed_over()
    page = console.get(path).text
    console.close()
    table = re.search(r'<table class="queue govuk-table" role="table">.*?</table>', page, re.S)[0]
    assert "<caption" in table
    heads = re.findall(r'role="columnheader">(.*?)</th>', table)
    row = re.search(r'<tr class="govuk-table__row" role="row" data.*?</tr>', table, re.S)[0]
    cells = re.findall(r'role="cell" data-th="(.*?)">', row)
    assert row.count('role="rowheader"') == 1
    assert set(heads) - set(cells) == {"Case"}
    assert set(cells) <= set(heads)


def test_what_nobody_asked_is_folded_and_counted_and_nothing_is_left_out(
    monkeypatch: pytest.MonkeyPatch, worker: Visitor, case: str
) -> None:
    never = frozenset({"Age: not asked", "Injury: not asked"})
    brief = (Section("Told", ("Age: not asked", "Hungry"), never), Section("Flags", ("Injury: not asked",), never))
    monkeypatch.setattr(fakes_duty, "_BRIEF", brief)
    page = worker.get(case).text
    folded = re.findall(r'<details class="govuk-details unasked">(.*?)</details>', page, re.S)
    named = [in_words(fold).split(":")[0].strip() for fold in folded]
    assert named == ["Not asked", "Nothing is known, as it was not asked"]
    assert ["Age: not asked" in folded[0], "Injury: not asked" in folded[1]] == [True, True]
    assert "Hungry" not in "".join(folded)
    assert "Hungry" in page


def test_every_field_of_an_answer_has_a_label_and_says_what_is_wrong_with_it(worker: Visitor, claimed: str) -> None:
    page = worker.post(f"{claimed}/outcome", data={"reason": "short"}).text
    summary = re.search(r'<div class="govuk-error-summary".*?</ul>', page, re.S)[0]
    places = re.findall(r'<a href="#([\w-]+)">', summary)
    assert len(places) == 5
    assert all(f'id="{place}"' in page for place in places)
    described = re.findall(r'aria-describedby="([^"]+)"', page)
    named = {one for ids in described for one in ids.split()}
    assert named
    assert not [one for one in named if f'id="{one}"' not in page]
    fields = re.findall(r'<(?:input|select|textarea)[^>]*\bid="([\w-]+)"', page)
    assert not [one for one in fields if f'for="{one}"' not in page]
