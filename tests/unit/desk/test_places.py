"""How a council is recognised in what a DSL types, and what is no council."""

from dataclasses import replace

import pytest

from bot.desk.places import Places, tells_of_moving
from tests.at_the_desk import make_counsel
from tests.fakes import FakeRecords


@pytest.fixture(scope="module")
def places() -> Places:
    return make_counsel(FakeRecords()).places()


# fmt: off
FOUND = [
    ("Kent", ["kent"]),
    ("kent please", ["kent"]),
    ("its KENT COUNTY COUNCIL", ["kent"]),
    ("Bucks", ["buckinghamshire"]),
    ("northumberland county council", ["northumberland"]),
    ("the london borough of lambeth", ["lambeth"]),
    ("Hants", ["hampshire"]),
    ("brighton & hove", ["brighton-and-hove"]),
    ("Brighton and Hove City Council", ["brighton-and-hove"]),
    ("what would it be in medway?", ["medway"]),
    ("we are in Kent but she lives in Medway", ["kent", "medway"]),
    ("not kent, medway", ["medway"]),
]
LEFT_ALONE = [
    "", "devon", "no", "another council", "england", "the national floor", "kentish town", "he was hampered",
    "she is not in kent",
]
# fmt: on


@pytest.mark.parametrize(("text", "areas"), FOUND)
def test_a_council_is_recognised_however_it_is_typed(places: Places, text: str, areas: list[str]) -> None:
    assert list(places.named_in(text)) == areas


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_names_no_held_council_is_left_alone(places: Places, text: str) -> None:
    assert places.named_in(text) == ()


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Medway", "medway"),
        ("we are in Kent but she lives in Medway", "medway"),
        ("kent or medway", None),
        ("devon", None),
    ],
)
def test_one_area_is_taken_only_where_it_is_clear_which(places: Places, text: str, area: str | None) -> None:
    assert places.only_one_in(text) == area


def test_every_held_area_is_found_by_all_its_names(places: Places) -> None:
    for pack in places.packs:
        for name in (pack.name, pack.area.replace("-", " "), *pack.also_called):
            assert places.named_in(f"it is {name.upper()} I think") == (pack.area,), name


@pytest.mark.parametrize("text", ["Kent", "she lives in Kent", "kent county council"])
def test_a_name_that_two_areas_have_is_taken_for_neither(places: Places, text: str) -> None:
    both = Places(
        replace(pack, also_called=(*pack.also_called, "Kent", "Kent County Council")) if pack.area == "derby" else pack
        for pack in places.packs
    )

    assert places.only_one_in(text) == "kent"
    assert both.only_one_in(text) is None
    assert set(both.named_in(text)) == {"derby", "kent"}


def test_england_is_no_council(places: Places) -> None:
    assert places.pack("england") is None
    assert "england" not in [pack.area for pack in places.packs]


@pytest.mark.parametrize("text", ["they are moving to Hampshire", "mum wants to move", "relocating in May"])
def test_a_move_is_heard(text: str) -> None:
    assert tells_of_moving(text)


@pytest.mark.parametrize("text", ["he lives in Kent", "she was removed from class", "a lot of movement"])
def test_what_is_no_move_is_left_alone(text: str) -> None:
    assert not tells_of_moving(text)
