"""A draft: the files of an area as text, looked at before anything reads them, and laid out as a knowledge base.

What an editor typed is text and stays text: it is written to files whose names are known beforehand, and is
read by the same code that reads the knowledge base itself. Nothing of it is ever executed.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

import yaml

from bot.knowledge.area import areas
from bot.knowledge.checks.written import places
from bot.knowledge.entry import Entry, read, refuse_tangles
from bot.knowledge.errors import PackError, UnknownArea

FILES = ("area.yml", "thresholds.yml", "early_help.yml", "sources.yml", "cases.yml")
LARGEST = 512 * 1024  # bytes in one file
# Days to come on which something may change. Each is looked at, which takes time.
MOST_DAYS = 60


class NotADraft(ValueError):
    """Tried to use something as an area's files that cannot be: the message says which file and why."""


def cleaned(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files with plain line ends, or raise NotADraft for a name, size or sign that cannot be."""
    if unknown := sorted(set(files) - set(FILES)):
        raise NotADraft(f"{unknown[0][:80]!r} is not a file of an area; those are {', '.join(FILES)}")
    if missing := [name for name in FILES if name not in files]:
        raise NotADraft(f"{missing[0]} is missing")
    return {name: _cleaned(name, files[name]) for name in FILES}


def _cleaned(name: str, text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    try:
        size = len(plain.encode("utf-8"))
    except UnicodeEncodeError:
        raise NotADraft(f"{name} is not text") from None
    if size > LARGEST:
        raise NotADraft(f"{name} is too large: {size // 1024} kB, and at most {LARGEST // 1024} kB can be kept")
    if "\x00" in plain:
        raise NotADraft(f"{name} is not text")
    return plain


def _refuse_tangles(folder: Path) -> None:
    for file in (folder / name for name in FILES):
        try:
            refuse_tangles(file, file.read_text("utf-8"))
        except yaml.YAMLError as broken:
            mark = getattr(broken, "problem_mark", None)
            problem = getattr(broken, "problem", None) or broken
            raise PackError(file, mark.line + 1 if mark else 1, f"not valid YAML: {problem}") from None


def place_of(root: Path, slug: str) -> Path:
    """Return the folder of an area, whatever it is called by. Raises UnknownArea."""
    for area in areas(root):
        if slug in (area.slug, area.code, f"{area.code}-{area.slug}"):
            return root / "areas" / f"{area.code}-{area.slug}"
    raise UnknownArea(slug)


def files_of(root: Path, slug: str) -> dict[str, str]:
    """Return the files of an area as they stand in a knowledge base."""
    here = place_of(root, slug)
    return {name: (here / name).read_text("utf-8") for name in FILES}


def days_to_come(root: Path, slug: str, on: date) -> tuple[date, ...]:
    """Return the days after `on` from which something in an area's files holds. Raises PackError for more than 60."""
    found: set[date] = set()
    for name in FILES:
        if name == "cases.yml":
            continue
        for written, place in _starts(read(place_of(root, slug) / name)):
            day = _as_day(written)
            if day is not None and day > on:
                found.add(day)
            if len(found) > MOST_DAYS:
                place.fail(f"more than {MOST_DAYS} days to come are written: that is more than anybody can look at")
    return tuple(sorted(found))


def _starts(whole: Entry) -> Iterator[tuple[str, Entry]]:
    for name, place in places(whole):
        if name == "values" and place.is_mapping():
            yield from place.members().items()
        elif name == "from" and not place.is_mapping():
            yield _text(place), place


def _text(place: Entry) -> str:
    try:
        return place.text()
    except PackError:
        return ""


def _as_day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def digest_of(files: Mapping[str, str]) -> str:
    """Return a name for what the files say."""
    told = hashlib.sha256()
    for name in FILES:
        text = files[name].encode("utf-8")
        told.update(f"{name}\0{len(text)}\0".encode() + text)
    return told.hexdigest()


def overlay(root: Path, slug: str, files: Mapping[str, str], into: Path) -> Path:
    """Lay out a knowledge base in which an area has these files, and return its root.

    All else is the knowledge base at `root`, by links. The folder is named by what is in it and made whole
    or not at all, so that any number of processes may ask for the same one at once. Raises PackError for a file
    that is no YAML, nests too deeply or points to other places of itself.
    """
    here, source = place_of(root, slug), root.resolve()
    others = sorted(f"{area.code}-{area.slug}" for area in areas(root))
    named = hashlib.sha256("\0".join((str(source), here.name, digest_of(files), *others)).encode()).hexdigest()
    laid_out = into.resolve() / named[:32]
    if laid_out.is_dir():
        return laid_out
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = Path(mkdtemp(prefix=".laying-out-", dir=into.resolve()))
    (draft / "national").symlink_to(source / "national", target_is_directory=True)
    (draft / "areas").mkdir()
    for other in others:
        if other != here.name:
            (draft / "areas" / other).symlink_to(source / "areas" / other, target_is_directory=True)
    # What stands in the area's folder beside the five files is no part of a draft and stays as it is.
    shutil.copytree(here, draft / "areas" / here.name)
    for name in FILES:
        (draft / "areas" / here.name / name).write_text(files[name], "utf-8")
    try:
        _refuse_tangles(draft / "areas" / here.name)
    except PackError:
        shutil.rmtree(draft)
        raise
    try:
        os.rename(draft, laid_out)
    except OSError:  # another was quicker, and made the same
        shutil.rmtree(draft)
    return laid_out
