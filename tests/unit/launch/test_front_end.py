"""What the pages take from the GOV.UK Frontend: made from the lock, with no font and no other host in it."""

import re
import shutil

import pytest

from bot.launch.front_end import FrontEndNotMade, ensure_front_end, is_made
from bot.settings import ROOT
from bot.web.front_end import FILES, LOCKED, SCRIPTS, STYLES, front_end_folder


@pytest.fixture
def checkout(tmp_path):
    """A checkout with nothing in it but what the front end is made from."""
    for file in (STYLES, *(LOCKED / name for name in FILES)):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def test_what_was_made_has_components_and_neither_a_font_nor_another_host():
    made = ensure_front_end(ROOT)
    sheet = (made / "govuk.css").read_text(encoding="utf-8")
    assert ".govuk-exit-this-page" in sheet
    assert ".govuk-summary-list" in sheet
    assert [sign for sign in ("GDS Transport", "@font-face", "url(", "@import", "crown") if sign in sheet] == []
    assert {file.name for file in made.iterdir()} == {"govuk.css", *(f"{name}.js" for name in SCRIPTS)}


def test_the_lock_holds_what_each_package_must_be_and_no_address():
    lock = (ROOT / LOCKED / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity": "sha512-') >= 2
    assert not re.search(r"registry\.[a-z]", lock)


def test_a_change_of_what_it_is_made_from_asks_for_another(checkout):
    before = front_end_folder(checkout)
    (checkout / STYLES).write_text("// nothing\n", encoding="utf-8")
    assert front_end_folder(checkout) != before
    assert not is_made(checkout)


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
