"""What the national part and an area's pack have in common: contacts and a version."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from bot.consultation import Neutral
from bot.knowledge.dated import held_lines
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

_CONTACT = (("label", "value", "hours", *CITED), ("role", "deputy", "answers_to", "cluster"))


def checked(name: str, entry: Entry) -> Entry:
    """Return the entry if its name can be an id."""
    checked_id(name, entry)
    return entry


def contacts(entry: Entry, sources: Mapping[str, Source], on: date) -> dict[str, Contact]:
    """Return the contacts that hold on the day. A deputy or superior must be a contact of the file too."""
    known = entry.members()

    def make(name: str, held: dict[str, Entry], at: Entry) -> Contact:
        citation = cite(held, sources)
        return Contact(
            id=name,
            label=held["label"].text(),
            value=held["value"].text(),
            hours=held["hours"].text(),
            citation=citation,
            review_by=source_of(held, sources).review_by(citation.verified),
            # The ids that the product looks up by name say by it who they are.
            role=held["role"].one_of(ROLES) if "role" in held else name if name in ROLES else "other",
            deputy=held["deputy"].one_of(known) if "deputy" in held else "",
            answers_to=held["answers_to"].one_of(known) if "answers_to" in held else "",
            cluster=held["cluster"].text() if "cluster" in held else "",
        )

    return {contact.id: contact for contact in held_lines(entry, _CONTACT, make, on)}


def version(name: str, files: Iterable[Path], on: date) -> str:
    """Return a name for the content of the files on a day, such as `kent-1a2b3c4d5e6f-2026-11-21`."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.name.encode())
        # Line ends differ between machines and mean nothing here.
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return f"{name}-{digest.hexdigest()[:12]}-{on.isoformat()}"
