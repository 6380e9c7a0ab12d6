"""A scene for every test, on a database that was migrated once."""

import pytest

from tests.unit.storage.conftest import PEPPER, engine, keys, made_keys, masters, migrated, sql_records
from tests.unit.telegram.scene import Scene

__all__ = ["engine", "keys", "made_keys", "masters", "migrated", "sql_records"]


@pytest.fixture
def scene(engine, keys):
    scene = Scene(engine, keys, PEPPER)
    yield scene
    scene.close()
