"""`keys rotate` and `keys check`: a new master key for the keys of all consultations, and whether everything opens.

Rotating may be broken off: run again, it goes on where it was. The master before the newest stays until the next
rotation, because a backup of the keys from before may need it.
"""

import argparse

from bot.commands.records import reading_records
from bot.masters import add_master, drop_masters, masters_of
from bot.settings import Settings, load_settings
from bot.storage import SqlRecords
from bot.storage.keys import Keys, newest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    parser.add_argument("what", choices=("rotate", "check"))


def run(options: argparse.Namespace) -> int:
    """Return 0 if it was done and everything opens, 1 if something does not."""
    settings = load_settings()
    with reading_records() as records:
        return _check(records) if options.what == "check" else _rotate(settings, records.keys)


def _rotate(settings: Settings, keys: Keys) -> int:
    master = newest(masters_of(settings.masters))
    if keys.sealed_by_others(master):
        print(f"A rotation was broken off. It goes on with master {master}.")
    else:
        for number in drop_masters(settings.masters, but=master):
            print(f"Master {number} seals nothing any more. It is deleted.")
        master = add_master(settings.masters)
    for left in keys.rewrap(master):
        print(f"{left} keys to go.")
    print(f"All keys are sealed by master {master}. Keep a copy of `{settings.masters}` apart from the backups.")
    return 0


def _check(records: SqlRecords) -> int:
    shut, nobodys = records.not_opening(), records.keys_of_nobody()
    for consultation_id in shut:
        print(f"{consultation_id} does not open.")
    if nobodys:
        print(f"{len(nobodys)} keys belong to no consultation.")
    print("Something does not open." if shut else "Everything opens.")
    return 1 if shut else 0
