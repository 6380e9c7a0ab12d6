"""What every measure of the pages needs: a browser, one address for all houses, and the packages of the tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.launch.front_end import ensure_front_end
from bot.launch.node_packages import TESTS, ensure_packages
from bot.settings import ROOT
from tests.accessibility.house import Doors, answering
from tests.browsers import browser

__all__ = ["browser"]


@pytest.fixture(scope="session")
def packages() -> Path:
    """Return the folder of node modules that the tests use."""
    ensure_front_end(ROOT)
    return ensure_packages(ROOT, TESTS)


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    with answering(tmp_path_factory.mktemp("houses")) as doors:
        yield doors
