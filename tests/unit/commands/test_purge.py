"""`purge` shows what goes, and nothing of what was said; looking leaves it."""

import argparse
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.commands import CannotRun, purge
from bot.settings import load_settings
from bot.storage import migrate


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NONAME_VAR", str(tmp_path))
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *, dry_run: bool) -> list[dict[str, Any]]:
    purge.run(argparse.Namespace(dry_run=dry_run))
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_without_a_database_it_says_what_to_do(var: Path) -> None:
    with pytest.raises(CannotRun, match="noname up"):
        purge.run(argparse.Namespace(dry_run=True))


def test_what_rasa_keeps_of_nobody_goes_and_is_shown_by_its_id(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    migrate(load_settings().database_url)
    with closing(sqlite3.connect(var / "rasa.db")) as rasa, rasa:
        rasa.execute("create table events (id integer primary key, sender_id text, data text)")
        rasa.execute("insert into events (sender_id, data) values ('c1', 'canary')")
    line = {"kind": "dialogue", "consultation": "c1", "last": None}
    assert run(capsys, dry_run=True) == [{**line, "gone": False}]
    assert b"canary" in (var / "rasa.db").read_bytes()
    assert run(capsys, dry_run=False) == [{**line, "gone": True}]
    assert b"canary" not in (var / "rasa.db").read_bytes()
    assert run(capsys, dry_run=False) == []
