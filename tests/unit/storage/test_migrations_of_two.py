"""Two houses are started at once on one database: each in a process of its own, and both come to the same whole."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from bot.storage import SqlRecords, is_migrated, make_engine, migrate, unmigrate
from bot.storage.engine import writing
from bot.storage.tables import Base
from tests.fakes import finds_nothing
from tests.full_house import furnish
from tests.keys import keys_at

PEPPER = "a pepper that is long enough"
ROOT = Path(__file__).resolve().parents[3]
# Both say that they are there, and begin when they are told to.
STARTS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from bot.storage import migrate
from tests.keys import MASTERS, keys_at
url, keys_url, pepper = sys.argv[1:]
keys = keys_at(keys_url, dict(MASTERS))
print("there", flush=True)
sys.stdin.readline()
migrate(url, pepper=pepper, keys=keys)
keys.let_go()
"""


@pytest.fixture
def keys_url(new_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Return where the keys are: beside the records, in a database of the same kind."""
    if new_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'keys.db'}"
    server = request.getfixturevalue("postgresql")
    return server.url(server.make())


def at_once(url: str, keys_url: str, times: int = 2) -> None:
    """Migrate from so many processes at the same moment. None of them may fail."""
    command = [sys.executable, "-c", STARTS, url, keys_url, PEPPER]
    pipe = subprocess.PIPE
    starts = [
        subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=ROOT) for _ in range(times)
    ]
    for one in starts:
        assert one.stdout.readline() == "there\n", one.stderr.read()
    for one in starts:
        one.stdin.write("\n")
        one.stdin.flush()
    for one in starts:
        _, said = one.communicate(timeout=60)
        assert one.returncode == 0, said


def test_two_processes_that_make_the_tables_at_once_make_them_once(new_url: str, keys_url: str) -> None:
    at_once(new_url, keys_url, times=3)
    engine = make_engine(new_url)
    assert is_migrated(engine)
    assert set(inspect(engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1
        assert connection.scalar(text("SELECT count(*) FROM audit_head")) == 1
    engine.dispose()


def test_two_processes_that_migrate_a_house_with_data_at_once_seal_everything_once(
    new_url: str, keys_url: str
) -> None:
    from tests.keys import MASTERS

    keys = keys_at(keys_url, dict(MASTERS))
    migrate(new_url, pepper=PEPPER, keys=keys)
    numbers = iter(range(1000))
    records = SqlRecords(
        make_engine(new_url), pepper=PEPPER, keys=keys, scan=finds_nothing, new_id=lambda: f"id-{next(numbers)}"
    )
    furnish(records)
    before = [records.messages(one) for one in ("c1", "c2")]
    assert any(before)
    records.let_go()
    unmigrate(new_url, "0006_access", keys=keys)
    at_once(new_url, keys_url)
    assert [records.messages(one) for one in ("c1", "c2")] == before
    assert records.verify_audit() is None
    assert records.not_opening() == ()
    records.let_go()


def test_who_starts_while_tables_are_made_waits_longer_than_a_writer_does(new_url: str, monkeypatch) -> None:
    monkeypatch.setattr("bot.storage.engine.BUSY_MILLISECONDS", 100)
    held = make_engine(new_url)
    with ThreadPoolExecutor() as pool:
        with writing(held).begin():
            migrating = pool.submit(migrate, new_url, pepper=PEPPER)
            with pytest.raises(FutureTimeout):
                migrating.result(timeout=0.5)
        migrating.result(timeout=60)
    assert is_migrated(held)
    held.dispose()
