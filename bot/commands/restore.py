"""`restore`: a house from its backups, in a place where there is none.

Everything is looked at before anything is written. The engine may be another than the one the backup was made of.
"""

import argparse
from contextlib import contextmanager
from pathlib import Path

from bot.commands import CannotRun
from bot.commands.records import reading_records
from bot.launch import notes
from bot.settings import Settings, load_settings
from bot.storage import NotAHead, make_engine, migrate, noted_heads
from bot.storage.backups import (
    KEYS,
    RECORDS,
    Backup,
    DamagedBackup,
    NotABackup,
    NotEmpty,
    read_backup,
    refuse_unless_empty,
    restore,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where from."""
    parser.add_argument("records", type=Path, help="the folder of a backup of the records")
    parser.add_argument("--keys-from", type=Path, help="the folder of the keys; without it those here are used")
    parser.add_argument("--secrets-from", type=Path, help="the folder of the secrets, for a house that has lost them")


def run(options: argparse.Namespace) -> int:
    """Return 0 if the house is as it was and everything opens, 1 if something does not. Raises CannotRun."""
    from bot.masters import keys_of
    from bot.secret_copies import put_secrets, read_secrets
    from bot.wiring import clock

    settings = load_settings()
    try:  # whoever runs here holds the folder, one of several processes too
        alone = notes.hold(settings.run)
    except notes.AlreadyRunning:
        raise CannotRun("this house is running. Stop it first.") from None
    with alone, _in_words():
        _refuse_over_data(settings, with_keys=bool(options.keys_from or options.secrets_from))
        secrets = read_secrets(options.secrets_from) if options.secrets_from else {}
        pepper = secrets.get("pepper", settings.pepper)
        records = read_backup(options.records, RECORDS, pepper)
        keys = read_backup(options.keys_from, KEYS, pepper) if options.keys_from else None
        settings = put_secrets(settings, secrets)
        if keys:
            restore(settings.keys_url, keys, options.keys_from)
        restore(settings.database_url, records, options.records)
    held = keys_of(settings)
    migrate(settings.database_url, pepper=settings.pepper, keys=held)
    held.let_go()
    print(f"{records.rows} rows of {records.made_at:%d %B %Y, %H:%M} UTC are restored.")
    return _looked_at(settings, records, clock())


def _refuse_over_data(settings: Settings, *, with_keys: bool) -> None:
    for url in (settings.database_url, settings.keys_url) if with_keys else (settings.database_url,):
        engine = make_engine(url)
        try:
            refuse_unless_empty(engine)
        finally:
            engine.dispose()


def _looked_at(settings: Settings, backup: Backup, now) -> int:
    with reading_records() as records:
        head, broken, shut = records.audit_head(now), records.verify_audit(), records.not_opening()
        whole = broken is None and head is not None and (head.number, head.hash) == backup.head
        records.note("backup.restored", "command", backup.name, now)
    print("The audit chain is whole." if whole else f"The audit chain is broken at line {broken}.")
    if shut:
        print(f"{len(shut)} consultations do not open: their keys are not here, or were deleted since.")
    later = _noted_since(settings, backup)
    if later:
        print(f"{later} noted ends of the chain are later than this backup: what was done until then is not in it.")
    return 0 if whole and not shut and not later else 1


def _noted_since(settings: Settings, backup: Backup) -> int:
    try:
        return sum(head.number > backup.head[0] for head in noted_heads(settings.audit_heads))
    except (FileNotFoundError, NotAHead):
        return 0  # `audit verify` says what is wrong with it


@contextmanager
def _in_words():
    try:
        yield
    except DamagedBackup as file:
        raise CannotRun(f"the backup is damaged: {file} is missing or was changed. Nothing was restored.") from None
    except NotABackup as wrong:
        raise CannotRun(f"{wrong}. Nothing was restored.") from None
    except NotEmpty as there:
        raise CannotRun(f"there is a house in {there} already. Move it away first. Nothing was restored.") from None
