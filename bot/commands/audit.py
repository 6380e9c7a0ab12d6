"""`audit verify`: whether the audit chain is whole."""

import argparse
import sys

from bot.settings import load_settings
from bot.storage import SqlRecords, is_migrated, make_engine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is one thing to do."""
    parser.add_argument("what", choices=("verify",))


def run(options: argparse.Namespace) -> int:
    """Return 0 if the chain is whole, 1 if it is broken or not there."""
    settings = load_settings()
    engine = make_engine(settings.database_url)
    try:
        if not is_migrated(engine):
            print("There is no audit chain here yet: the database is made by `./noname up`.", file=sys.stderr)
            return 1
        # Nothing is written here, so nothing needs to be looked at a second time or given an id.
        records = SqlRecords(engine, pepper=settings.pepper, scan=lambda text, put_back: (), new_id=lambda: "")
        broken = records.verify_audit()
    finally:
        engine.dispose()
    print("The audit chain is whole." if broken is None else f"The audit chain is broken at line {broken}.")
    return 0 if broken is None else 1
