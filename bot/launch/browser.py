"""The browser that the tests drive: the machine's own Chromium, or one that is fetched."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
LONGEST_INSTALL_SECONDS = 600


def find_browser() -> str | None:
    """Return the path of a Chromium that is here: named by NONAME_CHROMIUM, on the path, or Playwright's."""
    named = os.environ.get("NONAME_CHROMIUM")
    if named:
        return named
    on_path = next((path for path in map(shutil.which, NAMES) if path), None)
    return on_path or _playwrights_own()


def install_browser(say: Callable[[str], None]) -> str | None:
    """Fetch a Chromium and return its path, or None where neither way works; say what was tried."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium from the system's packages ...")
        if _worked(["apt-get", "update", "-q"]):
            _worked(["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"])
        found = find_browser()
        if found:
            return found
    say("Installing Playwright's Chromium ...")
    _worked([sys.executable, "-m", "playwright", "install", "chromium"])
    return find_browser()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def _worked(command: list[str]) -> bool:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=env, capture_output=True, timeout=LONGEST_INSTALL_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
