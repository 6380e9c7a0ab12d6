"""The records, for a command that reads them, or that adds people and takes their sign-in away."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from bot.commands import CannotRun
from bot.masters import keys_of
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
        # Nothing is written that was typed, so nothing needs to be looked at a second time or given an id.
        keys = keys_of(settings)
        records = SqlRecords(
            engine, pepper=settings.pepper, keys=keys, scan=lambda text, put_back: (), new_id=lambda: ""
        )
        try:
            yield records
        finally:
            keys.let_go()
    finally:
        engine.dispose()


@contextmanager
def people_records() -> Iterator[SqlRecords]:
    """Yield the records of this house, to write of people in them alone. Raises CannotRun where there are none yet."""
    from bot.anonymiser import Shut

    settings = load_settings()
    engine = make_engine(settings.database_url)
    try:
        if not is_migrated(engine):
            raise CannotRun("the database is not there or is of another version; `./noname up` brings it up to date.")
        # Shut: nothing that anybody said in a consultation is to pass here.
        keys = keys_of(settings)
        try:
            yield SqlRecords(
                engine, pepper=settings.pepper, keys=keys, scan=Shut().second_scan, new_id=lambda: uuid4().hex
            )
        finally:
            keys.let_go()
    finally:
        engine.dispose()


def known_area(slug: str) -> str:
    """Return the slug of an area that is held. Raises CannotRun."""
    from bot.commands.knowing import KNOWLEDGE_BASE
    from bot.knowledge import areas

    if slug not in {area.slug for area in areas(KNOWLEDGE_BASE)}:
        raise CannotRun(f"{slug} is no area that is held; the folders of knowledge_base/areas end in their names.")
    return slug
