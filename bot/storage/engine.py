"""Engines: how the database is reached, and what is switched on when it is.

Both engines keep one promise. A transaction that writes has the one writing place of its database from its first
statement on, so that what it read is still so when it writes. One that reads sees one moment from end to end.
"""

from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, ExceptionContext, make_url

BUSY_MILLISECONDS = 10_000
# Tables are made in one transaction, and whoever starts beside it waits for all of it.
MIGRATING_MILLISECONDS = 120_000
CONNECT_SECONDS = 10
# The writing places, as numbers of PostgreSQL's advisory locks. Who writes records may write keys meanwhile.
PLACES = {"records": 0x6E6F6E61, "keys": 0x6E6F6E62}


class NotReached(Exception):
    """Tried to reach a database, and it did not answer or let nobody in; carries what it said, and no password."""


def make_engine(database_url: str, wait: int | None = None, **options: Any) -> Engine:
    """Return an engine for an SQLAlchemy address; `options` are SQLAlchemy's own.

    It waits at most `wait` milliseconds for others who write, or as long as is usual. An SQLite
    file that is not there is made, readable by this account alone. Errors never show the values
    of a statement, because they may be what somebody wrote.
    """
    url, wait = read_url(database_url), wait or BUSY_MILLISECONDS
    if url.get_backend_name() == "sqlite":
        _make_private(url)
        engine = create_engine(url, hide_parameters=True, **options)
        event.listen(engine, "connect", partial(_prepare_sqlite, wait))
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    url = url.update_query_dict({"connect_timeout": str(CONNECT_SECONDS)} | dict(url.query))
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True, isolation_level="REPEATABLE READ", **options)
    event.listen(engine, "connect", partial(_prepare_postgresql, wait))
    event.listen(engine, "begin", _begin_postgresql)
    event.listen(engine, "handle_error", _say_no_values)
    return engine


def writing(engine: Engine, place: str = "records") -> Engine:
    """Return the engine for transactions that write: they queue up for the writing place of that name."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(writes=place)
    # Not repeatable: what was committed while it waited for its place must be seen.
    return engine.execution_options(writes=place, isolation_level="READ COMMITTED")


def followed(engine: Engine) -> Engine:
    """Return an engine for transactions that write, and that another is sure to follow before anybody is told.

    In SQLite it waits for the disk no more by itself: the journal is written in order, so who waits for what follows
    waits for this too. When the power fails in between, both are as if they had not been.
    """
    return engine.execution_options(is_followed=True)


def read_url(database_url: str) -> URL:
    """Return an address as we use it: PostgreSQL's, however it is written, is reached through psycopg."""
    if database_url.startswith("postgres://"):  # as hosts of databases write it
        database_url = database_url.replace("postgres", "postgresql", 1)
    url = make_url(database_url)
    return url.set(drivername="postgresql+psycopg") if url.get_backend_name() == "postgresql" else url


def libpq_address(database_url: str) -> str:
    """Return an address of PostgreSQL as its own library reads it."""
    return read_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)


def _make_private(url: URL) -> None:
    # SQLite gives its journal the mode of the database, so the mode is set before the first connection.
    if url.database and url.database != ":memory:":
        file = Path(url.database)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)


def _prepare_sqlite(wait: int, connection: Any, _record: Any) -> None:
    # Python's sqlite3 would begin transactions by itself, and only before the first write: _begin_sqlite does it.
    connection.isolation_level = None
    for pragma in (f"busy_timeout = {wait}", "journal_mode = WAL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options, directly = connection.get_execution_options(), connection.connection.dbapi_connection
    if options.get("writes"):
        directly.execute(f"PRAGMA synchronous = {'NORMAL' if options.get('is_followed') else 'FULL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:  # it waits for nobody and cannot fail, and there are many: not by way of all that looks at statements
        directly.execute("BEGIN")


def _prepare_postgresql(wait: int, connection: Any, _record: Any) -> None:
    # Nobody waits for ever, as with SQLite.
    connection.execute(f"SET lock_timeout = {wait}")
    connection.commit()


def _begin_postgresql(connection: Connection) -> None:
    place = connection.get_execution_options().get("writes")
    if place is not None:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({PLACES[place]})")


def _say_no_values(context: ExceptionContext) -> None:
    if context.connection is None and context.engine is not None and not context.is_pre_ping:
        said = str(context.original_exception).strip().partition("\n")[0]
        raise NotReached(f"{context.engine.url.render_as_string()}: {said}") from None
    # PostgreSQL adds the row that it refused, in lines of their own.
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args and isinstance(error.args[0], str):
            error.args = (error.args[0].partition("\n")[0], *error.args[1:])
