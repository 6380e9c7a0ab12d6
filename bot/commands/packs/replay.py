"""`packs replay`: work old decisions out again, from the facts and pack versions that were kept."""

import argparse
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.commands.records import reading_records
from bot.desk.replaying import Replaying, Verdict


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Since when."""
    parser.add_argument("--since", type=date.fromisoformat, default=date(2018, 1, 1), help="a day (all)")


def run(options: argparse.Namespace) -> int:
    """Print how many came out the same to the byte; return 1 if one did not or cannot be worked out again."""
    since = datetime.combine(options.since, datetime.min.time(), UTC)
    counts: Counter[Verdict] = Counter()
    with reading_records() as records, TemporaryDirectory() as folder:
        for replayed in Replaying(records, Path(folder)).since(since):
            counts[replayed.verdict] += 1
            if replayed.verdict is not Verdict.SAME:
                version = replayed.decision.result["pack_version"]
                print(f"{replayed.verdict}: decision {replayed.decision.id} by {version}")
    print(
        f"{counts.total()} decisions: {counts[Verdict.SAME]} the same to the byte, "
        f"{counts[Verdict.DIFFERS]} differ, {counts[Verdict.NOT_KEPT]} whose pack version was not kept."
    )
    return 1 if counts[Verdict.DIFFERS] or counts[Verdict.NOT_KEPT] else 0
