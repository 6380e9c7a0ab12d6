"""A migrated database for every test, copied from one that was migrated once."""

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.storage import Keys, SqlRecords, make_engine, migrate
from tests.fakes import finds_nothing
from tests.keys import MASTERS, make_keys

PEPPER = "a pepper that is long enough"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "noname.db"
    migrate(f"sqlite:///{file}", pepper=PEPPER)
    return file


@pytest.fixture
def engine(migrated: Path, tmp_path: Path) -> Iterator[Engine]:
    shutil.copy(migrated, tmp_path / "noname.db")
    engine = make_engine(f"sqlite:///{tmp_path / 'noname.db'}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def made_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of keys without one in it: to copy it is quicker than to make it."""
    folder = tmp_path_factory.mktemp("made_keys")
    make_keys(folder).let_go()
    return folder / "keys.db"


@pytest.fixture
def masters() -> dict[str, str]:
    return dict(MASTERS)


@pytest.fixture
def keys(made_keys: Path, tmp_path: Path, masters: dict[str, str]) -> Iterator[Keys]:
    shutil.copy(made_keys, tmp_path / "keys.db")
    keys = make_keys(tmp_path, masters)
    yield keys
    keys.let_go()


@pytest.fixture
def sql_records(engine: Engine, keys: Keys) -> Callable[..., SqlRecords]:
    ids = count(1)

    def make(scan=finds_nothing, pepper: str = PEPPER, **values) -> SqlRecords:
        return SqlRecords(engine, pepper=pepper, keys=keys, scan=scan, new_id=lambda: f"id-{next(ids)}", **values)

    return make
