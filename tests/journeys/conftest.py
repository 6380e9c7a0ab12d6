"""What every journey in a browser needs: the browser."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.launch.browser import find_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    where = os.environ.get("NONAME_CHROMIUM") or find_browser()
    assert where, "no Chromium: ./noname test installs one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
