"""Goes through every state outside of pytest, for commands: `./noname look` and `./noname evaluate pages`."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from bot.launch.front_end import ensure_front_end
from bot.launch.node_packages import LIGHTHOUSE, TESTS, ensure_packages
from bot.settings import ROOT
from tests.accessibility.axe import broken_by_look
from tests.accessibility.house import Doors, answering
from tests.accessibility.lighthouse import scores
from tests.accessibility.ruler import measured
from tests.accessibility.state import State
from tests.accessibility.states import STATES
from tests.accessibility.visit import Visit, reached
from tests.browsers import a_browser

SIZES = ((390, 844), (768, 1024), (1366, 768))
COLOURS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "light", "forced_colors": "active"},
}
LIGHTHOUSE_STATES = ("sign-in", "start", "conversation-opened", "queue-with-cases", "case-of-mine")


@contextmanager
def everything() -> Iterator[tuple[Browser, Doors]]:
    """Open a browser and the doors."""
    ensure_front_end(ROOT)
    with a_browser() as browser, tempfile.TemporaryDirectory() as folder, answering(Path(folder)) as doors:
        yield browser, doors


def pictures(visit: Visit, state: State, folder: Path) -> None:
    """Leave pictures of a state at every size and in all colours."""
    for width, height in SIZES:
        visit.page.set_viewport_size({"width": width, "height": height})
        for colours, media in COLOURS.items():
            visit.page.emulate_media(**media)
            visit.page.screenshot(path=str(folder / f"{state.name}-{width}x{height}-{colours}.png"))


def measures(visit: Visit, packages: Path) -> dict[str, Any]:
    """Return what axe and the ruler find of a state: names of rules and measures."""
    broken = broken_by_look(visit.page, packages, ("light", "dark"))
    rules = {rule["id"] for of_look in broken.values() for rule in of_look}
    return {"axe": sorted(rules), "layout": sorted(measured(visit.page))}


def look(only: str, folder: Path) -> int:
    """Leave pictures of the states whose names hold a word; return of how many."""
    folder.mkdir(parents=True, exist_ok=True)
    return _each(lambda visit, state: pictures(visit, state, folder), only)


def measure(only: str, to: Path) -> int:
    """Write what was found of every state, and Lighthouse's scores of a few, into a file."""
    packages, found = ensure_packages(ROOT, TESTS), {}
    lighthouse, scored = ensure_packages(ROOT, LIGHTHOUSE), {}

    def note(visit: Visit, state: State) -> None:
        if state.name in LIGHTHOUSE_STATES:
            scored[state.name] = scores(visit, lighthouse)
        found[state.name] = measures(visit, packages)

    count = _each(note, only)
    to.write_text(json.dumps({"states": found, "lighthouse": scored}), encoding="utf-8")
    return count


def _each(do: Callable[[Visit, State], None], only: str) -> int:
    wanted = [state for state in STATES if only in state.name]
    with everything() as (browser, doors):
        for state in wanted:
            sys.stdout.write(f"{state.name}\n")
            sys.stdout.flush()
            with reached(browser, doors, state) as visit:
                do(visit, state)
    return len(wanted)


def main() -> int:
    """Do what the commands ask for: `look` or `measure`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["look", "measure"])
    parser.add_argument("--only", default="")
    parser.add_argument("--to", type=Path, required=True)
    given = parser.parse_args()
    return 0 if {"look": look, "measure": measure}[given.what](given.only, given.to) else 1


if __name__ == "__main__":
    raise SystemExit(main())
