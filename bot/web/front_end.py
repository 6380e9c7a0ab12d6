"""Where the front end lies: what the pages take from the GOV.UK Frontend, and our own scripts and sheets made small.

`bot.launch.front_end` makes both. Without the second the pages are drawn from what it is made from, which is larger.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

STYLES = Path("bot/web/styles")
STATIC = Path("bot/web/static")
LOCKED = Path("requirements/front-end")
FILES = ("package.json", "package-lock.json", ".npmrc")
# What a page of a school's is dressed with, and what one of the desk's: each whole, so that a page loads one.
SHEETS = ("school", "desk")
# The scripts of the components that do something, each whole in a file of its own.
SCRIPTS = ("exit-this-page", "error-summary")
# What pages load as a module, each made into one file with all that it imports.
MODULES = ("widget", "duty", "leading", "keys", "ready", "framed", "problem", "leaving", "staying")
# What runs as it stands and where it stands: first on a page, at the end of a menu, and on other people's pages.
CLASSIC = ("begin", "menu", "embed")
# What has a state of its own and is on a page besides: it stays a file that others import, or it would be there twice.
SHARED = "leaving"


def front_end_folder(root: Path) -> Path:
    """Return the folder of what comes from the GOV.UK Frontend: it is named after what it is made from."""
    made_from = [*sorted((root / STYLES).glob("*.scss")), *(root / LOCKED / name for name in FILES)]
    return _named(root, made_from, " ".join((*SHEETS, *SCRIPTS)))


def small_folder(root: Path) -> Path:
    """Return the folder of our own scripts and sheets made small, named in the same way."""
    made_from = [*sorted((root / STATIC).glob("*.js")), *sorted((root / STATIC).glob("*.css"))]
    return _named(root, made_from, " ".join((front_end_folder(root).name, *MODULES, *CLASSIC, SHARED)))


def smallest(root: Path, name: str) -> Path:
    """Return a script or sheet of ours as it was made small, or as it was written if that was not done."""
    made = small_folder(root) / name
    return made if made.exists() else root / STATIC / name


def _named(root: Path, made_from: Iterable[Path], and_by: str) -> Path:
    digest = hashlib.sha256(and_by.encode())
    for file in made_from:
        digest.update(file.name.encode() + file.read_bytes())
    return root / ".venv" / "front-end" / digest.hexdigest()[:16]
