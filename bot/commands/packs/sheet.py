"""`packs sheet`: everything the assistant would say for an area on a day, as a page to check and to print."""

import argparse
from datetime import date

from bot.commands import CannotRun
from bot.commands.packs.in_force import packs_in_force
from bot.desk.fact_check import fact_check
from bot.knowledge import UnknownArea, Wording, areas
from bot.settings import ROOT
from bot.web.knowledge_pages import sheet_as_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Of which area and day."""
    parser.add_argument("area", help="an area's short name or code, such as kent")
    parser.add_argument("--on", type=date.fromisoformat, default=date.today(), help="a day (today)")


def run(options: argparse.Namespace) -> int:
    """Print the page: one file of HTML that needs nothing else."""
    wording = Wording(ROOT / "nlu_data" / "responses")
    with packs_in_force() as packs:
        try:
            pack = packs.pack_of(options.area, options.on)
        except UnknownArea:
            known = ", ".join(area.slug for area in areas(packs.root))
            raise CannotRun(f"no such area; there are {known}.") from None
        print(sheet_as_file(fact_check(pack, packs.national_of(options.on), wording)))
    return 0
