"""The doctor looks at what whoever runs a house has to know, and says what to do about what is not well."""

import json
import os
import socket
import subprocess
import sys
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands import doctor, doctor_running
from bot.commands.listening import is_loopback, listened_by
from bot.launch import notes
from bot.masters import keys_of
from bot.settings import ROOT, Settings, load_settings
from bot.storage import migrate

# Listens where it is told, says on which port, and waits.
LISTENER = """
import socket, sys, time
held = socket.socket(socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET)
held.bind((sys.argv[1], 0)); held.listen()
print(held.getsockname()[1], flush=True)
time.sleep(60)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({"NONAME_VAR": str(tmp_path / "var")}, root=ROOT)


def test_versions_are_told(settings: Settings) -> None:
    is_well, words = doctor_running.versions(settings)
    assert is_well
    assert "Python 3.13" in words
    assert "sqlalchemy" in words


def test_the_engine_and_its_migration_are_told_and_a_server_that_is_away_is_told_without_its_password(
    settings: Settings, tmp_path: Path
) -> None:
    assert "made by" in doctor_running.engine(settings)[1]
    assert not (settings.var / "noname.db").exists(), "looking leaves nothing behind"
    migrate(settings.database_url, pepper=settings.pepper)
    assert doctor_running.engine(settings)[0]
    assert "at migration 00" in doctor_running.engine(settings)[1]
    (tmp_path / "canary.db").write_bytes(b"canary" * 1000)
    away = {"NONAME_VAR": str(settings.var), "NONAME_DATABASE_URL": f"sqlite:///{tmp_path / 'canary.db'}"}
    is_well, words = doctor_running.engine(load_settings(away))
    assert not is_well
    assert "canary" not in words


def test_keys_whose_master_is_gone_are_told_and_none_is_drawn(settings: Settings) -> None:
    assert doctor_running.keys(settings)[0]
    keys = keys_of(settings)
    keys.make("c1")
    keys.let_go()
    assert doctor_running.keys(settings) == (True, "opened; 1 is the newest master of 1")
    master = settings.masters / "1"
    right = master.read_text()
    master.write_text("another master that is long enough")
    assert not doctor_running.keys(settings)[0]
    master.unlink()
    assert "put the copy back" in doctor_running.keys(settings)[1]
    assert not master.exists(), "a new master would open nothing, and hide that the old one is missing"
    master.write_text(right)
    assert doctor_running.keys(settings)[0]


def test_models_are_told_and_whether_one_fits(settings: Settings) -> None:
    none = "0 kept, 0 MB; none whole is of these files; `./noname up` trains it"
    assert doctor_running.models(settings) == (False, none)
    settings.models.mkdir()
    (settings.models / "0123.tar.gz").write_bytes(b"x")
    assert "1 kept" in doctor_running.models(settings)[1]
    doctor_running.model_file(settings).write_bytes(b"x")
    assert not doctor_running.models(settings)[0], "half a model is none"
    with tarfile.open(doctor_running.model_file(settings), "w:gz") as packed:
        packed.add(__file__)
    assert doctor_running.models(settings)[0]


def test_every_area_is_read() -> None:
    is_well, words = doctor_running.packs(load_settings())
    assert is_well, words
    assert "bank holidays until" in words


@pytest.mark.parametrize(("host", "is_well"), [("127.0.0.1", True), ("0.0.0.0", False)])
def test_ports_of_rasas_that_others_reach_are_told(settings: Settings, host: str, is_well: bool) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", LISTENER, host], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        port = int(child.stdout.readline())
        assert listened_by(child.pid) == ((host, port),)
        settings.run.mkdir()
        notes.note_running(settings.run, notes.Running(os.getpid(), child.pid, settings.url))
        verdict, words = doctor_running.rasa_ports(settings)
        assert verdict is is_well
        assert str(port) in words
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def test_a_house_that_does_not_run_has_no_ports(settings: Settings) -> None:
    assert doctor_running.rasa_ports(settings)[0]


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True), ("0.0.0.0", False), ("::", False)],
)
def test_loopback_is_known_in_all_its_spellings(address: str, is_ours: bool) -> None:
    assert is_loopback(address) is is_ours


def test_sockets_of_others_are_not_taken_for_ours() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        assert listened_by(999_999_999) == ()


def test_files_that_others_can_read_are_named(settings: Settings) -> None:
    assert doctor_running.permissions(settings)[0]
    (settings.var / "secrets" / "pepper").chmod(0o640)
    is_well, words = doctor_running.permissions(settings)
    assert not is_well
    assert "secrets/pepper" in words
    assert "chmod" in words
    (settings.var / "secrets" / "pepper").chmod(0o600)
    (settings.var / "noname.db").touch(0o644)
    (settings.var / "noname.db").chmod(0o644)
    assert doctor_running.permissions(settings)[0], "what stands in a folder that is shut is shut"
    settings.var.chmod(0o755)
    assert "noname.db" in doctor_running.permissions(settings)[1]


def test_the_last_backup_is_told_where_one_was_noted(settings: Settings) -> None:
    assert doctor_running.backup(settings) == (True, "none noted here")
    settings.run.mkdir()
    note = settings.run / notes.BACKUP
    note.write_text(json.dumps({"at": (datetime.now(UTC) - timedelta(hours=26)).isoformat()}))
    assert doctor_running.backup(settings) == (True, "the last 26 hours ago")
    note.write_text("{}")
    assert not doctor_running.backup(settings)[0]


def test_the_doctor_returns_one_where_something_needed_is_not_well(monkeypatch, capsys) -> None:
    needed, not_needed = ("a", True, lambda s: (True, "well")), ("b", False, lambda s: (False, "ill"))
    monkeypatch.setattr(doctor, "LOOKS", [needed, not_needed])
    assert doctor.run(None) == 0
    monkeypatch.setattr(doctor, "LOOKS", [("a", True, lambda s: (False, "ill"))])
    assert doctor.run(None) == 1
    assert "LOOK  a: ill" in capsys.readouterr().out


def test_everything_that_the_doctor_looks_at_has_a_name_of_its_own() -> None:
    names = [name for name, _, _ in doctor.LOOKS]
    assert {"versions", "engine", "keys", "models", "packs", "Rasa's ports", "permissions", "backup"} <= {*names}
    assert len(names) == len(set(names))
