"""What is wrong, due or worth knowing in the knowledge base, in words with file and line."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from bot.knowledge.area_names import area_names
from bot.knowledge.checks import (
    calendar,
    dates,
    desk,
    examples,
    flags,
    floor,
    gaps,
    names,
    overlaps,
    people,
    questions,
    reach,
    scheme,
)
from bot.knowledge.checks.finding import Finding, refused
from bot.knowledge.checks.written import Nation, Written, folders, written
from bot.knowledge.errors import NotInForce, PackError
from bot.knowledge.national import load_national, reading_patterns
from bot.knowledge.partnership import partnership
from bot.knowledge.practice import load_practice
from bot.knowledge.shared import folder, shared
from bot.knowledge.sources import Source, load_sources

_OF_AN_AREA: tuple[Callable[[Written], Iterator[Finding]], ...] = (
    gaps.levels_without_rows,
    gaps.categories_without_rows,
    gaps.roles_without_contact,
    gaps.profile_without_answer,
    gaps.steps,
    gaps.still_to_fill_in,
    overlaps.same_twice,
    overlaps.numbers_twice,
    reach.untold,
    reach.answers_nobody_gives,
    reach.unknown_adjustments,
    flags.below_the_top,
    scheme.order_of_levels,
    scheme.at_another_level_than_named,
    people.circles,
    questions.own_questions,
    names.names,
    floor.combinations,
    examples.examples,
)


def check(root: Path, on: date) -> list[str]:
    """Return every problem found on the day in words, none if there is nothing to do. Notes are left out."""
    return [str(finding) for finding in findings(root, on) if not finding.is_note]


def findings(root: Path, on: date, area: str = "") -> list[Finding]:
    """Return every problem and every note of the day; of one area and the national part, if an area is named.

    A file that is refused hides what else is wrong in its area, so run it again after a repair. Raises
    UnknownArea for an area without a folder.
    """
    here = folders(root, area)
    try:
        nation = known_nationally(root, on)
        # The practice cases name areas, so that one that cannot be read would be told of with every other.
        of_england = (one for one in _nationally(root, nation) if not area or (root / "areas") not in one.file.parents)
        found = [*of_england, *_no_areas(root)]
    except PackError as error:
        return [refused(error)]
    except NotInForce as early:
        return [_not_yet(folder(root) / "questions.yml", early)]
    for one in here:
        found += of_area(one, nation)
    return sorted(set(found))


def known_nationally(root: Path, on: date) -> Nation:
    """Read what the areas are checked against. Raises PackError and NotInForce as `load_national` does."""
    held = shared(root)
    national = load_national(root, on, held)
    patterns = reading_patterns(root)
    told = (*(one for each in patterns.values() for one in each), *(one.words for one in held.indicators.values()))
    return Nation(on, national, held, reach.tellable(patterns, national), area_names(root, told))


def of_area(here: Path, nation: Nation) -> list[Finding]:
    """Return what is wrong or worth knowing in the folder of one area."""
    found: list[Finding] = []
    on = nation.on
    try:
        seen = written(here, nation)
        files = [file for file in sorted(here.glob("*.yml")) if file.name != "cases.yml"]
        own = _sources(here)
        found += dates.due(own, on)
        found += dates.checks_due(files, {**nation.shared.sources, **own}, on)
        found += dates.starts(files, on)
        for look in _OF_AN_AREA:
            found += look(seen)
        partnership(here)  # says what is wrong by refusing it
        found += desk.own_settings(here, seen.pack, {**nation.shared.sources, **own}, on)
    except PackError as error:
        found.append(refused(error))
    except NotInForce as early:
        found.append(_not_yet(here / "area.yml", early))
    return found


def _nationally(root: Path, nation: Nation) -> Iterator[Finding]:
    here, on = folder(root), nation.on
    files = sorted(here.glob("*.yml"))
    sources = _sources(here)
    yield from dates.due(sources, on)
    yield from dates.checks_due(files, sources, on)
    yield from dates.starts(files, on)
    yield from calendar.bank_holidays(root, on)
    yield from reach.untold_nationally(here, nation.tellable)
    yield from floor.indicators_without_row(here, nation.national)
    try:
        load_practice(root, nation.national, on)
    except PackError as error:
        yield refused(error)


def _sources(here: Path) -> dict[str, Source]:
    return {name: source for file in here.glob("*sources.yml") for name, source in load_sources(file).items()}


def _no_areas(root: Path) -> Iterator[Finding]:
    """Folders that are no area, as nothing would ever look into them."""
    for here in sorted((root / "areas").iterdir()):
        if here.is_dir() and here not in folders(root):
            yield Finding(here / "area.yml", 1, "the folder is not called by a code and a short name: E10000016-kent")


def _not_yet(file: Path, early: NotInForce) -> Finding:
    return Finding(file, 1, f"{early}: is a day wrong, or has it to be entered from an earlier one?")
