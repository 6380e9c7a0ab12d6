"""`purge`: let go of what need not be kept any longer; the running service does so too, now and then.

One JSON line for each thing that goes: what it is, whose consultation's, and since when. With `--dry-run` also one
for each consultation whose time is up and that stays, with why. Nothing of what was said.
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
    from bot.desk.working_time import ENGLAND
    from bot.keeping import desk_settings, purging_of
    from bot.masters import keys_of
    from bot.storage import SqlRecords, Tracker, is_migrated, make_engine
    from bot.wiring import clock

    settings = load_settings()
    engine = make_engine(settings.database_url)
    # Shut: nothing is written here that anybody said.
    scan = Shut().second_scan
    records = SqlRecords(engine, pepper=settings.pepper, keys=keys_of(settings), scan=scan, new_id=lambda: "")
    tracker = Tracker(settings.tracker_url)
    try:
        if not is_migrated(engine):
            raise CannotRun("the database is not there or is of another version; `./noname up` brings it up to date.")
        now = clock()
        today = now.astimezone(ENGLAND).date()
        settings_of = desk_settings(settings.root / "knowledge_base", today)
        purging = purging_of(settings, records, tracker, settings_of, lambda: today)
        going = purging.going(now) if options.dry_run else purging.purge(now)
        staying = purging.staying(now) if options.dry_run else ()
    finally:
        tracker.let_go()
        records.let_go()
    for one in going:
        line = {"kind": one.kind.value, "consultation": one.subject or None}
        print(json.dumps({**line, "last": one.last.isoformat() if one.last else None, "gone": not options.dry_run}))
    for one in staying:
        line = {"kind": "consultation", "consultation": one.subject, "last": one.last.isoformat(), "gone": False}
        print(json.dumps(line | {"stays": one.why.value, "held": one.held or None}))
