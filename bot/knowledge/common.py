"""What the national part and an area's pack have in common: contacts, help, and a version."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from bot.consultation import Neutral
from bot.knowledge.dated import Shape, held_on
from bot.knowledge.entry import Entry, checked_id, read
from bot.knowledge.model import Contact, EarlyHelpOption
from bot.knowledge.sources import CITED, Source, cite, source_of
from bot.knowledge.vocabulary import CATEGORIES

NEUTRAL = tuple(neutral.name for neutral in Neutral)

_HELP = ("name", "what", "categories", "levels", "access", "school_can_do_now", *CITED)


def checked(name: str, entry: Entry) -> Entry:
    """Return the entry if its name can be an id."""
    checked_id(name, entry)
    return entry


def contacts(entry: Entry, sources: Mapping[str, Source], on: date) -> dict[str, Contact]:
    """Return the contacts that hold on the day."""
    found: dict[str, Contact] = {}
    for name, held in entry.members().items():
        history = contact_shape(name, sources).changes(checked(name, held))
        contact = held_on(history, on)
        if contact is not None:
            found[name] = contact
    return found


def contact_shape(name: str, sources: Mapping[str, Source]) -> Shape[Contact]:
    """Return how a contact of this name is read."""

    def make(fields: dict[str, Entry], entry: Entry) -> Contact:
        citation = cite(fields, sources)
        return Contact(
            id=name,
            label=fields["label"].text(),
            value=fields["value"].text(),
            hours=fields["hours"].text(),
            citation=citation,
            review_by=source_of(fields, sources).review_by(citation.verified),
        )

    return Shape(("label", "value", "hours", *CITED), (), make)


def early_help(
    file: Path, sources: Mapping[str, Source], levels: Iterable[str], on: date
) -> tuple[EarlyHelpOption, ...]:
    """Return the options of help that hold on the day. `levels` are the codes they may name."""
    fields = read(file).fields(("options",), ("defaults",))
    known = (*levels, *NEUTRAL)
    found = []
    for name, entry in fields["options"].members().items():
        shape = Shape(_HELP, ("parents_hear",), lambda held, at, name=name: _option(name, held, sources, known))
        option = held_on(shape.changes(checked(name, entry), shape.defaults(fields.get("defaults"))), on)
        if option is not None:
            found.append(option)
    return tuple(found)


def _option(
    name: str, held: Mapping[str, Entry], sources: Mapping[str, Source], known: tuple[str, ...]
) -> EarlyHelpOption:
    return EarlyHelpOption(
        id=name,
        name=held["name"].text(),
        what=held["what"].text(),
        categories=frozenset(item.one_of(CATEGORIES) for item in held["categories"].items()),
        levels=frozenset(item.one_of(known) for item in held["levels"].items()),
        access=held["access"].text(),
        school_can_do_now=held["school_can_do_now"].yes_or_no(),
        citation=cite(held, sources),
        parents_hear="parents_hear" in held and held["parents_hear"].yes_or_no(),
    )


def version(name: str, files: Iterable[Path], on: date) -> str:
    """Return a name for the content of the files on a day, such as `kent-1a2b3c4d-2026-11-21`."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.name.encode())
        # Line ends differ between machines and mean nothing here.
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return f"{name}-{digest.hexdigest()[:8]}-{on.isoformat()}"
