"""`packs check`: what is wrong, due or worth knowing in the knowledge base."""

import argparse
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from bot.commands import CannotRun
from bot.commands.knowing import KNOWLEDGE_BASE
from bot.desk.pack_cases import worked_cases, wrong
from bot.knowledge import NotInForce, PackError, UnknownArea, areas, check, load_area, load_national
from bot.knowledge.checks.finding import Finding, problem
from bot.knowledge.checks.written import Nation, folders
from bot.thresholds import pack_checks, practice_checks


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Of which area and day, and whether to print the notes."""
    parser.add_argument("area", nargs="?", default="", help="an area's short name or code, such as kent (all)")
    parser.add_argument("--on", type=date.fromisoformat, default=date.today(), help="a day (today)")
    parser.add_argument("--notes", action="store_true", help="print the notes of all areas too")


def run(options: argparse.Namespace) -> int:
    """Print what is wrong, due or worth knowing, and return 1 if anything has to be put right."""
    try:
        found = findings(KNOWLEDGE_BASE, options.on, options.area)
    except UnknownArea:
        known = ", ".join(area.slug for area in areas(KNOWLEDGE_BASE))
        raise CannotRun(f"no such area; there are {known}.") from None
    problems = [finding for finding in found if not finding.is_note]
    notes = [finding for finding in found if finding.is_note]
    told = options.notes or options.area
    for finding in (*problems, *(notes if told else ())):
        print(str(finding).replace(f"{KNOWLEDGE_BASE}/", ""))
    if not problems:
        print(f"Nothing is wrong or due on {options.on}.")
    if notes and not told:
        print(f"There are {len(notes)} notes besides, of what is as it should be and worth knowing: see --notes.")
    return 1 if problems else 0


def findings(root: Path, on: date, area: str = "") -> list[Finding]:
    """Return the problems and notes of every check, in the order of the files. Raises UnknownArea."""
    engine = (*pack_checks.findings(root, on, area), *practice_checks.findings(root, on))
    return sorted({*check.findings(root, on, area), *engine, *_unexpected(root, on, area)})


def _unexpected(root: Path, on: date, area: str) -> Iterator[Finding]:
    """Yield the worked cases that do not come out as expected, of every pack that can be read."""
    # A pack that is refused is told of by the other findings, with the reason and the place.
    with suppress(PackError, NotInForce):
        nation = check.known_nationally(root, on)
        for here in folders(root, area):
            with suppress(PackError, NotInForce):
                yield from _cases_of(here, nation)


def _cases_of(here: Path, nation: Nation) -> Iterator[Finding]:
    root, code, on, national = here.parents[1], here.name.partition("-")[0], nation.on, nation.national
    pack = load_area(root, code, on, nation.shared)
    for case in worked_cases(here / "cases.yml"):
        if case.on in (None, on):
            why = "; ".join(wrong(case, pack, national, on))
        else:
            why = "; ".join(wrong(case, load_area(root, code, case.on), load_national(root, case.on), case.on))
        if why:
            yield problem(case.entry, f"the case does not come out as expected: {why}")
