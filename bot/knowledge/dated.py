"""Dated values: only a start is written, and a value holds until the next one.

An entry is either one value with `from`, or `values` by their first day, where `withdrawn` and
`expected` are words for "there is none from here on" and "a new one is announced, not entered".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from bot.knowledge.entry import Entry, checked_id
from bot.knowledge.errors import NotInForce


class Word(StrEnum):
    """What may stand in a value's place."""

    WITHDRAWN = "withdrawn"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class Change[T]:
    """A value, or the word in its place, from its first day on."""

    starts: date
    held: T | Word
    entry: Entry


@dataclass(frozen=True, slots=True)
class Shape[T]:
    """Which keys a value has, and what is made of them."""

    required: tuple[str, ...]
    optional: tuple[str, ...]
    make: Callable[[dict[str, Entry], Entry], T]

    def defaults(self, entry: Entry | None) -> dict[str, Entry]:
        """Return what a file's `defaults` fill in for every value of this shape."""
        if entry is None:
            return {}
        return entry.fields((), ("from", *self.required, *self.optional))

    def changes(self, entry: Entry, defaults: Mapping[str, Entry] | None = None) -> tuple[Change[T], ...]:
        """Return every value ever held, earliest first. All are read, so that none is broken unseen."""
        members = entry.members()
        if "values" in members:
            return self._series(entry, members.pop("values"), defaults or {})
        fields = entry.fields(self.required, (*self.optional, "from"), defaults)
        if "from" not in fields:
            entry.fail("undated: 'from' or 'values' is missing")
        return (Change(fields.pop("from").day(), self.make(fields, entry), entry),)

    def _series(self, entry: Entry, values: Entry, defaults: Mapping[str, Entry]) -> tuple[Change[T], ...]:
        beside = entry.fields(("values",), (*self.required, *self.optional))
        shared = {**defaults, **beside}
        # The days are written, so a default one has no say; neither has the list itself.
        shared.pop("from", None)
        shared.pop("values", None)
        found = [self._change(day, value, shared) for day, value in values.members().items()]
        if not found:
            values.fail("undated: no value is given")
        return tuple(sorted(found, key=lambda change: change.starts))

    def _change(self, day: str, value: Entry, shared: Mapping[str, Entry]) -> Change[T]:
        try:
            starts = date.fromisoformat(day)
        except ValueError:
            value.fail(f"undated: {day!r} is not a day such as 2026-11-02")
        if not value.is_mapping():
            return Change(starts, Word(value.one_of(tuple(Word))), value)
        return Change(starts, self.make(value.fields(self.required, self.optional, shared), value), value)


def in_force[T](history: tuple[Change[T], ...], on: date, what: str) -> Change[T]:
    """Return what holds on the day. Before the first day raises NotInForce, never the nearest."""
    held = [change for change in history if change.starts <= on]
    if not held:
        raise NotInForce(what, on, history[0].starts)
    return held[-1]


def held_on[T](history: tuple[Change[T], ...], on: date) -> T | None:
    """Return the value of the day, or None before the first, once withdrawn and while expected."""
    held = [change.held for change in history if change.starts <= on]
    return None if not held or isinstance(held[-1], Word) else held[-1]


def held_lines[T](
    lines: Entry,
    keys: tuple[tuple[str, ...], tuple[str, ...]],
    make: Callable[[str, dict[str, Entry], Entry], T],
    on: date,
    defaults: Entry | None = None,
) -> tuple[T, ...]:
    """Return what holds on the day of all lines that have a name, in their order. Each name must be able to be an id.

    `keys` are those that a line must have and may have, `make` makes something of a name and its keys, and
    `defaults` is what a line has that does not say otherwise.
    """
    found = []
    for name, entry in lines.members().items():
        checked_id(name, entry)
        shape = Shape(*keys, partial(make, name))
        held = held_on(shape.changes(entry, shape.defaults(defaults)), on)
        if held is not None:
            found.append(held)
    return tuple(found)
