"""Published numbers: every telephone number that the knowledge base has ever given for somebody to ring."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.entry import Entry, read

_NUMBER = re.compile(r"(?:\+44|\b0)[\d ()-]{6,}\d")


def published_numbers(root: Path) -> frozenset[str]:
    """Return the numbers of all contacts, national and of every area, as they are written.

    Whatever the day: a number that was published once points to no child afterwards. Raises PackError.
    """
    files = [root / "national" / "england" / "contacts.yml", *sorted((root / "areas").glob("*/area.yml"))]
    values = (value for file in files for value in _values(read(file).members()["contacts"]))
    return frozenset(match[0] for value in values for match in _NUMBER.finditer(value))


def _values(entry: Entry) -> Iterator[str]:
    for name, held in entry.members().items():
        if held.is_mapping():
            yield from _values(held)
        elif name == "value":
            yield held.text()
