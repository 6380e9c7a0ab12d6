"""`packs`: check the knowledge base, or show what it says of one area on one day."""

import argparse
from collections.abc import Iterator
from datetime import date

from bot.commands import CannotRun
from bot.commands.knowing import KNOWLEDGE_BASE, national, pack
from bot.consultation import Citation
from bot.knowledge import NotInForce, PackError, UnknownArea, areas
from bot.knowledge.model import Contact, Pack

LONGEST_SINCE_VERIFIED_DAYS = 366


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and of which area and day."""
    parser.add_argument("what", choices=("check", "show"))
    parser.add_argument("area", nargs="?", help="an area's short name or code, such as kent")
    parser.add_argument("--on", type=date.fromisoformat, default=date.today(), help="a day (today)")


def run(options: argparse.Namespace) -> int:
    """Return 0 if nothing is wrong."""
    if options.what == "check":
        return _check(options.on)
    if not options.area:
        raise CannotRun("name the area to show, such as kent.")
    try:
        for line in shown(pack(options.area, options.on)):
            print(line)
    except UnknownArea:
        known = ", ".join(area.slug for area in areas(KNOWLEDGE_BASE))
        raise CannotRun(f"no such area; there are {known}.") from None
    except (NotInForce, PackError) as problem:
        raise CannotRun(str(problem)) from None
    return 0


def _check(on: date) -> int:
    wrong = 0
    parts = {"england": lambda: national(on)}
    for area in areas(KNOWLEDGE_BASE):
        parts[area.slug] = lambda slug=area.slug: pack(slug, on)
    for name, load in parts.items():
        try:
            loaded = load()
        except (PackError, NotInForce) as problem:
            print(f"{name}: {problem}")
            wrong += 1
            continue
        late = sorted({words for words, citation in _cited(loaded) if _is_old(citation, on)})
        print(f"{name}: {loaded.version}{'' if late else ', nothing to do'}")
        for words in late:
            print(f"  verified more than a year before {on}: {words}")
        wrong += len(late)
    return 1 if wrong else 0


def _cited(loaded) -> Iterator[tuple[str, Citation]]:
    """Yield everything that carries a citation, with its words."""
    for name in ("rows", "red_flags", "adjustments"):
        yield from ((held.id, held.citation) for held in getattr(loaded, name, ()))
    yield from ((contact.label, contact.citation) for contact in loaded.contacts.values())
    yield from ((option.name, option.citation) for option in loaded.early_help)


def _is_old(citation: Citation, on: date) -> bool:
    return (on - citation.verified).days > LONGEST_SINCE_VERIFIED_DAYS


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
