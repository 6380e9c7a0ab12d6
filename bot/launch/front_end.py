"""The front end: what the pages take from the GOV.UK Frontend, installed from npm by its lock and made into one sheet.

It lies beside the rooms, in a folder named after what it was made from, and is made again when that changes.
"""

import shutil
from pathlib import Path

from bot.launch.node_packages import PackagesNotMade, found, install, made_once, run
from bot.web.front_end import LOCKED, SCRIPTS, STYLES, front_end_folder

FROM = Path("govuk-frontend/dist/govuk/components")


class FrontEndNotMade(PackagesNotMade):
    """Tried to install the GOV.UK Frontend and to make a sheet of it; says which command failed and why."""


def is_made(root: Path) -> bool:
    """Whether the front end for the present files is there."""
    return front_end_folder(root).is_dir()


def ensure_front_end(root: Path) -> Path:
    """Return the folder of the front end, made now if it is not there. Raises FrontEndNotMade.

    Two processes that need it at once make it once.
    """
    place = front_end_folder(root)
    try:
        made_once(place, lambda work: _make(root, place, work))
    except PackagesNotMade as fell:
        raise FrontEndNotMade(str(fell)) from fell
    return place


def _make(root: Path, place: Path, work: Path) -> None:
    modules, made = install(root, LOCKED, work), work / "made"
    made.mkdir()
    sass = [str(modules / "sass/sass.js"), "--style=compressed", "--no-source-map", f"--load-path={modules}"]
    run([found("node", root), *sass, str(root / STYLES), str(made / "govuk.css")], work, root)
    for name in SCRIPTS:
        shutil.copy(modules / FROM / name / f"{name}.bundle.mjs", made / f"{name}.js")
    made.rename(place)
