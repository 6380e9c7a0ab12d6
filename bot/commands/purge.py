"""`purge`: let go of what need not be kept any longer; the running service does so too, now and then.

One JSON line for each thing that goes: what it is, whose consultation's, and since when. Nothing of what was said.
"""

import argparse
import json

from bot.commands import CannotRun
from bot.settings import load_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to look only."""
    parser.add_argument("--dry-run", action="store_true", help="show what would go, and leave it")


def run(options: argparse.Namespace) -> None:
    """Print what goes and let it go."""
    from bot.anonymiser import Shut
    from bot.desk.purging import Purging
    from bot.storage import SqlRecords, Tracker, is_migrated, make_engine
    from bot.wiring import clock, times_of

    settings = load_settings()
    engine = make_engine(settings.database_url)
    # Shut: nothing is written here that anybody said.
    records = SqlRecords(engine, pepper=settings.pepper, scan=Shut().second_scan, new_id=lambda: "")
    tracker = Tracker(settings.tracker_url)
    try:
        if not is_migrated(engine):
            raise CannotRun("the database is not there or is of another version; `./noname up` brings it up to date.")
        purging = Purging(records, tracker, times_of(settings))
        going = purging.going(clock()) if options.dry_run else purging.purge(clock())
    finally:
        tracker.let_go()
        records.let_go()
    for one in going:
        line = {"kind": one.kind.value, "consultation": one.subject or None}
        print(json.dumps({**line, "last": one.last.isoformat() if one.last else None, "gone": not options.dry_run}))
