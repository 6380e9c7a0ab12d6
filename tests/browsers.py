"""The browser of the tests: the machine's Chromium, as every test that needs one starts it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from bot.launch.browser import find_browser

expect.set_options(timeout=30_000)  # a machine with two busy cores answers late, not wrongly


@contextmanager
def a_browser(*more: str) -> Iterator[Browser]:
    """Open one until the block ends. `more` are flags of Chromium's."""
    where = os.environ.get("NONAME_CHROMIUM") or find_browser()
    assert where, "no Chromium: ./noname test installs one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=["--no-sandbox", "--disable-gpu", *more])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all tests of a module."""
    with a_browser() as opened:
        yield opened
