"""`hold`: keep a consultation past its time, for a reason of a closed list, or let its time count again."""

import argparse

from bot.commands import CannotRun
from bot.commands.records import reading_records
from bot.consultation.reference import NotAReference, parse_reference
from bot.desk.holds import HoldReason

WHO = "command"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which consultation, and why it is kept or that it no longer is."""
    parser.add_argument("reference", help="the reference of the consultation")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--reason", choices=[reason.value for reason in HoldReason])
    what.add_argument("--lift", action="store_true", help="its time counts again")


def run(options: argparse.Namespace) -> None:
    """Hold the consultation or lift its hold, and say so."""
    from bot.wiring import clock

    with reading_records() as records:
        try:
            found = records.consultation_by_reference(parse_reference(options.reference))
        except NotAReference:
            found = None
        if found is None:
            raise CannotRun("there is no consultation with that reference.")
        if options.lift:
            done = records.lift_hold(found.id, WHO, clock())
            print("The hold is lifted." if done else "Nothing held it.")
        else:
            done = records.hold(found.id, WHO, options.reason, clock())
            print("It is held." if done else "It is held already, for the reason first given.")
