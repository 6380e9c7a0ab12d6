"""`keys rotate` and `keys check`, from the command line, on a house with consultations in it."""

import pytest

from bot import cli
from bot.commands.records import reading_records
from bot.masters import add_master, keys_of, masters_of
from bot.settings import load_settings
from bot.storage import migrate
from tests.factories import NOW, create_consultation, create_dsl, from_dsl


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("NONAME_VAR", str(tmp_path))
    settings = load_settings()
    keys = keys_of(settings)
    migrate(settings.database_url, pepper=settings.pepper, keys=keys)
    keys.let_go()
    ids = iter("abcd")
    with reading_records() as records:
        records._new_id = lambda: next(ids)
        dsl = create_dsl(records)
        for consultation in ("c1", "c2"):
            create_consultation(records, dsl, id=consultation)
            records.add_incoming(consultation, "a", from_dsl("hungry"), NOW)
    return settings


def numbers(settings) -> list[str]:
    return sorted(file.name for file in settings.masters.iterdir())


def test_the_first_master_is_drawn_once_for_this_account_alone(settings):
    assert numbers(settings) == ["1"]
    assert masters_of(settings.masters) == masters_of(settings.masters)
    assert (settings.masters / "1").stat().st_mode & 0o077 == 0
    assert len(masters_of(settings.masters)["1"]) > 40
    assert settings.masters.stat().st_mode & 0o077 == 0


def test_everything_opens_before_and_after_every_rotation(settings, capsys):
    for _ in range(3):
        assert cli.main(["keys", "check"]) == 0
        assert cli.main(["keys", "rotate"]) == 0
    assert "All keys are sealed by master 4." in capsys.readouterr().out
    assert numbers(settings) == ["3", "4"], "the one before is kept for the backups"
    with reading_records() as records:
        assert [message.utterance.text for message in records.messages("c1")] == ["hungry"]


def test_a_rotation_that_was_broken_off_goes_on_with_the_same_master(settings, capsys):
    add_master(settings.masters)
    assert cli.main(["keys", "rotate"]) == 0
    assert "It goes on with master 2." in capsys.readouterr().out
    assert numbers(settings) == ["1", "2"]


def test_what_does_not_open_is_named_by_its_id_alone(settings, capsys):
    keys = keys_of(settings)
    keys.forget("c2")
    keys.make("nobodys")
    keys.let_go()
    assert cli.main(["keys", "check"]) == 1
    told = capsys.readouterr().out
    assert "c2 does not open." in told
    assert "c1" not in told
    assert "1 keys belong to no consultation." in told
