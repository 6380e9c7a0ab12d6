"""`audit verify` and `audit note`: whether the audit chain is whole, and a note of where it ends.

The service notes it daily in `var/log/audit-heads`, and verifying compares with that file where it is there. Who can
change the database may be able to change that file too: `note` prints what can be kept elsewhere, and `--against`
compares with it.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.commands import CannotRun
from bot.commands.records import reading_records
from bot.settings import load_settings
from bot.storage import NotAHead, SqlRecords, note_head, noted_heads
from bot.storage.audit_heads import NotedHead


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and what to compare with."""
    parser.add_argument("what", choices=("verify", "note"))
    parser.add_argument("--against", type=Path, help="a copy of `audit-heads` that was kept elsewhere")


def run(options: argparse.Namespace) -> int:
    """Return 0 if the chain is whole, 1 if it is broken or not there. Raises CannotRun for a file of no heads."""
    noted = [*_heads(load_settings().audit_heads, must_be_there=False), *_heads(options.against)]
    try:
        with reading_records() as records:
            return _note(records) if options.what == "note" else _verify(records, noted)
    except CannotRun:
        print("There is no audit chain here yet: the database is made by `./noname up`.", file=sys.stderr)
        return 1


def _verify(records: SqlRecords, noted: Sequence[NotedHead]) -> int:
    foreign = [head for head in noted if not records.is_sealed_here(head)]
    broken = records.verify_audit(head for head in noted if head not in foreign)
    if foreign:
        print(f"{len(foreign)} of {len(noted)} noted heads were not sealed by this house; the others were compared.")
    print("The audit chain is whole." if broken is None else f"The audit chain is broken at line {broken}.")
    return 0 if broken is None and not foreign else 1


def _note(records: SqlRecords) -> int:
    from bot.wiring import clock

    head = records.audit_head(clock())
    if head is None:
        print("The end of the audit chain is not sealed by this house. Nothing was noted.", file=sys.stderr)
        return 1
    note_head(load_settings().audit_heads, head)
    print(f"{head.at.isoformat()} {head.number} {head.hash} {head.seal}")
    return 0


def _heads(file: Path | None, *, must_be_there: bool = True) -> tuple[NotedHead, ...]:
    try:
        return noted_heads(file) if file else ()
    except FileNotFoundError:
        if must_be_there:
            raise CannotRun(f"{file} is not there.") from None
        return ()
    except NotAHead as line:
        raise CannotRun(f"line {line} of {file} is not a noted head.") from None
