"""`report`: the annual report of a year, for an area or over all, as a PDF and as figures with their dictionary.

A year is counted once, when it is over. Whoever asks again gets what was published then.
"""

import argparse
import asyncio
from datetime import date
from pathlib import Path

from bot.commands import CannotRun
from bot.commands.records import known_area, reading_records
from bot.settings import load_settings

ALL_AREAS = "all"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which area, which year, and where to."""
    parser.add_argument("--area", default=ALL_AREAS, help="an area, such as kent; left out: all areas")
    parser.add_argument("--year", type=int, required=True, help="2025 is from April 2025 to March 2026")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="where the files go")


def run(options: argparse.Namespace) -> None:
    """Make the report, and say what was written."""
    from bot.commands.packs.in_force import packs_in_force
    from bot.desk.scrutinising import NoSuchYear
    from bot.knowledge import Wording
    from bot.scrutiny_wiring import scrutinising_of
    from bot.wiring import clock

    area = "" if options.area == ALL_AREAS else known_area(options.area)
    settings, now = load_settings(), clock()
    say = Wording(settings.root / "nlu_data" / "responses").say
    with reading_records() as records, packs_in_force() as held:
        national, pack_of = held.national_of(now.date()), _pack_of(held, now.date())
        scrutiny = scrutinising_of(settings, records, national, pack_of, say, now.date)
        try:
            scrutiny.make(options.year, None, now)
        except NoSuchYear:
            raise CannotRun(f"{options.year} is not over: a year ends in March and is counted 28 days later.") from None
        try:
            files, report = scrutiny.files(options.year, area), scrutiny.report(options.year, area)
        except NoSuchYear:
            raise CannotRun("there were too few consultations in that area to publish anything of it.") from None
    options.to.mkdir(parents=True, exist_ok=True)
    stem = f"report-{options.year}-{area or ALL_AREAS}"
    for name, content in (
        (f"{stem}.pdf", _paper(report, say)),
        (f"{stem}.csv", files.figures.encode("utf-8-sig")),
        (f"{stem}-dictionary.csv", files.dictionary.encode("utf-8-sig")),
    ):
        (options.to / name).write_bytes(content)
        print(options.to / name)


def _pack_of(held, on: date):
    """Return what gives an area's pack with the revisions that were approved here; None of one that has none."""
    from bot.knowledge import UnknownArea
    from bot.knowledge.errors import NotInForce

    def pack_of(area: str):
        try:
            return held.pack_of(area, on)
        except (UnknownArea, NotInForce):
            return None

    return pack_of


def _paper(report, say) -> bytes:
    from bot.desk.report_pictures import on_paper
    from bot.paper import PaperFailed, Printing

    try:
        return asyncio.run(Printing(seconds=30).pdf(on_paper(report, say), "report"))
    except PaperFailed:
        raise CannotRun("the PDF could not be set; the same report can be read on the scrutineer's page.") from None
