"""`packs impact`: how many answers a draft would have changed, which way, and because of which rows."""

import argparse
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from bot.commands import CannotRun
from bot.commands.packs.in_force import packs_in_force
from bot.commands.records import reading_records
from bot.desk.changing import facts_since, impact_of
from bot.knowledge import UnknownArea
from bot.knowledge.draft import FILES, NotADraft
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
    try:
        with packs_in_force() as packs:
            area = packs.slug_of(name)
            draft = _files_of(options.draft)
            with reading_records() as records:
                facts = facts_since(records, area, since)
            found = impact_of(draft, packs.root_of(area, options.on), area, facts, options.on, packs.cache)
    except UnknownArea:
        raise CannotRun(f"{name} is not called like an area's folder, such as E10000016-kent.") from None
    except NotADraft as refused:
        raise CannotRun(f"{refused}.") from None
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


def _files_of(draft: Path) -> dict[str, str]:
    try:
        files = {name: (draft / name).read_text("utf-8") for name in FILES if (draft / name).is_file()}
    except UnicodeDecodeError:
        raise CannotRun(f"a file in {draft} is not text.") from None
    if not files:
        raise CannotRun(f"{draft} holds none of an area's files: {', '.join(FILES)}.")
    return files
