"""Every sign gathered from the areas' published lists is held at the level published there."""

from pathlib import Path

import pytest
import yaml

from bot.knowledge import load_everything

PUBLISHED = Path(__file__).resolve().parents[2] / "cases" / "published"
AREAS = sorted(file.stem for file in PUBLISHED.glob("*.yml"))
# How many signs were gathered of each area.
GATHERED = {
    "brighton-and-hove": 22,
    "buckinghamshire": 80,
    "derby": 3,
    "east-sussex": 8,
    "hampshire": 54,
    "harrow": 7,
    "kent": 72,
    "liverpool": 9,
    "northumberland": 16,
    "oxfordshire": 5,
    "sheffield": 13,
    "trafford": 15,
    "wigan": 5,
}


@pytest.fixture(scope="module")
def held(root, on):
    return load_everything(root, on)


def _expected(area):
    return {e["published"]: e for e in yaml.safe_load((PUBLISHED / f"{area}.yml").read_text("utf-8"))}


def _rows(held, area):
    return {row.published: row for row in held[1][area].rows if row.published}


def test_three_hundred_and_nine_signs_were_gathered():
    assert {area: len(_expected(area)) for area in AREAS} == GATHERED
    assert sum(GATHERED.values()) == 309


@pytest.mark.parametrize("area", AREAS)
def test_every_published_sign_is_a_row_at_its_published_level(held, area):
    rows = _rows(held, area)

    assert {i: row.level.code for i, row in rows.items()} == {i: e["level"] for i, e in _expected(area).items()}


@pytest.mark.parametrize("area", AREAS)
def test_every_published_sign_cites_the_page_that_publishes_it(held, area):
    rows = _rows(held, area)

    assert {i for i, e in _expected(area).items() if rows[i].citation.url != e["page"]} == set()


def test_the_two_copies_of_kent_s_level_4_page_keep_their_own_notes(held):
    rows = _rows(held, "kent")

    first, second = rows["IND-045"].citation, rows["IND-062"].citation

    assert first.url == second.url
    assert first.dated != second.dated
    assert "probably older" in second.dated
