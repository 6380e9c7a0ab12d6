"""The demo's people: one of every role at the council, and an earlier demo gets those that it lacks."""

import json
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from bot import demo
from bot.commands import codes
from bot.commands.records import people_records
from bot.desk import sign_in
from bot.desk.people import COLLEAGUES
from bot.settings import Settings, load_settings
from bot.storage import migrate

QUICK = partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("NONAME_VAR", str(tmp_path))
    monkeypatch.setattr(sign_in, "PasswordHasher", QUICK)
    settings = load_settings()
    migrate(settings.database_url)
    return settings


def noted(settings: Settings) -> dict:
    return json.loads(settings.demo_file.read_text("utf-8"))


def test_there_is_somebody_of_every_role_and_two_schools_of_one_area(settings: Settings) -> None:
    demo.seed(settings)
    with people_records() as records:
        assert {one.role for one in records.colleagues()} == COLLEAGUES
        in_kent = [one for one in records.at_school() if one.area == "kent"]
    assert len({one.school for one in in_kent}) == 2


def test_an_earlier_demo_gets_what_it_lacks_and_keeps_what_it_has(settings: Settings, monkeypatch) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(demo, "_SCHOOLS", demo._SCHOOLS[:2])
        earlier.setattr(demo, "_WORKERS", demo._WORKERS[:5])
        demo.seed(settings)
    before = noted(settings)
    demo.seed(settings)
    after = noted(settings)
    assert after["schools"][:2] == before["schools"]
    assert after["workers"][:5] == before["workers"]
    assert len(after["schools"]) == 3
    assert {"manager.kent", "scrutineer.kent", "administrator.kent"} <= {one["login"] for one in after["workers"]}
    assert settings.demo_file.stat().st_mode & 0o077 == 0


def test_nothing_is_made_twice(settings: Settings) -> None:
    demo.seed(settings)
    before = noted(settings)
    demo.seed(settings)
    assert noted(settings) == before
    with people_records() as records:
        assert len(records.colleagues()) == len(before["workers"])


def test_the_codes_of_all_are_shown(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    demo.seed(settings)
    codes.run(None)
    shown = capsys.readouterr().out
    assert all(one["login"] in shown for one in noted(settings)["workers"])
    assert all(one["code"] in shown for one in noted(settings)["schools"])
