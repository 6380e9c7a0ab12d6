"""`test`: everything that must hold, in the order in which it fails fastest."""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from bot.launch.browser import find_browser, install_browser
from bot.launch.front_end import ensure_front_end, is_made
from bot.launch.node_packages import TESTS, ensure_packages
from bot.launch.progress import Progress
from bot.launch.servers import fetch_servers, find_servers
from bot.launch.training import ensure_model, is_trained
from bot.settings import Settings, load_settings

PASSES_ON = True  # what this command does not know goes to pytest
CODE = ["bot", "actions", "evaluation", "tests", "noname"]
# The whole suite is shared out among workers. Each starts a Rasa of its own, which takes some 700 MB.
SHARED_OUT = ["--numprocesses", "auto", "--maxprocesses", "4", "--dist", "worksteal", "--durations=25"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything else is passed on to pytest, such as `-k redaction` or a file."""
    parser.add_argument("--only", action="store_true", help="run pytest alone, without the code checks")


def run(options: argparse.Namespace) -> int:
    """Return 0 if all of it holds."""
    settings = load_settings()
    environment = _prepare(settings)
    checks = {} if options.only else {
        "style (ruff)": [sys.executable, "-m", "ruff", "check", "--quiet", *_present(settings)],
    }  # fmt: skip
    checks["tests (pytest)"] = [sys.executable, "-m", "pytest", "-q", *(options.rest or SHARED_OUT)]
    verdicts = {name: _check(name, command, settings.root, environment) for name, command in checks.items()}
    print()
    for name, (code, seconds) in verdicts.items():
        print(f"{'holds' if code == 0 else 'FAILS':6}  {name}  ({seconds:.0f} s)")
    return 0 if all(code == 0 for code, _ in verdicts.values()) else 1


def _prepare(settings: Settings) -> dict[str, str]:
    """Train the dialogue and find a browser; return the environment for the tests."""
    progress = Progress(sys.stderr, total=2)
    if not is_made(settings.root):
        with progress.step("pages", "Fetching what the pages are made with"):
            ensure_front_end(settings.root)
    ensure_packages(settings.root, TESTS)
    if not is_trained(settings):
        with progress.step("train", "Training the dialogue (the first time a minute or two)"):
            ensure_model(settings)
    browser = find_browser() or install_browser(progress.say)
    servers = settings.var / "servers"
    if not (find_servers(servers) or fetch_servers(servers, progress.say)):
        progress.say("No Redis and nginx, and no Debian packages: the journey through several processes is left out.")
    if browser is None:
        progress.say("No Chromium was found and none could be installed: the browser tests will fail.")
    environment = {**os.environ, "PYTHONPATH": str(settings.root)}
    return {**environment, "NONAME_CHROMIUM": browser} if browser else environment


def _present(settings: Settings) -> list[str]:
    return [name for name in CODE if (settings.root / name).exists()]


def _check(name: str, command: list[str], root: Path, environment: dict[str, str]) -> tuple[int, float]:
    print(f"\n== {name}", flush=True)
    begun = time.monotonic()
    done = subprocess.run(command, cwd=root, env=environment)
    return done.returncode, time.monotonic() - begun
