"""A migrated database for every test, copied from one that was migrated once: in SQLite, and in PostgreSQL too.

A test that is about files of SQLite's says so: `@on_sqlite`.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.storage import Keys, SqlRecords, make_engine, migrate
from bot.storage.key_tables import KeyBase
from bot.storage.tables import Base
from tests.engines import ENGINES, Emptied, Postgres
from tests.fakes import finds_nothing
from tests.keys import MASTERS, keys_at, make_keys

PEPPER = "a pepper that is long enough"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "noname.db"
    migrate(f"sqlite:///{file}", pepper=PEPPER)
    return file


@pytest.fixture(scope="session")
def emptied(postgresql: Postgres) -> Iterator[Emptied]:
    """A database of PostgreSQL that every test finds as it was migrated."""
    tables = [table.name for table in reversed(Base.metadata.sorted_tables)]
    with closing(Emptied(postgresql, partial(migrate, pepper=PEPPER), tables)) as emptied:
        yield emptied


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a migrated database."""
    if request.param == "postgresql":
        return request.getfixturevalue("emptied").url()
    shutil.copy(request.getfixturevalue("migrated"), tmp_path / "noname.db")
    return f"sqlite:///{tmp_path / 'noname.db'}"


@pytest.fixture(params=ENGINES)
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a database in which there is nothing yet."""
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        return server.url(server.make())
    return f"sqlite:///{tmp_path / 'new' / 'house.db'}"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is kept in memory is kept in no engine: run it once."""
    items[:] = [item for item in items if not _is_twice(getattr(item, "callspec", None))]


def _is_twice(spec) -> bool:
    return spec is not None and spec.params.get("database_url") == "postgresql" and "memory" in spec.id


@pytest.fixture(scope="session")
def made_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of keys without one in it: to copy it is quicker than to make it."""
    folder = tmp_path_factory.mktemp("made_keys")
    make_keys(folder).let_go()
    return folder / "keys.db"


@pytest.fixture
def masters() -> dict[str, str]:
    return dict(MASTERS)


@pytest.fixture(scope="session")
def emptied_keys(postgresql: Postgres) -> Iterator[Emptied]:
    """A database of keys in PostgreSQL, apart from the records."""
    fill = lambda url: keys_at(url, dict(MASTERS)).let_go()  # noqa: E731
    with closing(Emptied(postgresql, fill, [table.name for table in KeyBase.metadata.sorted_tables])) as emptied:
        yield emptied


@pytest.fixture
def keys(
    request: pytest.FixtureRequest, database_url: str, made_keys: Path, tmp_path: Path, masters: dict[str, str]
) -> Iterator[Keys]:
    """Keys in the engine in which the records are, and in a database of their own."""
    if database_url.startswith("sqlite"):
        shutil.copy(made_keys, tmp_path / "keys.db")
        keys = make_keys(tmp_path, masters)
    else:
        keys = keys_at(request.getfixturevalue("emptied_keys").url(), masters)
    yield keys
    keys.let_go()


@pytest.fixture
def sql_records(engine: Engine, keys: Keys) -> Callable[..., SqlRecords]:
    ids = count(1)

    def make(scan=finds_nothing, pepper: str = PEPPER, **values) -> SqlRecords:
        return SqlRecords(engine, pepper=pepper, keys=keys, scan=scan, new_id=lambda: f"id-{next(ids)}", **values)

    return make
