"""`papers`: what a council needs on paper, with every fact taken from the house that runs; and the review pack."""

import argparse
import asyncio
from contextlib import suppress
from datetime import date
from pathlib import Path

from bot.commands import CannotRun
from bot.commands.knowing import KNOWLEDGE_BASE
from bot.commands.packs.in_force import packs_in_force
from bot.knowledge import Wording
from bot.knowledge.errors import NotInForce
from bot.knowledge.national import FLOOR
from bot.knowledge.practice import load_practice
from bot.paper import PaperFailed, Printing
from bot.settings import ROOT, load_settings
from evaluation.papers import quick_guide, review_pack, writing
from evaluation.papers.seen import Seen, as_shipped, sources_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to write, and where to."""
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="write the papers of this house into a folder")
    parser.add_argument("--review-pack", action="store_true", help="write the document to mark up there too")
    parser.add_argument("--area", action="append", help="the review pack, and the guide's numbers, for an area alone")
    parser.add_argument("--renew", action="store_true", help="tell the facts in docs/papers anew, as shipped")


def run(options: argparse.Namespace) -> int:
    """Write what was asked for. Without an option say what is left to the council, and 1 if a paper is not so."""
    if options.review_pack and options.to is None:
        raise CannotRun("the review pack needs a folder: ./noname papers --review-pack --to FOLDER")
    if options.to is None:
        return _renew() if options.renew else _look()
    options.to.mkdir(parents=True, exist_ok=True)
    seen = _seen(options.area or ())
    if options.review_pack:
        _write(options.to / "review-pack.docx", _review_pack(seen, options.area))
    for name, text in writing.of_house(seen).items():
        guide = name == writing.QUICK_GUIDE
        if guide and options.area:
            text = quick_guide.for_area(text, seen.packs[options.area[0]])
        _write(options.to / name, text.encode())
        if guide:
            _write((options.to / name).with_suffix(".pdf"), _set(text))
    left = sum(writing.blanks(writing.papers()).values())
    print(f"The council has {left} blanks to fill; each begins with [council:")
    return 0


def _renew() -> int:
    changed = writing.write_renewed(as_shipped(date.today()))
    print("\n".join(changed) or "Every paper says what is so.")
    return 0


def _look() -> int:
    held = writing.papers()
    day = date.fromisoformat(writing.marks.as_of(held[writing.INDEX]))
    not_so = writing.stale(held, as_shipped(day))
    for name, left in writing.blanks(held).items():
        print(f"{name}: {left} blanks for the council{', and not up to date' if name in not_so else ''}")
    if not_so:
        print("Run ./noname papers --renew, and read what changed.")
    return 1 if not_so else 0


def _seen(wanted: list[str] | tuple[str, ...]) -> Seen:
    """Return this house on this day, with the revisions that were approved here."""
    on = date.today()
    with packs_in_force() as held:
        packs, sources = {}, {}
        for area in held.areas:
            with suppress(NotInForce):
                packs[area.slug] = pack = held.pack_of(area.slug, on)
                sources[area.slug] = sources_of(held.root_of(area.slug, on), pack)
        if unknown := [area for area in wanted if area not in packs]:
            raise CannotRun(f"no area is called {unknown[0]}; there are {', '.join(sorted(packs))}.")
        return Seen(load_settings(), on, held.national_of(on), packs, sources, is_running=True)


def _review_pack(seen: Seen, wanted: list[str] | None) -> bytes:
    areas = wanted or [area for area in seen.packs if area != FLOOR]
    cases = load_practice(KNOWLEDGE_BASE, seen.national, seen.on)
    return review_pack.document(seen, areas, cases, Wording(ROOT / "nlu_data" / "responses"))


def _set(guide: str) -> bytes:
    try:
        return asyncio.run(Printing(seconds=30).pdf(quick_guide.on_paper(guide)))
    except PaperFailed:
        raise CannotRun("the quick guide could not be set as a PDF; its text stands beside it.") from None


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    print(file)
