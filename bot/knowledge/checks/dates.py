"""Days: what is due to be looked at again, what starts too late to be of use, and what was checked tomorrow."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from bot.knowledge.checks.finding import Finding, note, problem
from bot.knowledge.checks.written import places
from bot.knowledge.dated import Word
from bot.knowledge.entry import Entry, read
from bot.knowledge.errors import PackError
from bot.knowledge.sources import Source

# Longer ahead than any council announces a change: rather a slip of the pen.
_AHEAD = timedelta(days=730)
# A page that nobody looks at for longer than this has changed.
_MOST_MONTHS = 24


def due(sources: Mapping[str, Source], on: date) -> Iterator[Finding]:
    """Sources that have to be looked at again, and those that are given too long."""
    for source in sources.values():
        by = source.review_by(source.verified)
        if by < on:
            yield problem(
                source.entry,
                f"source {source.id!r} was due to be looked at again by {by}: read it, then change 'verified'",
            )
        if source.review_months > _MOST_MONTHS:
            place = source.entry.members()["review_months"]
            yield problem(
                place, f"a check that lasts {source.review_months} months is too long: {_MOST_MONTHS} at most"
            )


def checks_due(files: Iterable[Path], sources: Mapping[str, Source], on: date) -> Iterator[Finding]:
    """Values last checked too long ago, of sources that are not due themselves."""
    for entry in _everything(files):
        held = entry.members() if entry.is_mapping() else {}
        if not {"source", "verified"} <= held.keys():
            continue
        source = sources.get(_text(held["source"]))
        verified = _day(_text(held["verified"]))
        if source is None or verified is None or source.review_by(source.verified) < on:
            continue
        by = source.review_by(verified)
        if by < on:
            yield problem(held["verified"], f"was due to be checked by {by}: compare it with {source.id!r} again")


def starts(files: Iterable[Path], on: date) -> Iterator[Finding]:
    """Values that hold on no day yet, that were announced for a day that has come, or checked in the future."""
    for entry in _everything(files):
        if not entry.is_mapping():
            continue
        held = entry.members()
        if "from" in held and (_day(_text(held["from"])) or on) > on:
            yield problem(
                held["from"], f"starts after {on}, so it does not hold: nothing stands in its place till then"
            )
        if "values" in held and held["values"].is_mapping():
            yield from _series(held["values"], on)
        if "verified" in held and (_day(_text(held["verified"])) or on) > on:
            yield problem(
                held["verified"], f"cannot have been checked on {_text(held['verified'])}: that is after {on}"
            )


def _series(values: Entry, on: date) -> Iterator[Finding]:
    days = {day: place for name, place in values.members().items() if (day := _day(name))}
    if not days:
        return
    started = [day for day in days if day <= on]
    if not started:
        first = min(days)
        yield problem(days[first], f"the first value starts on {first}, so nothing holds on {on}: give what holds now")
    elif _text(days[max(started)]) == Word.EXPECTED:
        last = max(started)
        yield problem(days[last], f"a new value was expected from {last}, and that day has come: enter it")
    for day in sorted(day for day in days if day > on and started):
        if day - on > _AHEAD:
            yield problem(days[day], f"starts on {day}, years ahead: is that day a slip?")
        elif _text(days[day]) != Word.EXPECTED:
            yield note(days[day], f"comes into force on {day}; until then the value before it holds")


def _everything(files: Iterable[Path]) -> Iterator[Entry]:
    for file in files:
        whole = read(file)
        yield whole
        for _, entry in places(whole):
            yield entry


def _text(entry: Entry) -> str:
    with suppress(PackError):
        return entry.text()
    return ""


def _day(words: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(words)
    return None
