"""Migrations: bringing a database to the shape the code expects, and back."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from bot.storage.engine import make_engine

_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database_url: str) -> None:
    """Bring the database to the newest shape; nothing happens if it has it."""
    _run(database_url, lambda config: command.upgrade(config, "head"))


def unmigrate(database_url: str) -> None:
    """Take every table of ours out of the database, with all that is in it."""
    _run(database_url, lambda config: command.downgrade(config, "base"))


def is_migrated(engine: Engine) -> bool:
    """Whether the database has the newest shape."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def _run(database_url, step) -> None:
    engine = make_engine(database_url)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            step(_config(connection))
    finally:
        engine.dispose()


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
