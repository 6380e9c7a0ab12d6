"""The front end: what the pages take from the GOV.UK Frontend, installed from npm by its lock and made into one sheet.

It lies beside the rooms, in a folder named after what it was made from, and is made again when that changes.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from bot.web.front_end import FILES, LOCKED, SCRIPTS, STYLES, front_end_folder

LONGEST_SECONDS = 300
FROM = Path("node_modules/govuk-frontend/dist/govuk/components")


class FrontEndNotMade(Exception):
    """Tried to install the GOV.UK Frontend and to make a sheet of it; says which command failed and why."""


def is_made(root: Path) -> bool:
    """Whether the front end for the present files is there."""
    return front_end_folder(root).is_dir()


def ensure_front_end(root: Path) -> Path:
    """Return the folder of the front end, made now if it is not there. Raises FrontEndNotMade.

    Two processes that need it at once make it once.
    """
    place = front_end_folder(root)
    place.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.is_dir():
            _make(root, place)
    return place


def _make(root: Path, place: Path) -> None:
    with tempfile.TemporaryDirectory(dir=place.parent) as at:
        work = Path(at)
        for name in FILES:
            shutil.copy(root / LOCKED / name, work / name)
        _run([_npm(root), "ci", "--silent"], work, root)
        made = work / "made"
        made.mkdir()
        sass = ["node_modules/sass/sass.js", "--style=compressed", "--no-source-map", "--load-path=node_modules"]
        _run([_node(root), *sass, str(root / STYLES), str(made / "govuk.css")], work, root)
        for name in SCRIPTS:
            shutil.copy(work / FROM / name / f"{name}.bundle.mjs", made / f"{name}.js")
        made.rename(place)


def _npm(root: Path) -> str:
    return _found("npm", root)


def _node(root: Path) -> str:
    return _found("node", root)


def _found(name: str, root: Path) -> str:
    """Return the machine's own, or that of the room which the launcher makes where there is none."""
    return shutil.which(name) or str(root / ".venv" / "node" / "bin" / name)


def _run(command: list[str], folder: Path, root: Path) -> None:
    path = os.pathsep.join([os.environ.get("PATH", ""), str(root / ".venv" / "node" / "bin")])
    try:
        done = subprocess.run(
            command, cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, timeout=LONGEST_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as fell:
        raise FrontEndNotMade(f"{Path(command[0]).name} could not be run: {fell}") from fell
    if done.returncode:
        said = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
        raise FrontEndNotMade(f"{' '.join([Path(command[0]).name, *command[1:2]])} failed: {' '.join(said[-3:])}")
