"""Lighthouse on the page that is open: its scores, from a browser of its own that is signed in the same way."""

import json
import os
import subprocess
from pathlib import Path

from bot.launch.browser import find_browser
from bot.launch.node_packages import found
from bot.settings import ROOT
from tests.accessibility.visit import Visit

CATEGORIES = ("performance", "accessibility", "best-practices")
LONGEST_SECONDS = 240


def scores(visit: Visit, packages: Path) -> dict[str, int | None]:
    """Return the scores of the page, of 100; None for what could not be scored."""
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in visit.page.context.cookies())
    command = [
        *(found("node", ROOT), str(packages / "lighthouse/cli/index.js"), visit.page.url, "--quiet", "--output=json"),
        f"--only-categories={','.join(CATEGORIES)}",
        f"--extra-headers={json.dumps({'Cookie': cookies})}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        "--max-wait-for-load=20000",
    ]
    env = os.environ | {"CHROME_PATH": find_browser() or ""}
    done = subprocess.run(command, capture_output=True, timeout=LONGEST_SECONDS, env=env, check=True)
    held = json.loads(done.stdout)["categories"]
    return {name: None if held[name]["score"] is None else round(held[name]["score"] * 100) for name in CATEGORIES}
