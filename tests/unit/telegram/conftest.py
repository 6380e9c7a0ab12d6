"""A scene for every test, on a database that was migrated once."""

import shutil
from pathlib import Path

import pytest

from tests.unit.storage.conftest import PEPPER, engine, keys, made_keys, masters, migrated, sql_records
from tests.unit.telegram.scene import Scene

__all__ = ["engine", "keys", "made_keys", "masters", "migrated", "sql_records"]


@pytest.fixture
def database_url(migrated: Path, tmp_path: Path) -> str:
    """Return the address of a migrated database, in SQLite: what differs in PostgreSQL is tried in the store's room."""
    return f"sqlite:///{shutil.copy(migrated, tmp_path / 'noname.db')}"


@pytest.fixture
def scene(engine, keys):
    scene = Scene(engine, keys, PEPPER)
    yield scene
    scene.close()
