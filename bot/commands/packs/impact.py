"""`packs impact`: how many answers a draft would have changed, which way, and because of which rows."""

import argparse
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from bot.commands import CannotRun
from bot.commands.packs.in_force import area_files_in, packs_in_force, refusing
from bot.commands.records import reading_records
from bot.desk.changing import facts_since, impact_of
from bot.knowledge.draft import FILES
from bot.thresholds.impact import Impact, Way

_WORDS = {
    Way.HIGHER: "would be higher",
    Way.LOWER: "would be LOWER",
    Way.TO_A_PERSON: "would go to a person instead of a level",
    Way.FROM_A_PERSON: "would get a level instead of a person",
    Way.EXIT_CHANGES: "would leave by another route, or no longer",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which draft, and which consultations."""
    parser.add_argument("draft", type=Path, help="a folder with the files of an area, named as in areas/")
    parser.add_argument("--since", type=date.fromisoformat, required=True, help="consultations since this day")
    parser.add_argument("--on", type=date.fromisoformat, default=date.today(), help="both packs as on a day (today)")


def run(options: argparse.Namespace) -> int:
    """Print the counts."""
    name = options.draft.resolve().name
    since = datetime.combine(options.since, datetime.min.time(), UTC)
    with refusing(name), packs_in_force() as packs:
        area = packs.slug_of(name)
        draft = area_files_in(options.draft)
        if not draft:
            raise CannotRun(f"{options.draft} holds none of an area's files: {', '.join(FILES)}.")
        with reading_records() as records:
            facts = facts_since(records, area, since)
        found = impact_of(draft, packs.root_of(area, options.on), area, facts, options.on, packs.cache)
    for line in told(found, area, options.since):
        print(line)
    return 0


def told(found: Impact, area: str, since: date) -> Iterator[str]:
    """Yield what was found, in words."""
    yield f"{found.total} consultations about {area} since {since}: {found.changed} would end otherwise."
    for way, words in _WORDS.items():
        if not found.ways[way]:
            continue
        yield f"\n{found.ways[way]} {words}"
        for (which, before, after), count in found.moves.most_common():
            if which is way:
                yield f"  {count:5}  {before} -> {after}"
        yield "  because of"
        for (which, row), count in found.rows.most_common():
            if which is way:
                yield f"  {count:5}  {row}"
