"""`backup`: a copy of the records in a folder, taken while the house runs. Keys and secrets go elsewhere, or nowhere.

What was deleted is still in an older backup of the records, and opens no more once its key is gone. So the keys' folder
holds the newest copy alone. Rasa's conversations are in none: they are put together again from the records.
"""

import argparse
import shutil
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from bot.commands import CannotRun
from bot.commands.records import reading_records
from bot.launch import notes
from bot.settings import Settings, load_settings
from bot.storage.backups import KEYS, RECORDS, DamagedBackup, NotABackup, NotEmpty, back_up, read_backup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("--to", type=Path, required=True, help="a new folder for the records")
    parser.add_argument("--keys-to", type=Path, help="a folder for the keys; the copy that is there is replaced")
    parser.add_argument("--secrets-to", type=Path, help="a new folder for secrets and master keys")


def run(options: argparse.Namespace) -> int:
    """Return 0 if all was copied and the audit chain is whole, 1 if it is broken. Raises CannotRun."""
    from bot.secret_copies import copy_secrets
    from bot.wiring import clock

    _refuse_together([one for one in (options.to, options.keys_to, options.secrets_to) if one])
    settings, now = load_settings(), clock()
    name = f"{now:%Y%m%dT%H%M%SZ}-{token_hex(4)}"
    with reading_records() as records:
        records.note("backup.made", "command", name, now)
        try:
            made = back_up(settings.database_url, RECORDS, name, options.to, now, settings.pepper)
            print(f"{options.to}: {made.rows} rows of records, up to line {made.head[0]} of the audit chain.")
            if options.keys_to:
                print(f"{options.keys_to}: {_keys(settings, name, options.keys_to, now)} keys.")
            if options.secrets_to:
                copied = copy_secrets(settings, name, options.secrets_to, now)
                print(f"{options.secrets_to}: {len(copied.files)} secrets. Keep them where neither of the others is.")
        except NotEmpty as there:
            raise CannotRun(f"there is something in {there} already.") from None
        except (NotABackup, DamagedBackup) as wrong:
            raise CannotRun(f"{wrong}.") from None
        broken = records.verify_audit()
    notes.note_backup(settings.run, now)
    if not options.keys_to:
        print("The keys are in no backup now. Without them nothing that was said opens: --keys-to copies them.")
    if broken is not None:
        print(f"The audit chain is broken at line {broken}, and so it is in the backup.")
    return 0 if broken is None else 1


def _keys(settings: Settings, name: str, folder: Path, now: datetime) -> int:
    """Put a new copy of the keys in place of the one that is there; return how many there are."""
    fresh = folder.with_name(f".{folder.name}.{name}")
    if folder.exists() and any(folder.iterdir()):
        read_backup(folder, KEYS, settings.pepper)  # something else is not to be deleted
    made = back_up(settings.keys_url, KEYS, name, fresh, now, settings.pepper)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return made.rows


def _refuse_together(folders: list[Path]) -> None:
    whole = [folder.resolve() for folder in folders]
    for one in whole:
        if any(one is not other and (one == other or one in other.parents) for other in whole):
            raise CannotRun("records, keys and secrets are kept apart: give each a folder that is in no other.")
