"""Agreement in the report's words: shares, kappa, the pairs of levels, and where levels part."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.desk.report_agreement import MOST_ROWS, agreement_parts, in_files
from bot.desk.report_pictures import bars, on_paper, picture
from bot.desk.reporting import Part, report, row_words
from bot.scrutiny.counting import counted
from bot.scrutiny.entry import Band, Entry, Wait
from bot.scrutiny.releasing import Release, released
from bot.scrutiny.rules import Rules
from tests.at_the_desk import wording

SAY = wording().say
OPENED = datetime(2025, 6, 2, tzinfo=UTC)
LEVELS = (Band.N1, Band.N2, Band.N3, Band.N4)
KIND_OF = {f"sign_{n}": "neglect" for n in range(20)} | {"violence": "domestic_abuse"}


def entries(area: str, each: int) -> list[Entry]:
    """Return a year of an area: of every pair of levels `each`, three times as many of the same, and as many alone."""
    found = []
    for assistant in LEVELS:
        for worker in LEVELS:
            many = 3 * each if assistant is worker else each
            told = {"kinds": frozenset({"neglect"}), "told": frozenset(f"sign_{n}" for n in range(20))}
            told |= {"dsl": "refer" if worker.rank > 2 else "early_help", "referral_advised": worker.rank > 2}
            told |= {"handed_over": True, "wait": Wait.ONE_DAY}
            found += [Entry(area, OPENED, assistant=assistant, worker=worker, **told)] * many
        found += [Entry(area, OPENED, assistant=assistant, kinds=frozenset({"neglect"}))] * each
        found += [Entry(area, OPENED, worker=assistant, handed_over=True, wait=Wait.ONE_DAY)] * each
    return found


@pytest.fixture(scope="module")
def release() -> Release:
    return released(2025, counted(entries("kent", 40) + entries("medway", 20), kind_of=KIND_OF), Rules())


def parts(release: Release, area: str = "kent") -> dict[str, Part]:
    return {one.name: one for one in agreement_parts(release, area, SAY, str.title, lambda one: f"told of {one}")}


def test_how_often_they_agree_is_a_share_of_those_that_can_be_compared(release: Release) -> None:
    alike = parts(release)["alike"]
    assert alike.columns == ("Kent", "All areas")
    assert alike.rows[0].figures == ("50% of 960", "50% of 1,440")
    assert alike.rows[1].shares[0] == 100.0
    assert picture(alike, SAY).startswith("<svg")


def test_kappa_stands_with_the_range_in_which_it_lies_and_says_what_it_is_not(release: Release) -> None:
    kappa = parts(release)["kappa"]
    assert [len(row.figures) for row in kappa.rows] == [2, 2, 2, 2]
    assert kappa.rows[0].figures[0] == "0.33 (0.28 to 0.38)"
    assert kappa.rows[2].figures[0] == "1.00 (1.00 to 1.00)"
    assert "It does not say who is right" in kappa.says
    assert picture(kappa, SAY) == ""


def test_the_assistants_level_stands_beside_the_workers(release: Release) -> None:
    pairs = parts(release)["pairs"]
    assert [row.figures[at] for at, row in enumerate(pairs.rows)] == ["120"] * 4
    assert pairs.rows[0].figures[1:] == ("40", "40", "40")
    assert pairs.columns[3].startswith("Worker: 4")
    assert pairs.rows[3].words.startswith("Assistant: 4")


def test_where_levels_part_is_shown_by_kind_and_by_what_was_told(release: Release) -> None:
    found = parts(release)
    kinds, told = found["kinds_beside"], found["told_beside"]
    assert kinds.columns == ("Compared", "Worker higher", "The same", "Worker lower")
    assert kinds.base == ("960", "240", "480", "240")
    assert [row.figures for row in kinds.rows] == [("960", "240", "480", "240")]
    assert len(told.rows) == MOST_ROWS
    assert told.rows[0].words == "Told of sign_0"
    chart = bars(told, SAY)
    assert chart is not None
    assert [name for name, _ in chart.columns] == ["Worker higher", "The same", "Worker lower"]


def test_over_all_areas_it_is_said_that_this_is_shown_by_area(release: Release) -> None:
    found = parts(release, "")
    assert found["kinds_beside"].instead == "This is shown for each area by itself."
    assert found["alike"].columns == ("Kent", "Medway", "All areas")


def test_an_area_of_which_nothing_can_be_said_has_a_sentence_instead() -> None:
    few = released(2025, counted(entries("kent", 40) + entries("derby", 1), kind_of=KIND_OF), Rules())
    found = parts(few, "derby")
    assert {part.instead for part in found.values()} == {"There were too few to show anything of this."}


def test_a_report_of_long_ago_says_that_this_was_not_recorded(release: Release) -> None:
    old = replace(release, tables=tuple(t for t in release.tables if not t.name.endswith("_beside")))
    assert parts(old)["kinds_beside"].instead == "The service did not record this in that year."
    older = replace(release, tables=release.tables[:5])
    assert parts(older)["pairs"].instead == "The service did not record this in that year."


def test_on_paper_every_part_has_a_head_for_each_figure(release: Release) -> None:
    of = tuple(parts(release).values())
    paper = on_paper(replace(report(release, "kent", SAY, str.title), parts=of), SAY)
    for one in paper["parts"]:
        assert all(len(row) == len(one["heads"]) == len(one["base"]) + 1 for row in one["rows"])


def test_files_have_agreement_as_tables_with_words_for_every_row(release: Release) -> None:
    tables = {table.name: table for table in in_files(release).tables}
    linear = tables["kappa_assistant_worker"].figures["linear"]
    assert linear == {"kent": 0.33, "medway": 0.33, "all": 0.33}
    assert "linear" not in tables["kappa_dsl_worker"].figures
    for table in tables.values():
        assert all(row_words(table.name, row, SAY, str) for row in table.figures)


def test_of_more_areas_than_fit_a_table_without_totals_is_in_the_files() -> None:
    areas = [f"area_{n}" for n in range(9)]
    many = released(2025, counted([one for area in areas for one in entries(area, 12)], kind_of=KIND_OF), Rules())
    held = {part.name: part for part in report(many, "", SAY, str.title).parts}
    assert held["agreed"].instead == "This is shown for each area by itself."
    assert held["beside"].columns == ("All areas",)
