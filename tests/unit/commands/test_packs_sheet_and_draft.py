"""`packs sheet` and `packs draft diff`: the same sheet and the same look as on the pages, in a terminal."""

import argparse
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from bot.commands import CannotRun
from bot.commands.packs import draft, sheet
from bot.knowledge.errors import NotInForce
from tests.at_the_editing_desk import LOWER, NEW_NUMBER, TODAY, EditingDesk
from tests.testshire import FILES, HERE, SLUG


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EditingDesk:
    desk = EditingDesk(tmp_path)

    @contextmanager
    def packs_in_force():
        yield desk.in_force

    for command in (draft, sheet):
        monkeypatch.setattr(command, "packs_in_force", packs_in_force)
    return desk


def folder(into: Path, changed: dict[str, str], name: str = HERE) -> Path:
    here = into / "drafts" / name
    here.mkdir(parents=True)
    for file, text in (FILES | changed).items():
        (here / file).write_text(text, "utf-8")
    return here


def diff(here: Path, area: str = "") -> int:
    return draft.run(argparse.Namespace(what="diff", folder=here, area=area, on=TODAY))


def show(area: str, on: date = TODAY) -> int:
    return sheet.run(argparse.Namespace(area=area, on=on))


def test_the_sheet_is_one_file_that_needs_nothing_else(desk: EditingDesk, capsys) -> None:
    assert show(SLUG) == 0
    page = capsys.readouterr().out

    assert page.startswith("<!doctype html>")
    assert "Testshire: what the assistant would say on 22 November 2026" in page
    assert "@page" in page, "the style for paper is in it"
    assert "<link" not in page
    assert "<script" not in page
    assert 'src="' not in page


def test_the_sheet_shows_what_was_approved_here(desk: EditingDesk, capsys) -> None:
    desk.approved()
    show(SLUG)

    assert "01632 960999" in capsys.readouterr().out


def test_no_sheet_of_an_area_that_is_not_there_or_not_in_force(desk: EditingDesk) -> None:
    with pytest.raises(CannotRun, match="testshire"):
        show("nowhere")
    with pytest.raises(NotInForce):
        show(SLUG, date(2020, 1, 1))


def test_a_sound_draft_says_what_it_changes_and_ends_well(desk: EditingDesk, tmp_path: Path, capsys) -> None:
    assert diff(folder(tmp_path, NEW_NUMBER)) == 0
    said = capsys.readouterr().out

    assert "Testshire front door: says 01632 960100 → 01632 960999" in said
    assert "Nothing is in the way." in said


def test_a_draft_that_lowers_says_so_and_names_the_case_that_fails(desk: EditingDesk, tmp_path: Path, capsys) -> None:
    assert diff(folder(tmp_path, LOWER)) == 1
    said = capsys.readouterr().out

    assert "(!) Row shire-hungry-often: level 3 → 2" in said
    assert "level should be 3 and is 2" in said


def test_a_draft_that_changes_nothing_says_so(desk: EditingDesk, tmp_path: Path, capsys) -> None:
    assert diff(folder(tmp_path, {})) == 0
    assert "Nothing is other than what is in force." in capsys.readouterr().out


def test_a_comment_alone_is_text_without_effect(desk: EditingDesk, tmp_path: Path, capsys) -> None:
    assert diff(folder(tmp_path, {"area.yml": "# a word\n" + FILES["area.yml"]})) == 0
    assert "Text is other than before in area.yml" in capsys.readouterr().out


def test_what_starts_later_is_seen_from_its_own_day(desk: EditingDesk, tmp_path: Path, capsys) -> None:
    old = "front_door: {label: Testshire front door, value: 01632 960100, hours: 9am to 5pm, from: 2024-01-01, "
    assert old in FILES["area.yml"]
    both = (
        "front_door: {label: Testshire front door, values: {2024-01-01: {value: 01632 960100}, "
        "2027-03-01: {value: 01632 960888}}, hours: 9am to 5pm, "
    )
    assert diff(folder(tmp_path, {"area.yml": FILES["area.yml"].replace(old, both)})) == 0
    said = capsys.readouterr().out

    assert "Seen from 2027-03-01:\n  Testshire front door: says 01632 960100 → 01632 960888" in said


def test_a_folder_of_another_name_needs_the_area(desk: EditingDesk, tmp_path: Path) -> None:
    here = folder(tmp_path, NEW_NUMBER, "my-draft")
    with pytest.raises(CannotRun, match="area's folder"):
        diff(here)
    assert diff(here, SLUG) == 0


def test_a_folder_without_all_five_files_is_no_draft(desk: EditingDesk, tmp_path: Path) -> None:
    here = folder(tmp_path, {})
    (here / "cases.yml").unlink()
    with pytest.raises(CannotRun, match=r"cases\.yml is missing"):
        diff(here)


FOUND = {
    "a name": "# ask Mrs Okafor",
    "a mobile number": "# 07700 900123",
    "an address of somebody's own": "# ada.smith@testshire.example",
}
LEFT_ALONE = {
    "a role": "# ask the early help manager",
    "a team's number": "# 01632 960100",
    "a team's address": "# frontdoor@testshire.example",
    "the first words of a sentence": "# Dr is short for doctor",
}


@pytest.mark.parametrize("line", FOUND.values(), ids=FOUND)
def test_found(desk: EditingDesk, tmp_path: Path, capsys, line: str) -> None:
    assert diff(folder(tmp_path, {"sources.yml": FILES["sources.yml"] + line + "\n"})) == 0, "it is no refusal"
    said = capsys.readouterr().out
    assert "Please look again:\n  sources.yml, line 15: " in said
    assert line not in said, "what may be a person's is not said again"


@pytest.mark.parametrize("line", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_left_alone(desk: EditingDesk, tmp_path: Path, capsys, line: str) -> None:
    diff(folder(tmp_path, {"sources.yml": FILES["sources.yml"] + line + "\n"}))
    assert "Please look again" not in capsys.readouterr().out
