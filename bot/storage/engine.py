"""Engines: how the database is reached, and what is switched on when it is."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

BUSY_MILLISECONDS = 10_000


def make_engine(database_url: str) -> Engine:
    """Return an engine for an SQLAlchemy address.

    An SQLite file that is not there is made, readable by this account alone. Errors never show
    the values of a statement, because they may be what somebody wrote.
    """
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        return create_engine(url, hide_parameters=True, pool_pre_ping=True)
    _make_private(url)
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private(url: URL) -> None:
    # SQLite gives its journal the mode of the database, so the mode is set before the first connection.
    if url.database and url.database != ":memory:":
        file = Path(url.database)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)


def _prepare(connection: Any, _record: Any) -> None:
    # Python's sqlite3 would begin transactions by itself, and only before the first write: _begin does it.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A writer takes the one writing place before it reads, so that what it read is still so when it writes.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
