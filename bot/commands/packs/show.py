"""`packs show`: what an area's answers rest on, on one day."""

import argparse
from collections.abc import Iterator
from datetime import date

from bot.commands import CannotRun
from bot.commands.knowing import KNOWLEDGE_BASE, pack
from bot.consultation import Citation
from bot.knowledge import UnknownArea, areas
from bot.knowledge.model import Contact, Pack


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Of which area and day."""
    parser.add_argument("area", help="an area's short name or code, such as kent")
    parser.add_argument("--on", type=date.fromisoformat, default=date.today(), help="a day (today)")


def run(options: argparse.Namespace) -> int:
    """Print it, or say that there is no such area."""
    try:
        for line in shown(pack(options.area, options.on)):
            print(line)
    except UnknownArea:
        known = ", ".join(area.slug for area in areas(KNOWLEDGE_BASE))
        raise CannotRun(f"no such area; there are {known}.") from None
    return 0


def shown(area: Pack) -> Iterator[str]:
    """Yield the lines of an area's pack, for the people at the council who check it."""
    yield f"{area.name} ({area.code}) on {area.on}, {area.version}"
    for level in area.levels:
        neutral = " to ".join(n.name for n in level.neutral)
        yield f"\nLevel {level.code}: {level.name} ({neutral})"
        for row in area.rows:
            if row.level == level:
                yield f"  {row.id}: {row.words}"
                yield f"      when {' or '.join(' and '.join(sorted(need)) for need in row.needs)}"
                yield f"      {_from_where(row.citation)}"
    yield "\nContacts"
    yield from (_contact(contact, area.on) for contact in area.contacts.values())
    yield "\nEarly help"
    for option in area.early_help:
        yield f"  {option.name}: {option.what} ({_from_where(option.citation)})"
    yield "\nNot published by the area"
    yield from (f"  {words}" for words in area.missing)


def _contact(contact: Contact, on: date) -> str:
    late = " PAST ITS CHECK" if contact.review_by < on else ""
    return f"  {contact.label}: {contact.value} {contact.hours} ({_from_where(contact.citation)}){late}"


def _from_where(citation: Citation) -> str:
    where = f"{citation.title}, {citation.section}".rstrip(", ")
    return f"{where}; dated {citation.dated}, verified {citation.verified}"
