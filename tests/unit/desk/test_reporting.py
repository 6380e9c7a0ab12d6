"""A report in words: what is shown, what is hidden, what was not recorded, and shares from shown figures alone."""

from typing import Any

import pytest

from bot.desk.report_pictures import bars, on_paper, picture
from bot.desk.reporting import MOST_COLUMNS, Part, Report, report
from bot.scrutiny.releasing import from_plain
from bot.scrutiny.tables import OPENED, TABLES
from tests.at_the_desk import wording

SAY = wording().say
AREAS = ["kent", "medway"]


def release(**changed: dict[str, Any]) -> Any:
    """Return a release in which every row of two areas has 20, but for tables that are `changed`."""
    tables = []
    for name, rows in [(OPENED[0], [OPENED[1]]), *((table.name, table.rows) for table in TABLES)]:
        figures = {str(row): {"kent": 20, "medway": 20, "all": 40} for row in rows}
        base = {"kent": 80, "medway": 80, "all": 160}
        tables.append({"name": name, "areas": AREAS, "base": base, "rows": figures} | changed.get(name, {}))
    return from_plain({"year": 2025, "under": 5, "rounding": 5, "tables": tables})


def made(area: str = "kent", **changed: dict[str, Any]) -> Report:
    return report(release(**changed), area, SAY, str.title)


def part(of: Report, name: str) -> Part:
    return next(one for one in of.parts if one.name == name)


def test_every_table_is_in_it_with_words_for_each_row() -> None:
    whole = made()
    assert [one.name for one in whole.parts] == [OPENED[0], *(table.name for table in TABLES)]
    assert all(row.words for one in whole.parts for row in one.rows)
    assert (whole.title, whole.of) == ("Annual report of consultations, 2025-26", "Kent")


def test_an_areas_report_has_it_beside_all_areas_and_no_other() -> None:
    assert part(made(), "ages").columns == ("Kent", "All areas")
    assert part(made(""), "ages").columns == ("Kent", "Medway", "All areas")


def test_what_is_hidden_is_said_to_be_so_and_has_no_share() -> None:
    hidden = {"rows": {"yes": {"kent": None, "medway": 20, "all": 40}, "no": {"kent": 60, "medway": 60, "all": 120}}}
    row = part(made(assessed=hidden), "assessed").rows[0]
    assert (row.figures, row.shares) == (("not shown", "40"), (None, 25.0))


def test_what_nobody_recorded_is_said_to_be_so_and_never_guessed() -> None:
    rows = {row: dict.fromkeys(["kent", "medway", "all"], 0) for row in ("held", "not_held")}
    rows["not_recorded"] = {"kent": 80, "medway": 80, "all": 160}
    shown = part(made(meeting={"rows": rows}), "meeting")
    assert (shown.instead, shown.rows) == ("The service did not record this in that year.", ())


def test_a_table_that_does_not_speak_of_the_area_says_that_there_were_too_few() -> None:
    assert part(made(waits={"areas": ["medway"]}), "waits").instead == "There were too few to show anything of this."


def test_a_share_that_rounding_lifts_above_the_whole_is_the_whole() -> None:
    rows = {"yes": {"kent": 85, "medway": 20, "all": 40}, "no": {"kent": 0, "medway": 20, "all": 40}}
    assert part(made(assessed={"rows": rows}), "assessed").rows[0].shares[0] == 100.0


def test_of_many_areas_a_report_over_all_shows_them_in_one_and_the_files_have_them_all() -> None:
    many = [f"area-{n}" for n in range(MOST_COLUMNS)]
    figures = dict.fromkeys([*many, "all"], 50)
    wide = {"areas": many, "base": figures, "rows": {"yes": figures, "no": figures}}
    shown = part(made("", assessed=wide), "assessed")
    assert shown.columns == ("All areas",)


def test_a_chart_has_at_most_three_columns_and_of_more_the_last() -> None:
    shown = bars(part(made(""), "ages"), SAY)
    assert shown is not None
    assert [name for name, _ in shown.columns] == ["Kent", "Medway", "All areas"]
    four = {"areas": [*AREAS, "derby"], "base": dict.fromkeys([*AREAS, "derby", "all"], 50)}
    four["rows"] = {row: dict(four["base"]) for row in ("yes", "no")}
    shown = bars(part(made("", assessed=four), "assessed"), SAY)
    assert shown is not None
    assert [name for name, _ in shown.columns] == ["All areas"]


@pytest.mark.parametrize("name", ["opened", "waits"])
def test_where_there_is_nothing_to_compare_there_is_no_chart(name: str) -> None:
    few = made(waits={"areas": []})
    assert picture(part(few, name), SAY) == ""


def test_on_paper_each_picture_has_words_and_each_table_its_heads() -> None:
    paper = on_paper(made(), SAY)
    for one in paper["parts"]:
        assert bool(one["svg"]) == bool(one["alt"])
        assert all(len(row) == len(one["heads"]) == len(one["base"]) + 1 for row in one["rows"])
    assert any(one["svg"] for one in paper["parts"])
