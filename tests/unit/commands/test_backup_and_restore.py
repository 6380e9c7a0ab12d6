"""The drill: a house with data, a backup, damage, a restore. On both engines, and from one to the other."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import inspect

from bot.cli import main
from bot.commands import doctor_running
from bot.launch import notes
from bot.masters import keys_of
from bot.settings import load_settings
from bot.storage import SqlRecords, make_engine, migrate
from bot.storage.backups import MANIFEST
from bot.storage.engine import writing
from tests.engines import ENGINES
from tests.factories import NOW, from_dsl
from tests.fakes import finds_nothing
from tests.full_house import WORRY, furnish

type Stand = Callable[[str, str], None]


@pytest.fixture
def stand(request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stand:
    """Return what makes a folder and an engine those of this house."""

    def stand(folder: str, engine: str) -> None:
        monkeypatch.setenv("NONAME_VAR", str(tmp_path / folder))
        for name in ("DATABASE", "KEYS"):
            monkeypatch.delenv(f"NONAME_{name}_URL", raising=False)
            if engine == "postgresql":
                server = request.getfixturevalue("postgresql")
                monkeypatch.setenv(f"NONAME_{name}_URL", server.url(server.make()))

    return stand


@contextmanager
def opened() -> Iterator[SqlRecords]:
    settings, ids = load_settings(), count(1)
    keys, engine = keys_of(settings), make_engine(settings.database_url)
    migrate(settings.database_url, pepper=settings.pepper, keys=keys)
    records = SqlRecords(
        engine, pepper=settings.pepper, keys=keys, scan=finds_nothing, new_id=lambda: f"id-{next(ids)}"
    )
    try:
        yield records
    finally:
        records.let_go()


def everything() -> list:
    """Return all that a house knows, as it reads it."""
    with opened() as records:
        talks = [(records.consultation(one), records.messages(one), records.decisions_of(one)) for one in ("c1", "c2")]
        cases = [records.cases_of(one) + records.moves_of(one) for one in ("c1", "c2")]
        revision = (records.revisions("kent"), records.revision_files("r1"))
        return [talks, cases, revision, sorted(map(repr, records.everything_opened()))]


@pytest.fixture
def backed_up(request, stand: Stand, tmp_path: Path) -> list:
    """A house with data and its three backups; what it knows."""
    stand("first", request.param if hasattr(request, "param") else "sqlite")
    with opened() as records:
        furnish(records)
    folders = [word for name in ("records", "keys", "secrets") for word in (_OPTION[name], str(tmp_path / name))]
    assert main(["backup", *folders]) == 0
    return everything()


_OPTION = {"records": "--to", "keys": "--keys-to", "secrets": "--secrets-to"}


def restored(folder: Path, *more: str) -> int:
    return main(["restore", str(folder / "records"), "--keys-from", str(folder / "keys"), *more])


def test_the_doctor_knows_when_the_last_backup_was_made(backed_up):
    assert doctor_running.backup(load_settings()) == (True, "the last within the hour")


@pytest.mark.parametrize("backed_up", ENGINES, indirect=True)
@pytest.mark.parametrize("into", ENGINES)
def test_a_house_that_lost_everything_is_as_it_was(backed_up, stand, tmp_path, into, capsys):
    stand("second", into)
    assert restored(tmp_path, "--secrets-from", str(tmp_path / "secrets")) == 0
    assert "The audit chain is whole." in capsys.readouterr().out
    assert everything() == backed_up
    assert main(["audit", "verify"]) == 0
    assert main(["keys", "check"]) == 0
    with opened() as records:
        talk = records.consultation("c1")
        assert records.messages(talk.id)[0].utterance.text == WORRY
        said, is_new = records.add_incoming("c2", "b", from_dsl("and there is more"), NOW)
        assert (said.number, is_new) == (3, True)
        assert records.begin_attempt({("10.0.0.1",): 5}, NOW.replace(hour=1), NOW) is None, "numbers go on"
        assert records.verify_audit() is None


def test_a_damaged_house_is_moved_away_and_put_back_beside_its_own_secrets(backed_up, tmp_path, capsys):
    (tmp_path / "first" / "noname.db").write_bytes(b"damage")
    (tmp_path / "first" / "noname.db").rename(tmp_path / "damaged.db")
    for left in (tmp_path / "first").glob("noname.db-*"):
        left.unlink()
    assert main(["restore", str(tmp_path / "records")]) == 0, "keys and secrets were not hurt"
    assert everything() == backed_up


def test_nothing_is_restored_over_a_house_that_has_data(backed_up, tmp_path, capsys):
    assert restored(tmp_path) == 1
    assert "there is a house in" in capsys.readouterr().err
    assert everything() == backed_up


@pytest.mark.parametrize("name", ["messages.jsonl", "audit.jsonl", "people.jsonl"])
@pytest.mark.parametrize("damage", ["cut off", "a bit", "gone"])
def test_a_damaged_backup_is_refused_and_says_which_file(backed_up, stand, tmp_path, name, damage, capsys):
    file = tmp_path / "records" / name
    held = file.read_bytes()
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(held[:-9] if damage == "cut off" else held[:20] + bytes([held[20] ^ 1]) + held[21:])
    stand("second", "sqlite")
    assert restored(tmp_path, "--secrets-from", str(tmp_path / "secrets")) == 1
    assert name in capsys.readouterr().err
    assert tables() == []


def tables() -> list[str]:
    """Return the tables of this house's records."""
    engine = make_engine(load_settings().database_url)
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def test_a_manifest_that_was_changed_is_refused(backed_up, stand, tmp_path, capsys):
    file = tmp_path / "records" / MANIFEST
    told = json.loads(file.read_text())
    told["backup"]["head"][0] -= 1
    file.write_text(json.dumps(told))
    stand("second", "sqlite")
    assert restored(tmp_path, "--secrets-from", str(tmp_path / "secrets")) == 1
    assert "was changed, or was sealed by another house" in capsys.readouterr().err


def test_what_was_broken_off_is_no_backup(backed_up, stand, tmp_path, capsys):
    (tmp_path / "keys" / MANIFEST).unlink()
    stand("second", "sqlite")
    assert restored(tmp_path, "--secrets-from", str(tmp_path / "secrets")) == 1
    assert "broken off" in capsys.readouterr().err


def test_without_the_secrets_another_house_opens_nothing_and_says_why(backed_up, stand, tmp_path, capsys):
    stand("second", "sqlite")
    assert restored(tmp_path) == 1
    assert "sealed by another house" in capsys.readouterr().err


def test_what_was_deleted_since_opens_no_more(backed_up, stand, tmp_path, capsys):
    with opened() as records:
        records.lift_hold("c1", "command", NOW)
        records.delete_consultation("c1", NOW)
    older = shutil.copytree(tmp_path / "records", tmp_path / "older")
    assert main(["backup", "--to", str(tmp_path / "newer"), "--keys-to", str(tmp_path / "keys")]) == 0
    stand("second", "sqlite")
    options = ["--keys-from", str(tmp_path / "keys"), "--secrets-from", str(tmp_path / "secrets")]
    assert main(["restore", str(older), *options]) == 1
    assert "1 consultations do not open" in capsys.readouterr().out
    with opened() as records:
        assert records.not_opening() == ("c1",)
        records.lift_hold("c1", "command", NOW)
        records.delete_consultation("c1", NOW)
        assert records.consultation("c1") is None
        assert records.not_opening() == ()


def test_a_backup_older_than_a_noted_end_says_so(backed_up, tmp_path, capsys):
    assert main(["audit", "note"]) == 0
    with opened() as records:
        records.note("case.read", "w", "case-1", NOW)
    assert main(["audit", "note"]) == 0
    for left in (tmp_path / "first").glob("noname.db*"):
        left.unlink()
    assert main(["restore", str(tmp_path / "records")]) == 1
    assert "1 noted ends of the chain are later" in capsys.readouterr().out


def test_the_three_are_kept_apart(backed_up, tmp_path, capsys):
    for other in ("again", "again/keys"):
        assert main(["backup", "--to", str(tmp_path / "again"), "--keys-to", str(tmp_path / other)]) == 1
        assert "kept apart" in capsys.readouterr().err
    assert not (tmp_path / "again").exists()


def test_no_key_and_no_secret_is_among_the_records_and_only_this_account_reads_them(backed_up, tmp_path):
    records = b"".join(file.read_bytes() for file in (tmp_path / "records").iterdir())
    secrets = [file.read_bytes() for file in (tmp_path / "secrets").iterdir() if file.name != MANIFEST]
    lines = (tmp_path / "keys" / "consultation_keys.jsonl").read_text().splitlines()
    keys = [json.loads(line)["wrapped"].encode() for line in lines]
    assert len(secrets) > 5
    assert len(keys) == 3
    assert not [one for one in (*secrets, *keys) if one in records]
    assert WORRY.encode()[:8] not in records
    theirs = [tmp_path / name for name in _OPTION]
    assert {oct(folder.stat().st_mode & 0o777) for folder in theirs} == {"0o700"}
    assert {oct(file.stat().st_mode & 0o777) for folder in theirs for file in folder.iterdir()} == {"0o600"}


def test_a_folder_of_something_else_is_not_replaced_by_keys(backed_up, tmp_path, capsys):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_bytes(b"a picture")
    assert main(["backup", "--to", str(tmp_path / "again"), "--keys-to", str(tmp_path / "photos")]) == 1
    assert (tmp_path / "photos" / "one.jpg").exists()


@pytest.mark.parametrize("backed_up", ENGINES, indirect=True)
def test_a_copy_that_is_made_while_others_write_is_of_one_moment(backed_up, stand, tmp_path, capsys):
    done = Event()

    def talk(number: int) -> None:
        with opened() as records:
            said = 0
            while not done.is_set():
                records.add_incoming("c2", f"{number}-{said}", from_dsl("and more"), NOW)
                said += 1

    with ThreadPoolExecutor(3) as pool:
        talking = [pool.submit(talk, number) for number in range(3)]
        time.sleep(0.5)
        assert main(["backup", "--to", str(tmp_path / "meanwhile")]) == 0
        done.set()
        for one in talking:
            one.result(60)
    stand("second", "sqlite")
    options = ["--keys-from", str(tmp_path / "keys"), "--secrets-from", str(tmp_path / "secrets")]
    assert main(["restore", str(tmp_path / "meanwhile"), *options]) == 0
    with opened() as records:
        numbers = [message.number for message in records.messages("c2")]
        assert len(numbers) > 2
        assert numbers == list(range(1, len(numbers) + 1))
        assert records.times_noted("message.said", "c2") == len(numbers)


@pytest.mark.parametrize("is_one_of_several", [False, True])
def test_a_house_that_runs_is_not_restored(backed_up, stand, tmp_path, capsys, is_one_of_several):
    with notes.hold(load_settings().run, is_one_of_several=is_one_of_several):
        assert restored(tmp_path) == 1
    assert "Stop it first" in capsys.readouterr().err


def test_a_broken_chain_is_backed_up_and_told(backed_up, tmp_path, capsys):
    engine = make_engine(load_settings().database_url)
    with writing(engine).begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_is_not_changed")
        connection.exec_driver_sql("UPDATE audit SET who = 'nobody' WHERE number = 3")
    engine.dispose()
    assert main(["backup", "--to", str(tmp_path / "again")]) == 1
    assert "broken at line 3, and so it is in the backup" in capsys.readouterr().out
