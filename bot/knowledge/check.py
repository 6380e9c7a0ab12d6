"""What is wrong or due in the knowledge base, in words with file and line."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from bot.knowledge.area import areas, load_area
from bot.knowledge.entry import Entry, read
from bot.knowledge.errors import NotInForce, PackError
from bot.knowledge.model import Contact, National, Pack
from bot.knowledge.national import (
    calendar_ends,
    closed_days,
    folder,
    load_national,
    national_sources,
    reading_patterns,
)
from bot.knowledge.sources import Source, load_sources

# Next year's bank holidays are published long before this.
_CALENDAR_AHEAD = timedelta(days=60)


def check(root: Path, on: date) -> list[str]:
    """Return every problem found on the day, none if there is nothing to do.

    A file that is refused hides what else is wrong in its area, so run it again after a repair.
    """
    try:
        national = load_national(root, on)
        tellable = _tellable(reading_patterns(root), national)
        found = [*_sources_due(national_sources(root), on), *_contacts_due(national.contacts, on, root)]
        found += _calendar_ends(root, on)
    except (PackError, NotInForce) as problem:
        return [str(problem)]
    for area in areas(root):
        here = root / "areas" / f"{area.code}-{area.slug}"
        try:
            pack = load_area(root, area.code, on)
            own = load_sources(here / "sources.yml")
            found += _sources_due(own, on)
            found += _contacts_due(pack.contacts, on, here)
            found += _never_reached(here / "thresholds.yml", pack, tellable)
            found += _cases(here / "cases.yml", pack, national)
        except (PackError, NotInForce) as problem:
            found.append(str(problem))
    return found


def _at(entry: Entry, words: str) -> str:
    return f"{entry.file}, line {entry.line}: {words}"


def _sources_due(sources: Mapping[str, Source], on: date) -> Iterator[str]:
    for source in sources.values():
        due = source.review_by(source.verified)
        if due < on:
            yield _at(source.entry, f"source {source.id!r} was due to be looked at again by {due}")


def _contacts_due(contacts: Mapping[str, Contact], on: date, here: Path) -> Iterator[str]:
    for contact in contacts.values():
        if contact.review_by < on:
            yield f"{here}: contact {contact.id!r} was due to be checked by {contact.review_by}"


def _calendar_ends(root: Path, on: date) -> Iterator[str]:
    closed_days(root)
    last = calendar_ends(root)
    if last - on < _CALENDAR_AHEAD:
        yield f"{folder(root) / 'bank_holidays.yml'}, line 1: the bank holidays end on {last}"


def _tellable(patterns: Iterable[str], national: National) -> frozenset[str]:
    """Return the indicators that a DSL's words or an answer can make present."""
    told = set(patterns)
    for question in national.questions.values():
        told.update(*(option.present for option in question.options.values()))
    implied = (national.indicators[i].implies for i in told)
    return frozenset(told).union(*implied)


def _never_reached(file: Path, pack: Pack, tellable: frozenset[str]) -> Iterator[str]:
    entries = dict(_row_entries(file))
    for row in pack.rows:
        if not any(alternative <= tellable for alternative in row.needs):
            untold = ", ".join(sorted(frozenset().union(*row.needs) - tellable))
            yield _at(entries[row.id], f"row {row.id!r} is never reached: nothing tells {untold}")


def _row_entries(file: Path) -> Iterator[tuple[str, Entry]]:
    for section in read(file).members()["sections"].members().values():
        values = section.members()
        dated = values["values"].members().values() if "values" in values else [section]
        for value in dated:
            if value.is_mapping():
                yield from value.members()["rows"].members().items()


def _cases(file: Path, pack: Pack, national: National) -> Iterator[str]:
    reasons = {row.id for row in pack.rows} | {flag.id for flag in national.red_flags}
    codes = {level.code for level in pack.levels}
    for case in read(file).items():
        fields = case.fields(("name", "facts", "expect"), ("on",))
        facts = fields["facts"].fields((), ("indicators", "answers"))
        expect = fields["expect"].fields(("outcome",), ("level", "exit", "because"))
        yield from _unknown(facts.get("indicators"), national.indicators, "indicator")
        yield from _unknown(facts.get("answers"), national.questions, "question")
        if "level" in expect and expect["level"].text() not in codes:
            yield _at(expect["level"], f"{pack.name} has no level {expect['level'].text()!r}")
        for item in expect["because"].items() if "because" in expect else ():
            if item.text() not in reasons:
                yield _at(item, f"{item.text()!r} is neither a row nor a red flag")


def _unknown(entry: Entry | None, known: Mapping[str, object], what: str) -> Iterator[str]:
    for name, value in entry.members().items() if entry else ():
        if name not in known:
            yield _at(value, f"{name!r} is not a known {what}")
