"""`papers`: the papers of a house in a folder, with a page for DSLs and the document to mark up."""

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pypdf
import pytest

from bot.cli import main
from evaluation.papers import marks, quick_guide, writing
from evaluation.papers.seen import Seen, as_shipped, day_in_words


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house that keeps consultations for ninety days and has no records yet."""
    monkeypatch.setenv("NONAME_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("NONAME_KEEP_DAYS", "90")
    return tmp_path / "papers"


def test_the_papers_of_a_house_say_what_it_has_set(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["papers", "--to", str(house), "--area", "kent", "--review-pack"]) == 0
    names = {file.name for file in house.iterdir()}
    made = {"review-pack.docx", "dsl-quick-guide.pdf", "accessibility-statement.md"}
    assert names == {*writing.papers(), *made}
    assert "| `NONAME_KEEP_DAYS` | how long consultations are kept after the last word | 90 days |" in (
        (house / "dpia.md").read_text("utf-8")
    )
    assert "(accessibility-statement.md)" in (house / "README.md").read_text("utf-8")
    assert len(docx.Document(BytesIO((house / "review-pack.docx").read_bytes())).tables) > 40
    page = pypdf.PdfReader(BytesIO((house / "dsl-quick-guide.pdf").read_bytes()))
    assert len(page.pages) == 1
    said = " ".join(page.pages[0].extract_text().split())
    assert "Front door: 03000 411111" in said
    assert "ring 999" in said
    assert "[council:" not in said
    assert "blanks to fill" in capsys.readouterr().out


def test_without_options_it_names_the_blanks_and_what_is_not_up_to_date(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = {name: text for name, text in writing.papers().items() if name in (writing.INDEX, "dpia.md")}
    monkeypatch.setattr(writing, "papers", lambda: held)
    assert main(["papers"]) == 0
    assert "dpia.md: 30 blanks" in capsys.readouterr().out
    changed = held | {"dpia.md": held["dpia.md"].replace("| `NONAME_REPORT_UNDER` |", "| `NONAME_OTHER` |")}
    monkeypatch.setattr(writing, "papers", lambda: changed)
    assert main(["papers"]) == 1
    assert "dpia.md: 30 blanks for the council, and not up to date" in capsys.readouterr().out


def test_renewing_writes_what_is_so_and_the_day(tmp_path: Path) -> None:
    (tmp_path / writing.INDEX).write_text("<!-- as of 2026-11-22 -->\n")
    (tmp_path / "other.md").write_text("Words.\n\n<!-- fact counted -->\n<!-- end -->\n\nMore words.\n")
    seen = as_shipped(date(2026, 11, 23))
    assert writing.write_renewed(seen, tmp_path) == [writing.INDEX, "other.md"]
    assert writing.write_renewed(seen, tmp_path) == []
    assert marks.as_of(writing.papers(tmp_path)[writing.INDEX]) == "2026-11-23"
    said = writing.papers(tmp_path)["other.md"]
    assert said.startswith("Words.\n\n<!-- fact counted -->\n\n- ")
    assert said.endswith("<!-- end -->\n\nMore words.\n")


@pytest.mark.parametrize("given", [["--review-pack"], ["--to", "{folder}", "--area", "atlantis"]])
def test_what_cannot_be_is_one_line(given: list[str], house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["papers", *(one.format(folder=house) for one in given)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith("noname papers: ")


def test_an_area_without_a_number_leaves_the_blank_to_the_council() -> None:
    seen: Seen = as_shipped(date(2026, 11, 23))
    guide = writing.papers()[writing.QUICK_GUIDE]
    without = next(pack for pack in seen.packs.values() if "out_of_hours" not in pack.contacts)
    assert quick_guide.OUT_OF_HOURS in quick_guide.for_area(guide, without)
    assert quick_guide.OUT_OF_HOURS not in quick_guide.for_area(guide, seen.packs["kent"])
    assert day_in_words(seen.on) == "23 November 2026"
