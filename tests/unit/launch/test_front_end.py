"""What the pages take from the GOV.UK Frontend, made from the lock, and our own scripts and sheets made small."""

import gzip
import re
import shutil

import pytest

from bot.launch.front_end import FrontEndNotMade, ensure_front_end, is_made
from bot.settings import ROOT
from bot.web.front_end import (
    CLASSIC,
    FILES,
    LOCKED,
    MODULES,
    SCRIPTS,
    SHARED,
    SHEETS,
    STATIC,
    STYLES,
    front_end_folder,
    small_folder,
    smallest,
)
from tests.unit.web.test_pages import SCRIPTS as WRITTEN
from tests.unit.web.test_pages import TEMPLATES, brought_by

A_CLASS = re.compile(r"govuk-(?!js-)[a-z-]+(?:__[a-z-]+)?")
# What the GOV.UK Frontend names and does not draw by itself.
UNDRAWN = {"govuk-frontend-supported", "govuk-exit-this-page-hide-content", "govuk-error-summary__list"}
UNDRAWN |= {"govuk-table__row", "govuk-table__body"}


@pytest.fixture
def checkout(tmp_path):
    """A checkout with nothing in it but what the front end is made from."""
    for folder in (STYLES, STATIC):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / LOCKED).mkdir(parents=True)
    for name in FILES:
        shutil.copy(ROOT / LOCKED / name, tmp_path / LOCKED / name)
    return tmp_path


@pytest.mark.parametrize("name", SHEETS)
def test_what_was_made_has_components_and_neither_a_font_nor_another_host(name):
    made = ensure_front_end(ROOT)
    sheet = (made / f"{name}.css").read_text(encoding="utf-8")
    assert ".govuk-summary-list" in sheet
    assert [sign for sign in ("GDS Transport", "@font-face", "url(", "@import", "crown") if sign in sheet] == []
    files = [f"{one}.css" for one in SHEETS] + [f"{one}.js" for one in SCRIPTS]
    assert {file.name for file in made.iterdir()} == {one + form for one in files for form in ("", ".br", ".gz")}


@pytest.mark.parametrize(
    ("sheet", "folder", "script"), [("school", "widget", "widget.js"), ("desk", "console", "duty.js")]
)
def test_each_sheet_dresses_all_that_its_pages_have(sheet, folder, script):
    drawn = (ensure_front_end(ROOT) / f"{sheet}.css").read_text(encoding="utf-8")
    texts = [page for name, page in TEMPLATES.items() if name.split("/")[1] in (folder, "shared")]
    texts += [WRITTEN[name] for name in brought_by(script)]
    named = {name.rstrip("-_") for text in texts for name in A_CLASS.findall(text)}
    undrawn = {name for name in named if f".{name}" not in drawn} - UNDRAWN
    assert len(named) > 40
    # Leaving stands in the frame of every page, and is shown to schools alone.
    assert undrawn <= ({name for name in named if "exit-this-page" in name} if sheet == "desk" else set())


def test_what_pages_load_is_what_is_made_small():
    loaded = {name for page in TEMPLATES.values() for name in re.findall(r'src="/static/(\w+)\.js"', page)}
    assert loaded | {"embed"} == {*MODULES, *CLASSIC}


def test_a_script_is_one_file_and_none_is_on_a_page_twice():
    made = small_folder(ROOT) if ensure_front_end(ROOT) else None
    for name in MODULES:
        imports = set(re.findall(r'from"([^"]+)"|import"([^"]+)"', (made / f"{name}.js").read_text("utf-8")))
        assert imports <= {(f"./{SHARED}.js", "")}, name
    whole = {name: brought_by(f"{name}.js") - {f"{SHARED}.js"} for name in MODULES if name != SHARED}
    everywhere = [whole[name] for name in ("framed", "problem", "staying")]
    for page in ([whole["widget"]], [whole[name] for name in ("duty", "leading", "keys", "ready")]):
        brought = [module for modules in (*page, *everywhere) for module in modules]
        assert len(brought) == len(set(brought))
    assert not brought_by(f"{SHARED}.js") & {module for modules in whole.values() for module in modules}


def test_what_was_made_small_says_the_same_in_every_form_and_is_smaller():
    made = small_folder(ROOT) if ensure_front_end(ROOT) else None
    for file in (made / "widget.js", made / "base.css", made / "embed.js"):
        small = file.read_bytes()
        assert gzip.decompress(file.with_name(file.name + ".gz").read_bytes()) == small
        assert file.with_name(file.name + ".br").stat().st_size < len(small) / 2
    assert (made / "base.css").stat().st_size < len((ROOT / STATIC / "base.css").read_bytes())
    assert (made / "embed.js").read_text("utf-8").count("NONAME_SAID") == 1
    assert WRITTEN["embed.js"].count("NONAME_SAID") == 1


def test_without_it_there_is_what_was_written(checkout):
    assert smallest(checkout, "base.css") == checkout / STATIC / "base.css"


def test_the_lock_holds_what_each_package_must_be_and_no_address():
    lock = (ROOT / LOCKED / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity": "sha512-') >= 2
    assert not re.search(r"registry\.[a-z]", lock)


def test_a_change_of_what_it_is_made_from_asks_for_another(checkout):
    before = front_end_folder(checkout)
    (checkout / STYLES / "desk.scss").write_text("// nothing\n", encoding="utf-8")
    assert front_end_folder(checkout) != before
    assert not is_made(checkout)


def test_a_change_of_a_script_asks_for_that_alone(checkout):
    theirs, ours = front_end_folder(checkout), small_folder(checkout)
    (checkout / STATIC / "widget.js").write_text("// nothing\n", encoding="utf-8")
    assert front_end_folder(checkout) == theirs
    assert small_folder(checkout) != ours


def test_an_npm_that_fails_is_told_of_and_leaves_nothing_behind(checkout, monkeypatch):
    (checkout / "bin").mkdir()
    npm = checkout / "bin" / "npm"
    npm.write_text("#!/bin/sh\necho no network >&2\nexit 1\n", encoding="utf-8")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{npm.parent}:/usr/bin:/bin")
    with pytest.raises(FrontEndNotMade, match="npm ci failed: no network"):
        ensure_front_end(checkout)
    assert not is_made(checkout)
    assert [file.name for file in front_end_folder(checkout).parent.iterdir()] == [".lock"]
