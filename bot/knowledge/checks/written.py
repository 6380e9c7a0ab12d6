"""A pack beside the files it was read from: what was meant, and where it is written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.consultation import Level
from bot.knowledge.area import load_area
from bot.knowledge.area_names import AreaNames
from bot.knowledge.entry import Entry, read
from bot.knowledge.errors import PackError, UnknownArea
from bot.knowledge.model import National, Pack, Row
from bot.knowledge.shared import Shared
from bot.knowledge.vocabulary import STRENGTHS

_FOLDER = re.compile(r"[A-Z]\d{8}-[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Nation:
    """What every area is checked against on a day.

    `tellable` are the indicators that something can tell; without `names` what areas are called is not looked at.
    """

    on: date
    national: National
    shared: Shared
    tellable: frozenset[str]
    names: AreaNames | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """One area's pack of a day with the places of its rows and of everything in its area.yml.

    `rows` are the places of the rows that are in force, by their ids.
    """

    here: Path
    on: date
    pack: Pack
    national: National
    tellable: frozenset[str]
    area: Mapping[str, Entry]
    rows: Mapping[str, Entry]
    names: AreaNames | None = None

    def is_strength(self, row: Row) -> bool:
        """Whether a row speaks for the child and of no worry."""
        told = frozenset().union(*row.needs)
        return all(self.national.indicators[i].category == STRENGTHS for i in told)

    def levels(self) -> tuple[Level, ...]:
        """Return the area's levels, or the national ones where its scheme is not known."""
        return self.pack.levels or (self.national.floor.levels if self.national.floor else ())

    def reasons(self) -> frozenset[str]:
        """Return the ids of everything that can be a reason here: rows, national rows and red flags."""
        national = self.national.floor.rows if self.national.floor else ()
        flags = (flag.id for flag in self.national.red_flags)
        return frozenset((*(row.id for row in (*self.pack.rows, *national)), *flags))

    def is_said_missing(self, *words: str) -> bool:
        """Whether a line under `missing` has one of the words, in capitals or not."""
        lines = [line.casefold() for line in self.pack.missing]
        return any(word.casefold() in line for word in words for line in lines)


def written(here: Path, nation: Nation) -> Written:
    """Read the pack of an area's folder with its places. Raises PackError and NotInForce as `load_area` does."""
    code, _, _ = here.name.partition("-")
    pack = load_area(here.parents[1], code, nation.on, nation.shared)
    rows = dict(row_places(here / "thresholds.yml", nation.on))
    area = read(here / "area.yml").members()
    national = nation.national.asked_in(pack)
    told = frozenset().union(*(option.present for one in pack.questions for option in one.question.options.values()))
    tellable = nation.tellable.union(told, *(national.indicators[i].implies for i in told))
    return Written(here, nation.on, pack, national, tellable, area, rows, nation.names)


def folders(root: Path, area: str = "") -> list[Path]:
    """Return the folders of all areas, or of the one of a short name or code. Raises UnknownArea.

    Unlike `areas` it opens none of them, so that one that cannot be read does not hide the others.
    """
    called = sorted(here for here in (root / "areas").iterdir() if here.is_dir() and _FOLDER.fullmatch(here.name))
    named = [here for here in called if area in (here.name, *here.name.split("-", 1))] if area else called
    if area and not named:
        raise UnknownArea(area)
    return named


def row_places(file: Path, on: date) -> Iterator[tuple[str, Entry]]:
    """Yield every row in force on the day with its place."""
    for _, section, now in _held_sections(file, on):
        # What all values of a section have in common stands once, beside them.
        yield from (now.members().get("rows") or section.members()["rows"]).members().items()


def section_places(file: Path, on: date) -> Iterator[tuple[str, Entry]]:
    """Yield every section in force on the day with the place of what holds."""
    return ((name, now) for name, _, now in _held_sections(file, on))


def _held_sections(file: Path, on: date) -> Iterator[tuple[str, Entry, Entry]]:
    for name, section in read(file).members()["sections"].members().items():
        now = in_force_at(section, on)
        if now is not None and now.is_mapping():
            yield name, section, now


def in_force_at(entry: Entry, on: date) -> Entry | None:
    """Return the place of the value that holds on the day: of a series the last that has started."""
    members = entry.members()
    if "values" not in members:
        return entry if "from" not in members or members["from"].day() <= on else None
    started = [day for day in members["values"].members() if date.fromisoformat(day) <= on]
    return members["values"].members()[max(started, key=date.fromisoformat)] if started else None


def places(entry: Entry) -> Iterator[tuple[str, Entry]]:
    """Yield every place below an entry with the name it goes by (empty in a list), from the top down."""
    if entry.is_mapping():
        below = list(entry.members().items())
    else:
        try:
            below = [("", item) for item in entry.items()]
        except PackError:
            below = []
    for name, place in below:
        yield name, place
        yield from places(place)
