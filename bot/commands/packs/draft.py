"""`packs draft diff`: what the files in a folder would change, and whether they could be put in force."""

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.commands.packs.in_force import area_files_in, packs_in_force, refusing
from bot.desk.draft_look import DraftLook, look_at
from bot.knowledge import Wording
from bot.knowledge.draft import cleaned
from bot.settings import ROOT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which folder, seen from which day."""
    parser.add_argument("what", choices=("diff",), help="say what is other than in force, and what is wrong")
    parser.add_argument("folder", type=Path, help="a folder with the five files, named as in areas/")
    parser.add_argument("--area", default="", help="the area, if the folder is not named after it")
    parser.add_argument("--on", type=date.fromisoformat, default=date.today(), help="seen from a day (today)")


def run(options: argparse.Namespace) -> int:
    """Print it; return 1 if anything is in the way of putting the files in force."""
    area = options.area or options.folder.resolve().name
    wording = Wording(ROOT / "nlu_data" / "responses")
    with refusing(area), packs_in_force() as packs:
        files = cleaned(area_files_in(options.folder))
        slug = packs.slug_of(area)
        root = packs.root_of(slug, options.on)
        look = look_at(files, root, slug, options.on, packs, wording.say)
    for line in told(look):
        print(line)
    return 0 if look.is_sound else 1


def told(look: DraftLook) -> Iterator[str]:
    """Yield what a draft comes to, in lines."""
    for day, changes in look.changes:
        if changes:
            yield f"Seen from {day}:"
            yield from (f"  {'(!) ' if one.lowers else ''}{one.words}" for one in changes)
    if any(one.lowers for _, changes in look.changes for one in changes):
        yield "(!) can make an answer lower or poorer: look twice."
    if look.only_text:
        yield f"Text is other than before in {', '.join(look.only_text)}, and no answer changes by it."
    elif look.is_sound and not look.changes_anything:
        yield "Nothing is other than what is in force."
    for heading, lines in (
        ("What is wrong:", look.wrong),
        ("Cases that do not come out as they say:", look.failing),
        ("Please look again:", look.personal),
    ):
        if lines:
            yield heading
            yield from (f"  {line}" for line in lines)
    yield "Nothing is in the way." if look.is_sound else "This cannot be put in force yet."
