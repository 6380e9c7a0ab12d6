"""Migrations: bringing a database to the shape the code expects, and back."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from bot.storage.engine import MIGRATING_MILLISECONDS, make_engine, writing
from bot.storage.keys import Keys

_SCRIPTS = Path(__file__).parent / "migrations"


class UnknownShape(Exception):
    """Tried to make tables in a shape that this version does not know; carries its name."""


def migrate(database_url: str, *, pepper: str | None = None, keys: Keys | None = None) -> None:
    """Bring the database to the newest shape; nothing happens if it has it.

    The `pepper` seals the end of the audit chain. Without it the end stays unsealed, and verifying says so. The
    `keys` seal what stands there from before; without them a database that holds consultations is refused.
    """
    _run(database_url, lambda config: command.upgrade(config, "head"), pepper=pepper, keys=keys)


def unmigrate(database_url: str, to: str = "base", *, keys: Keys | None = None) -> None:
    """Bring the database to an older shape; without one every table of ours goes, with all that is in it."""
    _run(database_url, lambda config: command.downgrade(config, to), keys=keys)


def is_migrated(engine: Engine) -> bool:
    """Whether the database has the newest shape."""
    there, newest = migration_of(engine)
    return there == newest


def migration_of(engine: Engine) -> tuple[str | None, str | None]:
    """Return the shape of a database and the newest there is."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    with engine.connect() as connection:
        return shape_of(connection), head


def shape_of(connection: Connection) -> str | None:
    """Return the migration that a database is at, None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def shape(connection: Connection, revision: str) -> None:
    """Make the tables as they were at a migration, in a database that has none. Raises UnknownShape."""
    try:
        command.upgrade(_config(connection), revision)
    except CommandError:
        raise UnknownShape(revision) from None


def _run(database_url, step, **attributes) -> None:
    engine = make_engine(database_url, wait=MIGRATING_MILLISECONDS)
    try:
        with writing(engine).begin() as connection:
            step(_config(connection, **attributes))
    finally:
        engine.dispose()


def _config(connection: Connection | None = None, **attributes) -> Config:
    config = Config(attributes={"connection": connection, **attributes})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
