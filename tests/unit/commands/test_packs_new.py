"""A new area's folder: what it may be called, and what is in it."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.commands import CannotRun
from bot.commands.packs.new import make
from bot.knowledge import areas, load_area
from bot.settings import ROOT

TODAY = date(2026, 11, 22)


@pytest.fixture
def root(tmp_path) -> Path:
    return Path(shutil.copytree(ROOT / "knowledge_base", tmp_path / "knowledge_base"))


def test_the_folder_is_an_area_with_its_name_and_today_as_its_first_day(root):
    here = make(root, "E06000036-bracknell-forest", " Bracknell Forest ", TODAY)

    pack = load_area(root, "bracknell-forest", TODAY)
    assert (pack.code, pack.area, pack.name) == ("E06000036", "bracknell-forest", "Bracknell Forest")
    assert (pack.levels, pack.rows, dict(pack.contacts)) == ((), (), {})
    assert all(line.value == "not published" for line in pack.profile.values())
    assert all(line.citation.verified == TODAY for line in pack.profile.values())
    assert not [
        file for file in here.iterdir() if "{name}" in file.read_text("utf-8") or "{today}" in file.read_text("utf-8")
    ]


def test_nothing_that_is_still_to_be_found_out_is_ever_shown(root):
    make(root, "E06000036-bracknell-forest", "Bracknell Forest", TODAY)

    pack = load_area(root, "bracknell-forest", TODAY)

    assert "FILL" not in repr(pack)


@pytest.mark.parametrize("name", ["King's Lynn & West Norfolk", "Bristol, City of", "St. Helens", "Ynys Môn (test)"])
def test_a_name_is_kept_as_it_is_written(root, name):
    make(root, "E07000999-somewhere", name, TODAY)

    assert name in {area.name for area in areas(root)}


REFUSED = {
    "no code": ("bracknell-forest", "Bracknell Forest"),
    "a code too short": ("E0600003-bracknell", "Bracknell Forest"),
    "capitals in the short name": ("E06000036-Bracknell", "Bracknell Forest"),
    "a way out of the folder": ("E06000036-../../bot", "Bracknell Forest"),
    "no short name": ("E06000036-", "Bracknell Forest"),
    "no name": ("E06000036-bracknell", " "),
    "a name that ends its quotes": ("E06000036-bracknell", 'Bracknell" Forest'),
    "a name of two lines": ("E06000036-bracknell", "Bracknell\nForest"),
    "a code that is taken": ("E10000016-kentish-town", "Kentish Town"),
    "a short name that is taken": ("E06000036-kent", "Another Kent"),
    "a name that is taken": ("E06000036-bracknell", "kent"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_there_is_no_new_area_with(kind, root):
    folder, name = REFUSED[kind]
    before = sorted((root / "areas").iterdir())

    with pytest.raises(CannotRun):
        make(root, folder, name, TODAY)

    assert sorted((root / "areas").iterdir()) == before


@pytest.mark.parametrize("file", ["area.yml", "notes.txt"])
def test_an_area_is_not_made_over_a_folder_that_is_there(root, file):
    here = root / "areas" / "E06000036-bracknell-forest"
    here.mkdir()
    (here / file).write_text("name: Bracknell\n", "utf-8")

    with pytest.raises(CannotRun, match="already"):
        make(root, here.name, "Bracknell Forest", TODAY)

    assert [one.name for one in here.iterdir()] == [file]
