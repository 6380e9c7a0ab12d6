"""What the national part and an area's pack have in common: contacts and a version."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from bot.consultation import Neutral
from bot.knowledge.dated import Shape, held_on
from bot.knowledge.entry import Entry, checked_id
from bot.knowledge.model import Contact
from bot.knowledge.sources import CITED, Source, cite, source_of

NEUTRAL = tuple(neutral.name for neutral in Neutral)

# Who a contact is. Every area has the first five, or says which of them it has not published.
ROLES_OF_EVERY_AREA = ("front_door", "out_of_hours", "lado", "early_help", "link_worker")
ROLES = (
    *ROLES_OF_EVERY_AREA,
    *("mash", "duty_team", "education_safeguarding", "manager", "portal", "form", "police", "partnership", "other"),
)


def checked(name: str, entry: Entry) -> Entry:
    """Return the entry if its name can be an id."""
    checked_id(name, entry)
    return entry


def contacts(entry: Entry, sources: Mapping[str, Source], on: date) -> dict[str, Contact]:
    """Return the contacts that hold on the day. A deputy or superior must be a contact of the file too."""
    found: dict[str, Contact] = {}
    known = entry.members()
    for name, held in known.items():
        history = contact_shape(name, sources, known).changes(checked(name, held))
        contact = held_on(history, on)
        if contact is not None:
            found[name] = contact
    return found


def contact_shape(name: str, sources: Mapping[str, Source], known: Iterable[str]) -> Shape[Contact]:
    """Return how a contact of this name is read, `known` being the names of all contacts beside it."""
    # The three that the product looks up by name say by it who they are.
    usual = name if name in ROLES else "other"

    def make(fields: dict[str, Entry], entry: Entry) -> Contact:
        citation = cite(fields, sources)
        return Contact(
            id=name,
            label=fields["label"].text(),
            value=fields["value"].text(),
            hours=fields["hours"].text(),
            citation=citation,
            review_by=source_of(fields, sources).review_by(citation.verified),
            role=fields["role"].one_of(ROLES) if "role" in fields else usual,
            deputy=fields["deputy"].one_of(known) if "deputy" in fields else "",
            answers_to=fields["answers_to"].one_of(known) if "answers_to" in fields else "",
            cluster=fields["cluster"].text() if "cluster" in fields else "",
        )

    return Shape(("label", "value", "hours", *CITED), ("role", "deputy", "answers_to", "cluster"), make)


def version(name: str, files: Iterable[Path], on: date) -> str:
    """Return a name for the content of the files on a day, such as `kent-1a2b3c4d5e6f-2026-11-21`."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.name.encode())
        # Line ends differ between machines and mean nothing here.
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return f"{name}-{digest.hexdigest()[:12]}-{on.isoformat()}"
