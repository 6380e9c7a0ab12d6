"""The who's who: nobody may stand in for themselves, directly or round a circle."""

from collections.abc import Iterator, Mapping
from datetime import date

from bot.knowledge.checks.finding import Finding, problem
from bot.knowledge.checks.written import Written, in_force_at
from bot.knowledge.entry import Entry


def circles(seen: Written) -> Iterator[Finding]:
    """Chains of deputies, or of who answers to whom, that come back to where they began or lead nowhere."""
    contacts = seen.pack.contacts
    at = seen.area["contacts"].members()
    for key in ("deputy", "answers_to"):
        following = {name: getattr(contact, key) for name, contact in contacts.items()}
        for name, other in following.items():
            if other and other not in contacts:
                place = _place(at[name], key, seen.on)
                yield problem(place, f"{name!r} names {other!r} under '{key}', which does not hold on {seen.on}")
        # A circle is told once, at whoever comes first in the file.
        told: set[str] = set()
        for name in following:
            circle = _circle(name, following)
            if circle and not told & set(circle):
                told |= set(circle)
                chain = " -> ".join((*circle, circle[0]))
                yield problem(_place(at[name], key, seen.on), f"'{key}' goes in a circle: {chain}")


def _circle(name: str, following: Mapping[str, str]) -> list[str]:
    """Return the circle that a name is part of, beginning with it."""
    path = [name]
    while (after := following.get(path[-1], "")) and after not in path:
        path.append(after)
    return path if after == name else []


def _place(entry: Entry, key: str, on: date) -> Entry:
    current = in_force_at(entry, on)
    held = current.members() if current is not None and current.is_mapping() else {}
    return held.get(key) or entry.members().get(key) or entry
