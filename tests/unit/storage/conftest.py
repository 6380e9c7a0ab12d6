"""A migrated database for every test, copied from one that was migrated once."""

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.storage import SqlRecords, make_engine, migrate
from tests.fakes import finds_nothing

PEPPER = "a pepper that is long enough"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "noname.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def engine(migrated: Path, tmp_path: Path) -> Iterator[Engine]:
    shutil.copy(migrated, tmp_path / "noname.db")
    engine = make_engine(f"sqlite:///{tmp_path / 'noname.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def sql_records(engine: Engine) -> Callable[..., SqlRecords]:
    ids = count(1)

    def make(scan=finds_nothing, pepper: str = PEPPER, **values) -> SqlRecords:
        return SqlRecords(engine, pepper=pepper, scan=scan, new_id=lambda: f"id-{next(ids)}", **values)

    return make
