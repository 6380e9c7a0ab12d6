"""The rows of an area's threshold document, section by section."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.consultation import Citation, Level
from bot.knowledge.common import checked
from bot.knowledge.dated import Change, Shape, Word
from bot.knowledge.entry import Entry, read
from bot.knowledge.errors import NotInForce
from bot.knowledge.model import Indicator, Row
from bot.knowledge.sources import CITED, Source, cite
from bot.knowledge.vocabulary import DOMAINS, known_indicators

# Where a level comes from: a document that says so, or the judgement of people who know the work.
BASES = ("published", "professional_judgement")

_PUBLISHED = re.compile(r"IND-\d{3}")
_ROW = (("words", "domain", "needs"), ("published", "given", "basis", "weighed", "section"))

# Shown among what an area has not published; the wording of an area's own gaps is in its area.yml.
_GONE = {
    Word.WITHDRAWN: "The section {section} was withdrawn on {starts}.",
    Word.EXPECTED: "The section {section} was announced anew for {starts} and has not been entered yet.",
}


@dataclass(frozen=True, slots=True)
class _Section:
    """A section as written: its level is looked up only when it is in force."""

    level: Entry
    citation: Citation
    rows: Mapping[str, Entry]
    everywhere: bool


def load_rows(
    file: Path,
    levels: tuple[Level, ...],
    indicators: Mapping[str, Indicator],
    sources: Mapping[str, Source],
    on: date,
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return the rows of the day, lowest level first, and in words what is gone or not entered yet.

    A section that has not started is left out; before any has, raises NotInForce. An area without
    sections has no rows.
    """
    shape = Shape(("level", "rows", *CITED), ("everywhere",), lambda fields, at: _section(fields, indicators, sources))
    sections = read(file).fields(("sections",))["sections"].members()
    histories = {name: shape.changes(checked(name, entry)) for name, entry in sections.items()}
    current = {name: change for name, history in histories.items() if (change := _current(history, on))}
    if histories and not current:
        first = min(history[0].starts for history in histories.values())
        raise NotInForce(f"the threshold document of {file.parent.name}", on, first)
    rows: dict[str, Row] = {}
    for change in current.values():
        if not isinstance(change.held, Word):
            for row, entry in _rows(change.held, {level.code: level for level in levels}, indicators):
                if row.id in rows:
                    entry.fail(f"row {row.id!r} exists already in another section")
                rows[row.id] = row
    gone = tuple(
        _GONE[change.held].format(section=name, starts=change.starts)
        for name, change in current.items()
        if isinstance(change.held, Word)
    )
    return tuple(sorted(rows.values(), key=lambda row: row.level.rank)), gone


def _current(history: tuple[Change[_Section], ...], on: date) -> Change[_Section] | None:
    started = [change for change in history if change.starts <= on]
    return started[-1] if started else None


def _section(
    fields: Mapping[str, Entry], indicators: Mapping[str, Indicator], sources: Mapping[str, Source]
) -> _Section:
    everywhere = "everywhere" in fields and fields["everywhere"].yes_or_no()
    section = _Section(fields["level"], cite(fields, sources), fields["rows"].members(), everywhere)
    for name, entry in section.rows.items():
        # Read here too, so that a section of another day is not broken unseen.
        _needs(checked(name, entry).fields(*_ROW)["needs"], indicators)
    return section


def _rows(
    section: _Section, by_code: Mapping[str, Level], indicators: Mapping[str, Indicator]
) -> Iterator[tuple[Row, Entry]]:
    level = by_code[section.level.one_of(by_code)]
    for name, entry in section.rows.items():
        held = entry.fields(*_ROW)
        row = Row(
            id=name,
            level=level,
            domain=held["domain"].one_of(DOMAINS),
            words=held["words"].text(),
            needs=_needs(held["needs"], indicators),
            # A row may name its own place more exactly than its section does.
            citation=replace(section.citation, section=held["section"].text())
            if "section" in held
            else section.citation,
            published=_published(held["published"]) if "published" in held else "",
            given=_given(held["given"]) if "given" in held else {},
            basis=held["basis"].one_of(BASES) if "basis" in held else BASES[0],
            weighed=frozenset(held["weighed"].texts()) if "weighed" in held else frozenset(),
            everywhere=section.everywhere,
        )
        yield row, entry


def _needs(entry: Entry, indicators: Mapping[str, Indicator]) -> tuple[frozenset[str], ...]:
    needs = tuple(known_indicators(alternative, indicators) for alternative in entry.items())
    if not needs or not all(needs):
        entry.fail("a row needs at least one indicator")
    return needs


def _published(entry: Entry) -> str:
    number = entry.text()
    if not _PUBLISHED.fullmatch(number):
        entry.fail(f"{number!r} is not a stable number such as IND-001")
    return number


def _given(entry: Entry) -> dict[str, frozenset[str]]:
    """Return the answers that a row needs. Whether the questions have them is for the check to say."""
    given = {question: frozenset(values.texts()) for question, values in entry.members().items()}
    if not given or not all(given.values()):
        entry.fail("name at least one question, each with its answers")
    return given
