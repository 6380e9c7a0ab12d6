"""Packages of npm: installed once by their lock, beside the rooms, and found by each other."""

import json
import re

import pytest

from bot.launch.node_packages import FILES, LIGHTHOUSE, TESTS, PackagesNotMade, ensure_packages, packages_folder
from bot.settings import ROOT

LOCK = {"name": "none", "lockfileVersion": 3, "packages": {"": {"name": "none"}}}


@pytest.fixture
def checkout(tmp_path):
    """A checkout that asks for no packages at all, and an npm that says how often it was called."""
    locked, npm = tmp_path / TESTS, tmp_path / "bin" / "npm"
    locked.mkdir(parents=True)
    for name, text in zip(FILES, ('{"name": "none"}', json.dumps(LOCK), "audit=false\n"), strict=True):
        (locked / name).write_text(text, encoding="utf-8")
    npm.parent.mkdir()
    npm.write_text(f"#!/bin/sh\nmkdir node_modules\necho called >> {tmp_path}/calls\n", encoding="utf-8")
    npm.chmod(0o755)
    return tmp_path


def test_they_are_installed_once_into_a_folder_that_lets_them_find_each_other(checkout, monkeypatch):
    monkeypatch.setenv("PATH", f"{checkout / 'bin'}:/usr/bin:/bin")
    made = ensure_packages(checkout, TESTS)
    assert ensure_packages(checkout, TESTS) == made
    assert made.is_dir()
    assert made.name == "node_modules", "Node.js looks in no other"
    assert (checkout / "calls").read_text(encoding="utf-8") == "called\n"


def test_another_lock_is_another_folder(checkout):
    before = packages_folder(checkout, TESTS)
    (checkout / TESTS / "package-lock.json").write_text("{}", encoding="utf-8")
    assert packages_folder(checkout, TESTS) != before


def test_an_npm_that_fails_is_told_of_and_leaves_nothing_behind(checkout, monkeypatch):
    (checkout / "bin" / "npm").write_text("#!/bin/sh\necho no network >&2\nexit 1\n", encoding="utf-8")
    monkeypatch.setenv("PATH", f"{checkout / 'bin'}:/usr/bin:/bin")
    with pytest.raises(PackagesNotMade, match="npm ci failed: no network"):
        ensure_packages(checkout, TESTS)
    assert not packages_folder(checkout, TESTS).exists()


@pytest.mark.parametrize("locked", [TESTS, LIGHTHOUSE])
def test_a_lock_holds_what_each_package_must_be_and_no_address(locked):
    lock = (ROOT / locked / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity": "sha512-') >= 2
    assert not re.search(r"registry\.[a-z]", lock)
