"""Who reads which page: `docs/site/navigation.toml`, with its patterns made into documents."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

WHERE = Path("docs/site/navigation.toml")


class Amiss(Exception):
    """Tried to make the documents into pages; what it says is wrong in them, a line each."""


@dataclass(frozen=True, slots=True)
class Part:
    """A reader, one sentence on what is here for them, and their pages by their paths from the root."""

    reader: str
    says: str
    pages: tuple[str, ...]


def navigation(root: Path) -> tuple[Part, ...]:
    """Return the parts in their order. Raises Amiss for a page that is not there, or stands in two places."""
    read = tomllib.loads((root / WHERE).read_text("utf-8"))["part"]
    parts = tuple(Part(part["reader"], part["says"], _documents(root, part["pages"])) for part in read)
    times = Counter(page for part in parts for page in part.pages)
    twice = sorted(f"{page}: stands in {WHERE.name} twice" for page, count in times.items() if count > 1)
    gone = sorted(f"{page}: stands in {WHERE.name} and is not there" for page in times if not (root / page).is_file())
    if twice or gone:
        raise Amiss("\n".join(twice + gone))
    return parts


def _documents(root: Path, named: list[str]) -> tuple[str, ...]:
    """Return the pages that are named; a pattern stands for all that fit it, and may fit none."""
    found: list[str] = []
    for name in named:
        found += sorted(path.relative_to(root).as_posix() for path in root.glob(name)) if "*" in name else [name]
    return tuple(found)
