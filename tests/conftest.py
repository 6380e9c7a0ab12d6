"""What every test may use. The house with a trained Rasa is started once, by the first test that asks."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Factories, fakes and the running house stand beside the tests and are imported by name.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session", autouse=True)
def made_once() -> Iterator[None]:
    """Whatever every house is made of, and takes long to make."""
    from tests.kept import kept

    with kept():
        yield


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """A whole running house, shared by all tests that talk to one."""
    from running_house import running_house  # tests that need no house do not load it

    with running_house(tmp_path_factory.mktemp("house")) as running:
        yield running


@pytest.fixture(scope="session")
def postgresql() -> Iterator[object]:
    """A PostgreSQL of the tests' own, shared by all tests that want a database in it."""
    from tests.engines import postgres  # tests that need none do not start one

    with postgres() as server:
        yield server
