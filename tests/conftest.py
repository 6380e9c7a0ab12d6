"""What every test may use. The house with a trained Rasa is started once, by the first test that asks."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

# Factories, fakes and the running house stand beside the tests and are imported by name.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session", autouse=True)
def composed_once() -> Iterator[None]:
    """Files of the knowledge base, and copies of them with a fault in one, are put together once by their text."""
    from bot.knowledge import entry

    known, compose = {}, entry._composed

    def composed(file: Path, text: str) -> object:
        if text not in known:
            known[text] = compose(file, text)
        return known[text]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entry, "_composed", composed)
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Each of the many houses has pages of its own, made from the same templates."""
    from bot.web import pages
    from tests.templates_kept import Kept

    kept = partial(pages.jinja2.Environment, bytecode_cache=Kept())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages.jinja2, "Environment", kept)
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
