"""Everywhere that something typed could have stayed, each place with whose it is, and what was found there."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from canary_people import Walk

from evaluation.canary.searching import Content, Needle, found

# Columns that show a consultation to those who hold it. Nothing else may hold a name, not even a missed one.
SHOWN = {
    "messages": {"text", "card", "buttons"},
    "consultations": {"facts"},
    "facts_history": {"facts"},
    "assessments": {"facts", "result"},
    "cases": {"dsl_reason", "outcome_reason", "outcome_advice", "actions"},
    "case_moves": {"reason"},
    "case_notes": {"text"},
    "disagreements": {"learning"},
    "disagreement_steps": {"answer"},
    "good_practice": {"words"},
    "passed_on": {"words"},
    "unsent": {"text"},
    "chat_addresses": {"address"},
    "telegram_outbox": {"body"},
    "events": {"data"},
}
ANYBODY = "any consultation"  # a database as a file: its rows are looked at one by one besides


@dataclass(frozen=True, slots=True)
class Place:
    """Something that was kept or answered. `of` is the consultation whose missed names may stand in it."""

    name: str
    content: bytes
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """What should not be where it is, and the letters around it. `was_missed` is of one that was missed elsewhere."""

    place: str
    needle: str
    kinds: tuple[str, ...]
    was_missed: bool
    around: str = ""


def places(walk: Walk) -> Iterator[Place]:
    """Yield everything that is kept now, and every answer."""
    yield from kept(walk)
    for answer in walk.answers:
        yield Place(f"answer: {answer.door}, to {answer.to}", answer.content.encode(), answer.of)


def kept(walk: Walk) -> Iterator[Place]:
    """Yield every file below the house's folder and every value of both databases."""
    var = Path(walk.house.settings.var)
    for file in sorted(var.rglob("*")):
        if file.is_file():
            is_database = file.name.startswith(("noname.db", "rasa.db"))
            yield Place(f"file {file.relative_to(var)}", file.read_bytes(), ANYBODY if is_database else None)
    for url in (walk.house.settings.database_url, walk.house.settings.tracker_url):
        yield from _values(url.removeprefix("sqlite:///"))
    yield from _opened(walk)


def _opened(walk: Walk) -> Iterator[Place]:
    """Yield what is sealed in the records, opened: in the file nobody could find anything."""
    by: dict[tuple[str, str], list[str]] = {}
    for table, column, whose, value in walk.house.built.records.everything_opened():
        assert column in SHOWN[table], f"{table}.{column} is sealed and not looked at as what shows a consultation"
        by.setdefault((f"{table}.{column}", whose), []).append(str(value))
    assert by, "nothing was opened"
    for (name, whose), values in by.items():
        yield Place(f"opened {name}", "\n".join(values).encode(), whose)


def _values(database: str) -> Iterator[Place]:
    """Yield the values of every table, a column and a consultation at a time."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as held:
        held.row_factory = sqlite3.Row
        tables = [name for (name,) in held.execute("select name from sqlite_master where type='table'")]
        assert tables, f"{database} has no tables"
        for table in tables:
            by: dict[tuple[str, str | None], list[str]] = {}
            for row in held.execute(f'select * from "{table}"').fetchall():
                of = _whose(table, row)
                for column in row.keys():  # noqa: SIM118
                    shown = of if column in SHOWN.get(table, ()) else None
                    by.setdefault((column, shown), []).append(str(row[column]))
            for (column, of), values in by.items():
                yield Place(f"table {table}.{column}", "\n".join(values).encode(), of)


def _whose(table: str, row: sqlite3.Row) -> str | None:
    if table == "consultations":
        return row["id"]
    return next((row[name] for name in ("consultation_id", "sender_id") if name in row.keys()), None)  # noqa: SIM118


@dataclass(frozen=True, slots=True)
class Search:
    """What a search saw, and what it found where it should not be."""

    places: int
    size: int  # bytes
    by_place: Counter[str]
    sightings: list[Sighting]


def search(walk: Walk, looked_at: list[Place]) -> Search:
    """Look for every identifier in every place; where missed ones may stand, only for those that were not missed."""
    kinds: dict[Needle, set[str]] = {}
    for typed in walk.typed:
        for needle in typed.planted.needles:
            kinds.setdefault(needle, set()).add(typed.planted.canary.kind)
    seen: dict[tuple[str, str], Sighting] = {}
    # Answers of one door are looked at together.
    for place in _joined(looked_at):
        content = Content.of(place.content)
        for needle in found(kinds, content):
            where = walk.shown.get(needle, set())
            may_stand = bool(where) if place.of == ANYBODY else place.of in where
            if not may_stand:
                at = content.folded.index(needle.folded)
                around = content.folded[max(0, at - 20) : at + len(needle.folded) + 20]
                seen[place.name, needle.folded] = Sighting(
                    place.name, needle.folded, tuple(sorted(kinds[needle])), bool(where), around
                )
    size = sum(len(place.content) for place in looked_at)
    return Search(len(looked_at), size, Counter(s.place for s in seen.values()), list(seen.values()))


def _joined(some: list[Place]) -> Iterator[Place]:
    together: dict[tuple[str, str | None], list[bytes]] = {}
    for place in some:
        together.setdefault((place.name, place.of), []).append(place.content)
    for (name, of), contents in together.items():
        yield Place(name, b"\n".join(dict.fromkeys(contents)), of)


def in_a_table(wrong: list[Sighting]) -> str:
    """Return what should not be where it is, a line each."""
    lines = sorted({f"{s.place:50} {'/'.join(s.kinds):10} {s.needle}: {s.around!r}" for s in wrong})
    return "\n".join(["", f"{'where':50} {'kind':10} what", *lines[:80], f"{len(lines)} in all"])
