"""The commands of a house whose records, keys and tracker are all in PostgreSQL."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from bot.cli import main
from bot.masters import keys_of
from bot.settings import Settings, load_settings
from bot.storage import SqlRecords, make_engine, migrate
from tests.fakes import finds_nothing
from tests.full_house import furnish


@pytest.fixture
def settings(postgresql, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("NONAME_VAR", str(tmp_path))
    for name in ("DATABASE", "KEYS", "TRACKER"):
        # As a host of databases writes an address.
        url = postgresql.url(postgresql.make()).replace("postgresql+psycopg", "postgres")
        monkeypatch.setenv(f"NONAME_{name}_URL", url)
    return load_settings()


@pytest.fixture
def house(settings) -> Iterator[SqlRecords]:
    keys, ids = keys_of(settings), count(1)
    migrate(settings.database_url, pepper=settings.pepper, keys=keys)
    engine = make_engine(settings.database_url)
    records = SqlRecords(
        engine, pepper=settings.pepper, keys=keys, scan=finds_nothing, new_id=lambda: f"id-{next(ids)}"
    )
    furnish(records)
    with psycopg.connect(settings.tracker_url) as rasa:
        rasa.execute("CREATE TABLE events (id serial primary key, sender_id varchar(255), data text)")
        rasa.execute("INSERT INTO events (sender_id, data) VALUES ('nobody', 'said')")
    yield records
    records.let_go()


def test_the_chain_is_verified_and_its_end_is_noted(house, settings, capsys):
    assert main(["audit", "verify"]) == 0
    assert main(["audit", "note"]) == 0
    assert settings.audit_heads.exists()
    assert main(["audit", "verify"]) == 0
    assert "The audit chain is whole." in capsys.readouterr().out


def test_keys_get_another_master_and_everything_opens(house, capsys):
    assert main(["keys", "check"]) == 0
    assert main(["keys", "rotate"]) == 0
    assert main(["keys", "check"]) == 0
    assert "Everything opens." in capsys.readouterr().out


def test_a_purge_looks_first_and_then_lets_go(house, settings, capsys):
    def left() -> int:
        with psycopg.connect(settings.tracker_url) as rasa:
            return rasa.execute("SELECT count(*) FROM events").fetchone()[0]

    assert main(["purge", "--dry-run"]) == 0
    assert left() == 1
    assert main(["purge"]) == 0
    assert left() == 0
    assert '"gone": true' in capsys.readouterr().out
    assert house.verify_audit() is None


def test_a_database_that_does_not_answer_is_named_in_one_line_without_its_password(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("NONAME_VAR", str(tmp_path))
    monkeypatch.setenv("NONAME_DATABASE_URL", "postgresql://noname:a-word-of-power@127.0.0.1:1/records")
    assert main(["audit", "verify"]) == 1
    told = capsys.readouterr().err
    assert "does not answer" in told
    assert "127.0.0.1" in told
    assert "a-word-of-power" not in told
    assert len(told.splitlines()) == 1


def test_the_doctor_says_that_it_does_not_answer_and_what_to_read(monkeypatch, tmp_path):
    from bot.commands.doctor import _database

    monkeypatch.setenv("NONAME_VAR", str(tmp_path))
    monkeypatch.setenv("NONAME_DATABASE_URL", "postgresql://noname:a-word-of-power@127.0.0.1:1/records")
    is_well, words = _database(load_settings())
    assert not is_well
    assert "docs/POSTGRESQL.md" in words
    assert "a-word-of-power" not in words


def test_the_doctor_finds_it_up_to_date(house, settings):
    from bot.commands.doctor import _database

    assert _database(settings) == (True, "up to date")
