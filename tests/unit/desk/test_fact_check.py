"""The sheet holds everything that an answer can rest on, and says of each thing where it stands."""

from datetime import date
from pathlib import Path

import pytest

from bot.desk.fact_check import Sheet, fact_check
from bot.knowledge.draft import overlay
from bot.knowledge.model import Pack
from tests.at_the_desk import wording
from tests.at_the_editing_desk import TODAY, EditingDesk
from tests.testshire import FILES, SLUG


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> EditingDesk:
    return EditingDesk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def sheet(desk: EditingDesk) -> Sheet:
    return desk.editing.sheet(SLUG, TODAY)


def test_every_row_of_the_area_stands_once_at_its_own_level(sheet: Sheet) -> None:
    shown = [(said.level.code, one.row.id) for said in sheet.levels for one in said.rows]

    assert sorted(shown) == sorted((row.level.code, row.id) for row in sheet.pack.rows)


def test_national_rows_stand_in_exactly_where_the_area_is_silent(sheet: Sheet) -> None:
    named = frozenset().union(*(way for row in sheet.pack.rows for way in row.needs))
    shown = {one.row.id for said in sheet.levels for one in said.standing_in}
    silent = {row.id for row in sheet.national.floor.rows if row.everywhere or frozenset().union(*row.needs) - named}
    covered = {row.id for row in sheet.national.floor.rows} - silent

    assert shown == silent
    assert covered, "Testshire has rows of its own: somewhere nothing has to stand in"


def test_a_national_row_stands_at_the_lowest_level_that_reaches_it(sheet: Sheet) -> None:
    for said in sheet.levels:
        lower = [one.level for one in sheet.levels if one.level.rank < said.level.rank]
        for one in said.standing_in:
            assert max(said.level.neutral) >= max(one.row.level.neutral)
            assert all(max(level.neutral) < max(one.row.level.neutral) for level in lower)


def test_duties_that_are_off_are_on_the_sheet_too(sheet: Sheet) -> None:
    assert {one.rule.is_on for one in sheet.routes} == {True, False}
    assert len(sheet.routes) == len(sheet.national.routes)


def test_every_red_flag_and_adjustment_says_in_words_when_it_holds(sheet: Sheet) -> None:
    assert len(sheet.red_flags) == len(sheet.national.red_flags) > 5
    assert len(sheet.adjustments) == len(sheet.national.adjustments) > 3
    for one in (*sheet.red_flags, *sheet.adjustments, *sheet.routes):
        ways = [words for way in one.ways for words in way]
        assert ways or one.rule.core_unknown
        assert not [words for words in ways if words in sheet.national.indicators], "an id is no words"


def test_a_contact_that_is_past_its_check_is_shown_as_such_and_not_hidden(sheet: Sheet) -> None:
    shown = {one.held.id: one.is_past for one in sheet.contacts}

    assert shown == {"front_door": False, "out_of_hours": False, "lado": True, "early_help": False}


def test_every_document_that_is_cited_is_listed_once(sheet: Sheet) -> None:
    listed = [one.source for one in sheet.documents]

    assert len(listed) == len(set(listed))
    assert {"testshire-doc", "testshire-old"} <= set(listed)
    cited = {one.rule.citation.source for one in (*sheet.red_flags, *sheet.routes, *sheet.adjustments)}
    assert cited <= set(listed)


def test_where_the_levels_are_not_held_the_neutral_ones_are_shown_and_said_to_be(
    desk: EditingDesk, tmp_path: Path
) -> None:
    scheme = FILES["area.yml"].index("  scheme:\n")
    area = FILES["area.yml"][:scheme] + "  scheme: []\n" + FILES["area.yml"][FILES["area.yml"].index("contacts:") :]
    files = FILES | {"area.yml": area, "thresholds.yml": "sections: {}\n"}
    files["early_help.yml"] = FILES["early_help.yml"].replace('["2"]', "[N2]")
    laid_out = overlay(desk.in_force.root, SLUG, files, tmp_path)
    pack: Pack = desk.in_force._load_area(laid_out, SLUG, TODAY)
    sheet = fact_check(pack, desk.in_force.national_of(TODAY), wording())

    assert not sheet.has_scheme
    assert [said.level.code for said in sheet.levels] == ["N1", "N2", "N3", "N4"]
    assert sum(len(said.standing_in) for said in sheet.levels) == len(sheet.national.floor.rows)


def test_england_itself_needs_nobody_to_stand_in(desk: EditingDesk) -> None:
    sheet = desk.editing.sheet("england", TODAY)

    assert not [one for said in sheet.levels for one in said.standing_in]
    assert sum(len(said.rows) for said in sheet.levels) == len(sheet.pack.rows)


def test_the_sheet_of_another_day_is_that_days(desk: EditingDesk) -> None:
    assert desk.editing.sheet(SLUG, date(2026, 1, 1)).pack.on == date(2026, 1, 1)
