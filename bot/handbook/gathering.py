"""All that the pages are made of, in a folder apart: the documents, what they show and lead to, and a first page."""

import re
import shutil
from collections.abc import Iterable
from os.path import relpath
from pathlib import Path

from bot.handbook.arrows import without_drawings
from bot.handbook.navigation import Amiss, Part

FIRST = "index.md"
_LINK = re.compile(r"(?<=\]\()(?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]*)?(?=\))")
_FENCED = re.compile(r"(^```.*?^```$|^ {4}.*?$|`[^`\n]+`)", re.MULTILINE | re.DOTALL)


def gather(root: Path, parts: Iterable[Part], folder: Path) -> None:
    """Lay out the pages below a folder as they lie below the root. Raises Amiss, with all that is amiss in them."""
    parts = tuple(parts)
    pages = {page for part in parts for page in part.pages}
    amiss: list[str] = []
    for page in sorted(pages):
        text = "".join(
            piece if place % 2 else _led(piece, page, pages, root, folder, amiss)
            for place, piece in enumerate(_FENCED.split((root / page).read_text("utf-8")))
        )
        _write(folder / page, without_drawings(text))
    if amiss:
        raise Amiss("\n".join(amiss))
    _write(folder / FIRST, first_page(parts, {page: _title(root / page) for page in pages}))


def first_page(parts: Iterable[Part], titles: dict[str, str]) -> str:
    """Return the page that leads every reader to their pages; the menu is made of the same lists."""
    said = ["# noname: the handbook", "A chat assistant for no-name safeguarding consultations. Where to read on:"]
    for part in parts:
        said.append(f"## {part.reader}\n\n{part.says}")
        said.append("\n".join(f"- [{titles[page]}]({page})" for page in part.pages))
        within = "\n".join(page.removesuffix(".md") for page in part.pages)
        said.append(f"```{{toctree}}\n:hidden:\n:caption: {part.reader}\n\n{within}\n```")
    return "\n\n".join(said) + "\n"


def _led(text: str, page: str, pages: set[str], root: Path, folder: Path, amiss: list[str]) -> str:
    """Return a piece of a page with its links, of which those to folders lead to the first page."""

    def lead(link: re.Match[str]) -> str:
        aim = (root / page).parent.joinpath(link[1]).resolve()
        within = aim.relative_to(root).as_posix() if aim.is_relative_to(root) else ""
        if aim.is_dir() and any(other.startswith(f"{within}/") for other in pages):
            return relpath(FIRST, Path(page).parent)
        if within not in pages:
            if within.endswith(".md") or not within or not aim.is_file():
                amiss.append(f"{page}: leads to {link[1]}, which is no page and no file to show")
                return link[0]
            (folder / within).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(aim, folder / within)
        return link[0]

    return _LINK.sub(lead, text)


def _title(page: Path) -> str:
    heading = re.search(r"^# (.+)$", page.read_text("utf-8"), re.MULTILINE)
    if heading is None:
        raise Amiss(f"{page.name}: has no heading to be called by")
    return heading[1].strip()


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
