"""Every indicator gathered from Kent and Buckinghamshire is held at the level published there."""

from pathlib import Path

import pytest
import yaml

from bot.knowledge import load_area, load_national

PUBLISHED = Path(__file__).resolve().parents[2] / "cases" / "published"


def _expected(area):
    return yaml.safe_load((PUBLISHED / f"{area}.yml").read_text("utf-8"))


@pytest.mark.parametrize(("area", "count"), [("kent", 72), ("buckinghamshire", 80)])
def test_every_published_indicator_is_a_row_at_its_published_level(root, on, area, count):
    rows = {row.published: row for row in load_area(root, area, on).rows}
    expected = {e["published"]: e for e in _expected(area)}

    assert len(expected) == count
    assert set(expected) == set(rows)
    assert {i: rows[i].level.code for i in rows} == {i: e["level"] for i, e in expected.items()}


@pytest.mark.parametrize("area", ["kent", "buckinghamshire"])
def test_every_published_indicator_cites_the_page_that_publishes_it(root, on, area):
    rows = {row.published: row for row in load_area(root, area, on).rows}

    other = {e["published"] for e in _expected(area) if rows[e["published"]].citation.url != e["page"]}

    assert other == set()


@pytest.mark.parametrize("area", ["kent", "buckinghamshire"])
def test_facts_of_one_row_alone_reach_that_row_s_level_and_no_higher(root, on, area):
    vocabulary = load_national(root, on).indicators
    rows = load_area(root, area, on).rows

    strays = {}
    for row in rows:
        told = row.needs[0]
        held = told.union(*(vocabulary[i].implies for i in told))
        reached = max(r.level.rank for r in rows if any(need <= held for need in r.needs))
        if reached != row.level.rank:
            strays[row.id] = reached

    assert strays == {}, "a row's first alternative must show the row at its own level"


def test_the_two_copies_of_kent_s_level_4_page_keep_their_own_notes(root, on):
    rows = {row.published: row for row in load_area(root, "kent", on).rows}

    first, second = rows["IND-045"].citation, rows["IND-062"].citation

    assert first.url == second.url
    assert first.dated != second.dated
    assert "probably older" in second.dated
