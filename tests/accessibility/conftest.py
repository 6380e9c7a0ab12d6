"""What every measure of the pages needs: a browser, one address for all houses, and the packages of the tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.launch.browser import find_browser
from bot.launch.front_end import ensure_front_end
from bot.launch.node_packages import TESTS, ensure_packages
from bot.settings import ROOT
from tests.accessibility.house import Doors, answering


@pytest.fixture(scope="session")
def packages() -> Path:
    """Return the folder of node modules that the tests use."""
    ensure_front_end(ROOT)
    return ensure_packages(ROOT, TESTS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    where = os.environ.get("NONAME_CHROMIUM") or find_browser()
    assert where, "no Chromium: ./noname test installs one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    with answering(tmp_path_factory.mktemp("houses")) as doors:
        yield doors
