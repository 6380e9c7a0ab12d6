"""Terms: the words and abbreviations of the field that a DSL may ask about, each with what it means and from where."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.consultation import Citation
from bot.knowledge.dated import held_lines
from bot.knowledge.entry import Entry, read
from bot.knowledge.sources import CITED, Source, cite

FILE = "terms.yml"

_TERM = (("asked_as", "name", "words", *CITED), ())


@dataclass(frozen=True, slots=True)
class Term:
    """One term: how it is typed (plain words), what it is called in a list, and what is said of it."""

    id: str
    asked_as: tuple[str, ...]
    name: str
    words: str
    citation: Citation


def load_terms(file: Path, sources: Mapping[str, Source], on: date) -> tuple[Term, ...]:
    """Return the terms that are explained on the day, in the order of the file; none where it is not laid out.

    Raises PackError with file and line.
    """
    if not file.is_file():
        return ()
    fields = read(file).fields(("terms",), ("defaults",))
    told: dict[str, str] = {}

    def make(name: str, held: dict[str, Entry], at: Entry) -> Term:
        asked_as = held["asked_as"].texts()
        for phrase in asked_as:
            if phrase != phrase.lower() or not phrase.replace(" ", "").isalnum():
                held["asked_as"].fail(f"{phrase!r} can never be found: lower case, letters, numbers and blanks only")
            if told.setdefault(phrase, name) != name:
                held["asked_as"].fail(f"{phrase!r} is asked for as {told[phrase]!r} already")
        return Term(name, asked_as, held["name"].text(), held["words"].text(), cite(held, sources))

    return tuple(held_lines(fields["terms"], _TERM, make, on, fields.get("defaults")))
