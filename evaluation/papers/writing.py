"""Writing: the papers of the project renewed in their place, or those of a running house written into a folder."""

import re
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

from bot.settings import ROOT
from evaluation.papers import marks
from evaluation.papers.facts import told
from evaluation.papers.seen import Seen

FOLDER = ROOT / "docs" / "papers"
STATEMENT = ROOT / "docs" / "ACCESSIBILITY.md"
OF_ACCESS = "accessibility-statement.md"
INDEX = "README.md"
QUICK_GUIDE = "dsl-quick-guide.md"
_IMAGE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n", re.MULTILINE)
_AWAY = re.compile(r"\[([^\]]+)\]\((?!https?:)([^)]*/)?([^)/]*)\)")


def papers(folder: Path = FOLDER) -> dict[str, str]:
    """Return the papers of the project by name, with the facts as they were last told."""
    return {file.name: file.read_text("utf-8") for file in sorted(folder.glob("*.md"))}


def renewed(written: Mapping[str, str], seen: Seen) -> dict[str, str]:
    """Return papers with every fact told anew of a house, as of its day. Raises UnknownFact and BrokenMark."""
    told_of = cache(partial(told, seen=seen))  # some stand in several papers
    return {name: marks.dated(marks.filled(text, told_of), seen.on.isoformat()) for name, text in written.items()}


def stale(written: Mapping[str, str], seen: Seen) -> list[str]:
    """Return the names of the papers that state something else than the house."""
    now = renewed(written, seen)
    return [name for name, text in written.items() if text != now[name]]


def write_renewed(seen: Seen, folder: Path = FOLDER) -> list[str]:
    """Tell the facts of the project's papers anew, and return the names of those that changed."""
    held = papers(folder)
    changed = {name: text for name, text in renewed(held, seen).items() if text != held[name]}
    for name, text in changed.items():
        (folder / name).write_text(text, encoding="utf-8")
    return list(changed)


def of_house(seen: Seen) -> dict[str, str]:
    """Return the papers of a running house, which stand by themselves: no link leads out of their folder."""
    found = {**papers(), OF_ACCESS: STATEMENT.read_text("utf-8")}
    names = frozenset(found)
    return {name: _by_itself(text, names) for name, text in renewed(found, seen).items()}


def blanks(written: Mapping[str, str]) -> dict[str, int]:
    """Return how many blanks of each paper the council has to fill."""
    return {name: len(marks.blanks_in(text)) for name, text in written.items()}


def _by_itself(paper: str, names: frozenset[str]) -> str:
    def kept(link: re.Match[str]) -> str:
        return link[0] if not link[2] and link[3] in names else link[1]

    return _AWAY.sub(kept, _IMAGE.sub("", paper).replace("../ACCESSIBILITY.md", OF_ACCESS))
