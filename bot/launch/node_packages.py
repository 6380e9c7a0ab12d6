"""Packages of npm: installed by a lock into a folder that is named after it, once, whoever asks first."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

LONGEST_SECONDS = 300
FILES = ("package.json", "package-lock.json", ".npmrc")
TESTS = Path("requirements/front-end-tests")
LIGHTHOUSE = Path("requirements/lighthouse")


class PackagesNotMade(Exception):
    """Tried to install packages of npm, or to run one of them; says which command failed and why."""


def ensure_packages(root: Path, locked: Path) -> Path:
    """Return the folder of node modules that a lock of the checkout names, installed now if need be.

    Raises PackagesNotMade.
    """
    place = packages_folder(root, locked)
    made_once(place, lambda work: _keep(install(root, locked, work), place))
    return place / "node_modules"


def _keep(modules: Path, place: Path) -> None:
    made = modules.parent / "made"
    made.mkdir()
    modules.rename(made / "node_modules")  # packages find each other by this name
    made.rename(place)


def packages_folder(root: Path, locked: Path) -> Path:
    """Return the folder for the packages of a lock, made or not."""
    digest = hashlib.sha256(b"".join((root / locked / name).read_bytes() for name in FILES)).hexdigest()
    return root / ".venv" / locked.name / digest[:16]


def made_once(place: Path, make: Callable[[Path], object]) -> None:
    """Make a folder with what makes it in a folder to work in, unless it is there. Two at once make it once."""
    if place.is_dir():  # it is put in place whole; a service need not be able to write beside it
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if place.is_dir():
            return
        with tempfile.TemporaryDirectory(dir=place.parent) as at:
            make(Path(at))


def install(root: Path, locked: Path, work: Path) -> Path:
    """Install what a lock names below a folder, and return the folder of its modules. Raises PackagesNotMade."""
    for name in FILES:
        shutil.copy(root / locked / name, work / name)
    run([found("npm", root), "ci", "--silent"], work, root)
    return work / "node_modules"


def found(name: str, root: Path) -> str:
    """Return the machine's own `npm` or `node`, or that of the room which the launcher makes where there is none."""
    return shutil.which(name) or str(root / ".venv" / "node" / "bin" / name)


def run(command: list[str], folder: Path, root: Path) -> str:
    """Run a command in a folder and return what it said. Raises PackagesNotMade."""
    path = os.pathsep.join([os.environ.get("PATH", ""), str(root / ".venv" / "node" / "bin")])
    try:
        done = subprocess.run(
            command, cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, timeout=LONGEST_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as fell:
        raise PackagesNotMade(f"{Path(command[0]).name} could not be run: {fell}") from fell
    if done.returncode:
        said = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
        raise PackagesNotMade(f"{' '.join([Path(command[0]).name, *command[1:2]])} failed: {' '.join(said[-3:])}")
    return done.stdout.decode(errors="replace")
