"""The front end: what the pages take from the GOV.UK Frontend, installed from npm by its lock, and ours made small.

Both lie beside the rooms, in folders named after what they were made from, and are made again when that changes.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.launch.node_packages import PackagesNotMade, ensure_packages, found, made_once, run
from bot.web.front_end import (
    CLASSIC,
    LOCKED,
    MODULES,
    SCRIPTS,
    SHARED,
    SHEETS,
    STATIC,
    STYLES,
    front_end_folder,
    small_folder,
)

FROM = Path("govuk-frontend/dist/govuk/components")
MAKE_SMALL = Path(__file__).with_name("make_small.mjs")


class FrontEndNotMade(PackagesNotMade):
    """Tried to install the GOV.UK Frontend and to make sheets and scripts; says which command failed and why."""


def is_made(root: Path) -> bool:
    """Whether the front end for the present files is there."""
    return front_end_folder(root).is_dir() and small_folder(root).is_dir()


def ensure_front_end(root: Path) -> Path:
    """Return the folder of what comes from the GOV.UK Frontend, all made now if need be. Raises FrontEndNotMade.

    Two processes that need it at once make it once.
    """
    theirs, ours = front_end_folder(root), small_folder(root)
    if is_made(root):
        return theirs
    try:
        modules = ensure_packages(root, LOCKED)
        made_once(theirs, lambda work: _dress(root, modules, work).rename(theirs))
        made_once(ours, lambda work: _of_ours(root, modules, theirs, work).rename(ours))
    except PackagesNotMade as fell:
        raise FrontEndNotMade(str(fell)) from fell
    return theirs


def _dress(root: Path, modules: Path, work: Path) -> Path:
    made = work / "made"
    made.mkdir()
    sass = [str(modules / "sass/sass.js"), "--style=compressed", "--no-source-map", f"--load-path={modules}"]
    sheets = [f"{root / STYLES / name}.scss:{made / name}.css" for name in SHEETS]
    run([found("node", root), *sass, *sheets], work, root)
    for name in SCRIPTS:
        shutil.copy(modules / FROM / name / f"{name}.bundle.mjs", made / f"{name}.js")
    _make_small(root, modules, made, made, [])
    return made


def _of_ours(root: Path, modules: Path, theirs: Path, work: Path) -> Path:
    source, made = work / "static", work / "made"
    shutil.copytree(root / STATIC, source)
    shutil.copytree(theirs, source / "govuk")
    made.mkdir()
    whole = {"bundle": True, "format": "esm"}
    others = [f"{name}.js" for name in MODULES if name != SHARED]
    builds = [
        {"entryPoints": others, "external": [f"./{SHARED}.js"], **whole},
        {"entryPoints": [f"{SHARED}.js"], **whole},
        {"entryPoints": [f"{name}.js" for name in CLASSIC], "format": "iife"},
        {"entryPoints": sorted(file.name for file in source.glob("*.css"))},
    ]
    _make_small(root, modules, source, made, builds)
    return made


def _make_small(root: Path, modules: Path, source: Path, made: Path, builds: Sequence[Mapping[str, Any]]) -> None:
    given = json.dumps({"source": str(source), "made": str(made), "builds": builds})
    run([found("node", root), str(MAKE_SMALL), str(modules), given], made, root)
