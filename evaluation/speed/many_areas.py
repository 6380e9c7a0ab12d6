"""Many areas: a checkout of its own whose knowledge base holds as many as are wanted, copies of ours among them."""

import contextlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.settings import ROOT

KEPT = ("kent", "buckinghamshire")  # where the demo's people are
_NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", "images")
_NAME = re.compile(r"^name:.*$", re.MULTILINE)
_ALSO = re.compile(r"^also_called:.*\n(?:[ -].*\n)*", re.MULTILINE)


@contextlib.contextmanager
def checkout(folder: Path, count: int) -> Iterator[Path]:
    """Yield the root of a checkout with so many areas, and delete it afterwards."""
    place = folder / f"checkout-{count}"
    shutil.rmtree(place, ignore_errors=True)
    try:
        shutil.copytree(ROOT, place, ignore=_NOT_COPIED)
        (place / ".venv").symlink_to((ROOT / ".venv").resolve())
        _with_areas(place / "knowledge_base" / "areas", count)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _with_areas(areas: Path, count: int) -> None:
    there = sorted(one for one in areas.iterdir() if one.is_dir())
    there.sort(key=lambda one: not one.name.endswith(KEPT))
    for too_many in there[count:]:
        shutil.rmtree(too_many)
    for number in range(len(there), count):
        copied = areas / f"E99{number:06}-copy-{'abcdefghij'[number // 100]}-{_in_letters(number % 100)}"
        shutil.copytree(there[number % len(there)], copied)
        file = copied / "area.yml"
        text = _ALSO.sub("", file.read_text(encoding="utf-8"))
        file.write_text(_NAME.sub(f"name: Copy {number}", text, count=1), encoding="utf-8")


def _in_letters(number: int) -> str:
    return "abcdefghij"[number // 10] + "abcdefghij"[number % 10]
