"""An area's files are broken while the house runs: what was read before holds on, and it is noticed."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk.packs_in_force import PacksInForce
from bot.knowledge.errors import NotInForce, PackError
from tests.at_the_editing_desk import NEW_NUMBER, TODAY, EditingDesk
from tests.fakes import FakeRecords
from tests.testshire import HERE, SLUG, make_knowledge

TOMORROW = TODAY + timedelta(days=1)
BROKEN = ("name: [", "\x00", "", "name: Testshire\n", "- a\n- list\n")


@pytest.fixture
def in_force(tmp_path: Path) -> PacksInForce:
    return PacksInForce(FakeRecords(), make_knowledge(tmp_path / "own"), tmp_path / "laid-out")


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("file", ["area.yml", "thresholds.yml"])
def test_files_that_are_broken_when_they_are_read_again_leave_what_was_read_before(
    in_force: PacksInForce, file: str, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = in_force.pack_of(SLUG, TODAY)
    place = in_force.root / "areas" / HERE / file
    whole = place.read_text("utf-8")
    place.write_text(broken, "utf-8")
    assert in_force.pack_of(SLUG, TOMORROW) == before, "a new day reads the files anew"
    assert in_force.unreadable == {SLUG}
    assert "pack_unreadable" in caplog.text

    place.write_text(whole, "utf-8")
    mended = in_force.pack_of(SLUG, TOMORROW)
    assert mended.area == before.area
    assert in_force.unreadable == set(), "mended, it is read without a restart"


def test_a_file_that_is_gone_when_it_is_read_again_leaves_what_was_read_before(in_force: PacksInForce) -> None:
    before = in_force.pack_of(SLUG, TODAY)
    (in_force.root / "areas" / HERE / "thresholds.yml").unlink()
    assert in_force.pack_of(SLUG, TOMORROW) == before
    assert in_force.unreadable == {SLUG}


def test_files_that_were_never_read_whole_are_refused(in_force: PacksInForce) -> None:
    (in_force.root / "areas" / HERE / "area.yml").write_text("name: [", "utf-8")
    with pytest.raises(PackError):
        in_force.pack_of(SLUG, TODAY)


def test_a_day_before_anything_holds_is_not_answered_with_another(in_force: PacksInForce) -> None:
    in_force.pack_of(SLUG, TODAY)
    with pytest.raises(NotInForce):
        in_force.pack_of(SLUG, TODAY.replace(year=1990))


def test_a_broken_revision_over_broken_files_leaves_what_was_read_of_the_files(tmp_path: Path) -> None:
    desk = EditingDesk(tmp_path)
    own = PacksInForce(desk.records, make_knowledge(tmp_path / "own"), tmp_path / "out")
    desk.in_force = own
    object.__setattr__(desk.editing, "in_force", own)
    before = desk.in_force.pack_of(SLUG, TODAY)
    desk.approved(changed=NEW_NUMBER)
    desk.in_force.forget()
    laid_out = desk.in_force.root_of(SLUG, TODAY)
    assert laid_out != desk.in_force.root
    for root in (laid_out, desk.in_force.root):
        (root / "areas" / HERE / "area.yml").write_text("name: [", "utf-8")
    assert desk.in_force.pack_of(SLUG, TOMORROW) == before
