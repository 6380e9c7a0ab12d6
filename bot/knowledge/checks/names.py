"""What an area is called: a name that means something else would take other areas' children, or anybody's answer."""

from collections.abc import Iterator

from bot.knowledge.area_names import plain_name
from bot.knowledge.checks.finding import Finding, problem
from bot.knowledge.checks.written import Written
from bot.knowledge.entry import Entry


def names(seen: Written) -> Iterator[Finding]:
    """Names under `name` and `also_called` that other areas have, that answer a question, or that are common words."""
    floor = seen.national.floor
    if seen.names is None or (floor is not None and seen.pack.code == floor.code):
        # Nobody chooses England: its name is never looked for.
        return
    said = seen.area["also_called"].items() if "also_called" in seen.area else []
    for place in (seen.area["name"], *said):
        wrong = _wrong(place, seen)
        if wrong:
            yield problem(place, f"{place.text()!r} {wrong}")


def _wrong(place: Entry, seen: Written) -> str:
    plain, own = plain_name(place.text()), seen.pack.area
    if not plain:
        return "has no letters to recognise it by"
    others = sorted(set(seen.names.of_others(plain, own))) if seen.names else []
    if others:
        return f"names {others[0]} too: children who live there would be taken for this area's"
    is_its_name = plain == plain_name(seen.pack.name)
    if seen.names and seen.names.is_an_answer(plain, own, is_its_name=is_its_name):
        return "is how people answer another question (answers.yml): it cannot name the area"
    if seen.names and seen.names.is_common(plain):
        return "is made of common words: many a text would name the area by them"
    return ""
