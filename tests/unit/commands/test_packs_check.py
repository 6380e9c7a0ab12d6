"""What `packs check` prints, and when it counts as failed."""

import argparse
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.commands import CannotRun
from bot.commands.packs import check
from bot.settings import ROOT

TODAY = date(2026, 11, 22)
KENT = "areas/E10000016-kent"


@pytest.fixture
def copy(tmp_path, monkeypatch) -> Path:
    """A copy of the knowledge base that the command looks at."""
    root = Path(shutil.copytree(ROOT / "knowledge_base", tmp_path / "knowledge_base"))
    monkeypatch.setattr(check, "KNOWLEDGE_BASE", root)
    return root


def _printed(capsys, **options) -> tuple[int, list[str]]:
    given = argparse.Namespace(**{"area": "kent", "on": TODAY, "notes": False} | options)
    return check.run(given), capsys.readouterr().out.splitlines()


def _change(file: Path, old: str, new: str) -> int:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_problem_is_printed_with_file_and_line_and_fails(copy, capsys):
    line = _change(copy / KENT / "area.yml", "verified: 2026", "verified: 2027")

    code, lines = _printed(capsys)

    assert code == 1
    assert [words for words in lines if words.startswith(f"{KENT}/area.yml, line {line}: cannot have been checked")]


def test_a_note_is_printed_and_does_not_fail(copy, capsys):
    before, _ = _printed(capsys)
    row = "          kent-2-absence:"
    line = _change(
        copy / KENT / "thresholds.yml",
        row,
        f"          kent-2-danger: {{domain: child, words: danger, needs: [[fgm_disclosed]]}}\n{row}",
    )

    found = [f for f in check.findings(copy, TODAY, "kent") if f.line == line and "danger sign wins" in f.words]
    code, lines = _printed(capsys)

    assert [finding.is_note for finding in found] == [True]
    assert [words for words in lines if f"line {line}: (note) row 'kent-2-danger'" in words]
    assert code == before, "a note alone fails nothing"


def test_notes_of_all_areas_are_only_counted_unless_they_are_asked_for(copy, capsys):
    _, short = _printed(capsys, area="")
    _, long = _printed(capsys, area="", notes=True)

    assert not [words for words in short if "(note)" in words]
    assert [words for words in short if words.startswith("There are ") and "--notes" in words]
    assert [words for words in long if "(note)" in words]


def test_a_worked_case_that_does_not_come_out_is_a_problem_at_its_place(copy, capsys):
    line = _change(
        copy / KENT / "cases.yml", 'expect: {outcome: level, level: "2"', 'expect: {outcome: level, level: "3"'
    )

    code, lines = _printed(capsys)

    assert code == 1
    told = [words for words in lines if "does not come out as expected: level should be 3 and is 2" in words]
    assert len(told) == 1
    place = int(told[0].partition("line ")[2].partition(":")[0])
    assert line - 3 < place <= line
    assert told[0].startswith(f"{KENT}/cases.yml")


def test_other_areas_are_left_out_when_one_is_named(copy, capsys):
    _change(copy / "areas" / "E06000060-buckinghamshire" / "area.yml", "name: ", "nam: ")

    _, lines = _printed(capsys)

    assert not [words for words in lines if "buckinghamshire" in words]


def test_an_area_that_cannot_be_read_does_not_hide_the_others(copy, capsys):
    (copy / "areas" / "E06000060-buckinghamshire" / "area.yml").write_text("name: [", "utf-8")
    line = _change(copy / KENT / "area.yml", "verified: 2026", "verified: 2027")

    code, lines = _printed(capsys, area="")

    assert code == 1
    assert [words for words in lines if "buckinghamshire/area.yml" in words and "not valid YAML" in words]
    assert [words for words in lines if f"{KENT}/area.yml, line {line}:" in words]


def test_an_unknown_area_is_refused_with_those_that_there_are(copy, capsys):
    with pytest.raises(CannotRun, match="kent"):
        _printed(capsys, area="atlantis")
