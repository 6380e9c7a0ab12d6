"""The records, for a command that only reads them."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.commands import CannotRun
from bot.settings import load_settings
from bot.storage import SqlRecords, is_migrated, make_engine


@contextmanager
def reading_records() -> Iterator[SqlRecords]:
    """Yield the records of this house. Raises CannotRun where there are none yet."""
    settings = load_settings()
    engine = make_engine(settings.database_url)
    try:
        if not is_migrated(engine):
            raise CannotRun("there are no records here yet: the database is made by `./noname up`.")
        # Nothing is written, so nothing needs to be looked at a second time or given an id.
        yield SqlRecords(engine, pepper=settings.pepper, scan=lambda text, put_back: (), new_id=lambda: "")
    finally:
        engine.dispose()
