"""A bundle: the files that an area's answers rest on, as text, so that they can be kept and laid out again.

Every decision names its pack version, which names the content of the files and the day. Laid out in an
empty folder, the bundle of that content is a knowledge base in which the decision can be worked out again.
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bot.knowledge.area import area_files
from bot.knowledge.national import FLOOR
from bot.knowledge.shared import folder

# What recognises words, counts days or is for practice has no say in a level, and is large.
_LEFT_OUT = ("reading", "answers.yml", "bank_holidays.yml", "practice.yml", "terms.yml")
_DAY = re.compile(r"-(\d{4}-\d{2}-\d{2})(?=/|$)")


class NoSuchPlace(ValueError):
    """Tried to lay out a file outside the folder of the bundle."""


def bundle_of(root: Path, slug: str) -> dict[str, str]:
    """Return the files of the national part, of the national floor and of an area, by their place."""
    here = folder(root)
    national = [f for f in here.rglob("*.yml") if f.relative_to(here).parts[0] not in _LEFT_OUT]
    files = {*national, *area_files(root, FLOOR), *area_files(root, slug)}
    return {file.relative_to(root).as_posix(): file.read_text("utf-8") for file in sorted(files)}


def lay_out(files: Mapping[str, str], into: Path) -> Path:
    """Write the files of a bundle into a folder and return it: the root of a knowledge base."""
    for name, text in files.items():
        file = (into / name).resolve()
        if not file.is_relative_to(into.resolve()):
            raise NoSuchPlace(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return into


def content_of(pack_version: str) -> str:
    """Return a pack version without its days: the name of what the files said."""
    return _DAY.sub("", pack_version)


def days_of(pack_version: str) -> tuple[date, date]:
    """Return the days of a pack version: the area's and the national part's. Raises ValueError for what has none."""
    found = [date.fromisoformat(match[1]) for match in _DAY.finditer(pack_version)]
    if len(found) != len(("area", "national")):
        raise ValueError(f"{pack_version!r} does not name two days")
    return found[0], found[1]
