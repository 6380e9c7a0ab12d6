"""`packs new`: a folder for a new area, made from the template. No Python, and nothing to train."""

import argparse
import re
from datetime import date
from pathlib import Path

from bot.commands import CannotRun
from bot.commands.knowing import KNOWLEDGE_BASE
from bot.knowledge import areas

TEMPLATE = "areas_template"

_FOLDER = re.compile(r"([A-Z]\d{8})-([a-z][a-z0-9]*(?:-[a-z0-9]+)*)")
# What a name may hold without a mark that means something in YAML.
_NAME = re.compile(r"[^\W\d_][\w '’,.&()-]*")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How the folder is called, and the area's name."""
    parser.add_argument("folder", help="the council's code and a short name, such as E06000036-bracknell-forest")
    parser.add_argument("--name", required=True, help="the name that people read, such as 'Bracknell Forest'")


def run(options: argparse.Namespace) -> int:
    """Make the folder and say what comes next."""
    here = make(KNOWLEDGE_BASE, options.folder, options.name, date.today())
    slug = options.folder.partition("-")[2]
    print(f"Made {here.relative_to(KNOWLEDGE_BASE.parent)}. It gives no level yet and asks a person instead.")
    print(f"What to fill in: ./noname packs check {slug}")
    return 0


def make(root: Path, folder: str, name: str, on: date) -> Path:
    """Make the folder of a new area below `root` from the template, with `on` as its first day; return it.

    Raises CannotRun if the folder or the name cannot be an area's, or if either is taken.
    """
    called = _FOLDER.fullmatch(folder)
    if called is None:
        raise CannotRun(f"{folder} is not a code and a short name, such as E06000036-bracknell-forest.")
    if not _NAME.fullmatch(name.strip()):
        raise CannotRun(f"{name!r} is not a name such as Bracknell Forest.")
    code, slug = called.groups()
    for area in areas(root):
        if code == area.code or slug == area.slug or name.strip().casefold() == area.name.casefold():
            raise CannotRun(f"there is {area.name} ({area.code}-{area.slug}) already.")
    here = root / "areas" / folder
    if here.exists():
        raise CannotRun(f"the folder {folder} is there already, and no area in it.")
    here.mkdir()
    blanks = {"{name}": name.strip(), "{slug}": slug, "{code}": code, "{today}": on.isoformat()}
    for file in sorted((root / TEMPLATE).glob("*.yml")):
        text = file.read_text("utf-8")
        for blank, filled in blanks.items():
            text = text.replace(blank, filled)
        (here / file.name).write_text(text, "utf-8", newline="\n")
    return here
