"""`audit verify`: whether the audit chain is whole."""

import argparse
import sys

from bot.commands import CannotRun
from bot.commands.records import reading_records


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is one thing to do."""
    parser.add_argument("what", choices=("verify",))


def run(options: argparse.Namespace) -> int:
    """Return 0 if the chain is whole, 1 if it is broken or not there."""
    try:
        with reading_records() as records:
            broken = records.verify_audit()
    except CannotRun:
        print("There is no audit chain here yet: the database is made by `./noname up`.", file=sys.stderr)
        return 1
    print("The audit chain is whole." if broken is None else f"The audit chain is broken at line {broken}.")
    return 0 if broken is None else 1
