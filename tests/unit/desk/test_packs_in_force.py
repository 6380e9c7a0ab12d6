"""What an area's answers rest on, on a day: approved revisions over the files that the service came with."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.knowledge.bundle import bundle_of
from bot.knowledge.draft import digest_of, overlay
from bot.knowledge.errors import NotInForce, PackError, UnknownArea
from bot.knowledge.revision import Revision, RevisionState
from tests.at_the_editing_desk import NEW_NUMBER, NOW, TODAY, EditingDesk, knowledge_of_testshire
from tests.testshire import ENGLAND, FILES, HERE, SLUG, make_knowledge


@pytest.fixture
def desk(tmp_path: Path) -> EditingDesk:
    return EditingDesk(tmp_path)


def keep(desk: EditingDesk, name: str, **values) -> None:
    """Put a revision in the records as it is."""
    files = FILES | {"area.yml": FILES["area.yml"].replace("01632 960100", name)}
    held = {
        "state": RevisionState.APPROVED,
        "approved_at": NOW,
        "approved_by": "ben",
        "in_force_from": TODAY,
        "digest": digest_of(files),
    }
    revision = Revision(
        name.replace(" ", "-"), SLUG, based_on="", made_by="ada", made_at=NOW, changed_at=NOW, **held | values
    )
    assert desk.records.keep_revision(revision, "revision.started", "ada", NOW, files)


def test_without_revisions_it_is_our_own_files(desk: EditingDesk) -> None:
    assert desk.in_force.root_of(SLUG, TODAY) == desk.in_force.root
    assert desk.front_door() == "01632 960100"


def test_a_revision_that_another_process_approved_holds_as_soon_as_what_is_known_is_old(desk: EditingDesk) -> None:
    is_old = [False]
    desk.in_force._is_old = lambda: is_old[0]
    assert desk.front_door() == "01632 960100"
    keep(desk, "01632 960111")
    assert desk.front_door() == "01632 960100"
    is_old[0] = True
    assert desk.front_door() == "01632 960111"


NOT_IN_FORCE = {
    "a draft": {"state": RevisionState.DRAFT, "approved_at": None, "in_force_from": None},
    "a submitted one": {"state": RevisionState.SUBMITTED, "approved_at": None, "in_force_from": None},
    "one let go of before it was approved": {
        "state": RevisionState.WITHDRAWN,
        "approved_at": None,
        "in_force_from": None,
        "withdrawn_on": TODAY,
    },
    "one that starts tomorrow": {"in_force_from": TODAY + timedelta(days=1)},
    "one withdrawn today": {
        "state": RevisionState.WITHDRAWN,
        "in_force_from": TODAY - timedelta(days=9),
        "withdrawn_on": TODAY,
    },
}
IN_FORCE = {
    "one that starts today": {},
    "one that started long ago": {"in_force_from": date(2025, 1, 1)},
    "one that is withdrawn tomorrow": {
        "state": RevisionState.WITHDRAWN,
        "withdrawn_on": TODAY + timedelta(days=1),
    },
}


@pytest.mark.parametrize("values", NOT_IN_FORCE.values(), ids=NOT_IN_FORCE)
def test_left_alone(desk: EditingDesk, values: dict) -> None:
    keep(desk, "01632 960111", **values)
    assert desk.front_door() == "01632 960100"


@pytest.mark.parametrize("values", IN_FORCE.values(), ids=IN_FORCE)
def test_taken(desk: EditingDesk, values: dict) -> None:
    keep(desk, "01632 960111", **values)
    assert desk.front_door() == "01632 960111"


def test_of_two_that_start_on_one_day_the_one_approved_last_holds(desk: EditingDesk) -> None:
    keep(desk, "01632 960222", approved_at=NOW + timedelta(hours=1))
    keep(desk, "01632 960111")

    assert desk.front_door() == "01632 960222"


def test_one_can_be_left_out_to_see_what_would_hold_in_its_place(desk: EditingDesk) -> None:
    keep(desk, "01632 960111", in_force_from=TODAY - timedelta(days=1))
    keep(desk, "01632 960222")

    assert desk.in_force.revision_of(SLUG, TODAY, without="01632-960222").id == "01632-960111"


@pytest.mark.parametrize("name", [SLUG, "E06000999", HERE])
def test_an_area_is_known_by_its_name_code_and_folder(desk: EditingDesk, name: str) -> None:
    keep(desk, "01632 960111")
    assert desk.in_force.pack_of(name, TODAY).contacts["front_door"].value == "01632 960111"


def test_an_area_that_is_not_there_is_not_known(desk: EditingDesk) -> None:
    with pytest.raises(UnknownArea):
        desk.in_force.pack_of("../national", TODAY)


def test_before_the_first_day_nothing_is_in_force(desk: EditingDesk) -> None:
    with pytest.raises(NotInForce):
        desk.in_force.pack_of(SLUG, date(2023, 12, 31))


def test_all_else_of_the_knowledge_base_is_as_it_was(desk: EditingDesk) -> None:
    keep(desk, "01632 960111")
    root = desk.in_force.root_of(SLUG, TODAY)

    assert (root / "national").resolve() == (desk.in_force.root / "national").resolve()
    assert (root / "areas" / ENGLAND).resolve() == (desk.in_force.root / "areas" / ENGLAND).resolve()
    assert (desk.in_force.root / "areas" / HERE / "area.yml").read_text("utf-8") == FILES["area.yml"]


def test_what_an_answer_rested_on_can_be_kept_with_it(desk: EditingDesk) -> None:
    keep(desk, "01632 960111")
    kept = bundle_of(desk.in_force.root_of(SLUG, TODAY), SLUG)

    assert "01632 960111" in kept[f"areas/{HERE}/area.yml"]
    assert set(kept) == set(bundle_of(desk.in_force.root, SLUG)), "and nothing else is missing or more"


def test_the_same_files_are_laid_out_once(tmp_path: Path) -> None:
    files = FILES | NEW_NUMBER
    places = [overlay(knowledge_of_testshire(), SLUG, files, tmp_path / "cache") for _ in range(3)]

    assert len(set(places)) == 1
    assert len(list((tmp_path / "cache").iterdir())) == 1, "nothing half made is left behind"


def test_a_file_beside_the_five_stays_with_the_area(tmp_path: Path) -> None:
    root = make_knowledge(tmp_path)
    (root / "areas" / HERE / "beside.yml").write_text("sources: {}\n", "utf-8")
    laid_out = overlay(root, SLUG, FILES, tmp_path / "cache")

    assert (laid_out / "areas" / HERE / "beside.yml").exists()


TANGLES = {
    "brackets in brackets": "[" * 100_000,
    "names in names": "{a: " * 100_000,
    "lists in lists": "- " * 100_000,
    "a place that points to another": "a: &one {b: c}\nd: *one\n",
    "no YAML": "a: [\n",
}


@pytest.mark.parametrize("text", TANGLES.values(), ids=TANGLES)
def test_what_would_fell_the_reader_is_refused_before_it_is_read(tmp_path: Path, text: str) -> None:
    with pytest.raises(PackError) as refused:
        overlay(knowledge_of_testshire(), SLUG, FILES | {"cases.yml": text}, tmp_path / "cache")

    assert refused.value.file.name == "cases.yml"
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_revision_knows_its_days() -> None:
    held = Revision("r", SLUG, RevisionState.APPROVED, "", "", "ada", NOW, NOW, in_force_from=TODAY, approved_at=NOW)

    assert held.is_in_force(TODAY)
    assert not replace(held, withdrawn_on=TODAY).is_in_force(TODAY)


def test_a_revision_that_cannot_be_read_any_more_leaves_the_area_with_our_own_files(desk: EditingDesk) -> None:
    keep(desk, "01632 960777", digest="another")
    root = desk.in_force.root_of(SLUG, TODAY)
    (root / "areas" / HERE / "area.yml").write_text("name: [", "utf-8")

    assert desk.front_door() == "01632 960100"


def test_a_cache_that_somebody_tidied_up_is_laid_out_again(desk: EditingDesk) -> None:
    keep(desk, "01632 960777")
    shutil.rmtree(desk.in_force.root_of(SLUG, TODAY))

    assert desk.front_door() == "01632 960777"


def test_a_revision_that_moves_while_others_are_read_is_not_held_on_to(desk: EditingDesk) -> None:
    keep(desk, "01632 960777")
    read = desk.records.revisions

    def slowly(area: str):
        found = read(area)
        desk.in_force.forget()  # a move ends while we have the old list in hand
        return found

    desk.records.revisions = slowly
    desk.in_force.revision_of(SLUG, TODAY)
    desk.records.revisions = lambda area: ()

    assert desk.in_force.revision_of(SLUG, TODAY) is None
