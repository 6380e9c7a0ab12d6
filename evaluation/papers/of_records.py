"""Facts of records: which tables there are, what stands in each, and what of it is sealed."""

import inspect

import bot.storage.tables  # noqa: F401  every table is known once they are imported
from bot.storage.base import Base
from bot.storage.key_tables import KeyBase
from bot.storage.sealed_columns import SEALED
from evaluation.papers.seen import Seen, words
from evaluation.results import table


def kept(seen: Seen) -> str:
    """Return every table of the records with what it holds, and its columns that are sealed."""
    rows = []
    for mapper in sorted((*Base.registry.mappers, *KeyBase.registry.mappers), key=lambda one: one.local_table.name):
        name, held = mapper.local_table.name, inspect.cleandoc(mapper.class_.__doc__ or "").splitlines()
        columns = ", ".join(f"`{one}`" for one in SEALED[name].columns) if name in SEALED else words()["none_sealed"]
        rows.append((f"`{name}`", held[0] if held else "", columns))
    return table(words()["kept_heads"], rows)


def sealed(seen: Seen) -> str:
    """Return what is sealed, column by column, with whose key."""
    said = words()
    rows = [
        (f"`{name}`", ", ".join(f"`{one}`" for one in how.columns), said["key_of"][how.consultation])
        for name, how in sorted(SEALED.items())
    ]
    return table(said["sealed_heads"], rows)
