"""`docs`: the documents as a site to read, in a folder; or the tutorial's pictures, taken anew."""

import argparse
import os
from pathlib import Path

from bot.commands import CannotRun
from bot.commands import test as suite
from bot.handbook import Amiss, build
from bot.settings import ROOT

PICTURES = Path("docs/images/tutorial")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the site goes, or that the pictures are to be taken."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--to", type=Path, metavar="FOLDER", help="where the site is made")
    what.add_argument("--pictures", action="store_true", help=f"walk the tutorial and renew {PICTURES}")


def run(options: argparse.Namespace) -> int:
    """Return 0 if nothing was amiss."""
    return renew_pictures() if options.pictures else make_site(options.to.resolve())


def make_site(folder: Path) -> int:
    """Make the site and say where it begins."""
    try:
        pages = build(ROOT, folder, ROOT / ".venv" / "site" / "bin" / "python")
    except Amiss as problem:
        raise CannotRun(f"the site was not made:\n{problem}") from None
    print(f"{pages} pages; they begin at {folder / 'index.html'}")
    return 0


def renew_pictures() -> int:
    """Walk the tutorial in a house of its own, as the suite does, and keep what is seen."""
    os.environ["NONAME_TUTORIAL_PICTURES"] = str(ROOT / PICTURES)
    if suite.run(argparse.Namespace(only=True, rest=["tests/journeys/test_tutorial.py"])):
        raise CannotRun("the tutorial cannot be walked as it is written; what stands above says where.")
    print(f"Pictures are in {PICTURES}.")
    return 0
