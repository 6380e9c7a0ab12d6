"""The vocabulary: every national indicator, with what it implies closed over."""

from collections.abc import Mapping
from pathlib import Path

from bot.knowledge.entry import Entry, checked_id, read
from bot.knowledge.model import Indicator

CATEGORIES = (
    "physical_harm",
    "neglect",
    "emotional_harm",
    "sexual_harm",
    "child_on_child",
    "domestic_abuse",
    "parental_substance_misuse",
    "parental_mental_health",
    "child_mental_health",
    "exploitation_missing",
    "online_harm",
    "extremism",
    "fgm_forced_marriage_honour",
    "care_arrangements",
    "young_carer_disability",
    "attendance",
    "staff_allegation",
)

# What speaks for the child stands beside the worries and is none of them.
STRENGTHS = "strengths"

DOMAINS = ("child", "parenting", "family_environment")


def as_a_whole(category: str) -> str:
    """Return the indicator for a worry whose category is plain from a whole text while no sign of it was found."""
    return f"something_{category}"


def load_indicators(folder: Path) -> dict[str, Indicator]:
    """Return the indicators of every file of the folder.

    Refuses an id used twice, an implication of something unknown, and implications in a circle.
    """
    entries: dict[str, Entry] = {}
    category_of: dict[str, str] = {}
    for file in sorted(folder.glob("*.yml")):
        category, held = _category(file, "indicators")
        for name, entry in held.members().items():
            if checked_id(name, entry) in entries:
                entry.fail(f"indicator {name!r} exists already, in {entries[name].file.name}")
            entries[name] = entry
            category_of[name] = category
    fields = {name: entry.fields(("words", "domain"), ("implies",)) for name, entry in entries.items()}
    implied = {name: _implied(held, entries) for name, held in fields.items()}
    closed: dict[str, frozenset[str]] = {}
    for name in entries:
        _close(name, implied, entries, closed, ())
    return {
        name: Indicator(
            id=name,
            category=category_of[name],
            words=held["words"].text(),
            domain=held["domain"].one_of(DOMAINS),
            implies=closed[name],
        )
        for name, held in fields.items()
    }


def load_reading_patterns(folder: Path, indicators: Mapping[str, Indicator]) -> dict[str, tuple[str, ...]]:
    """Return the patterns that recognise each indicator, from every file of the folder."""
    found: dict[str, tuple[str, ...]] = {}
    for file in sorted(folder.glob("*.yml")):
        _, held = _category(file, "patterns")
        for name, entry in held.members().items():
            known_indicator(name, entry, indicators)
            if name in found:
                entry.fail(f"patterns for {name!r} are in another file already")
            found[name] = entry.texts()
    return found


def known_indicator(name: str, entry: Entry, indicators: Mapping[str, object]) -> str:
    """Return the id if the vocabulary has it, or refuse the place that names it."""
    if name not in indicators:
        entry.fail(f"{name!r} is not an indicator of the vocabulary")
    return name


def known_indicators(entry: Entry, indicators: Mapping[str, object]) -> frozenset[str]:
    """Return a list of indicator ids, each of which the vocabulary must have."""
    return frozenset(known_indicator(item.text(), item, indicators) for item in entry.items())


def _category(file: Path, key: str) -> tuple[str, Entry]:
    fields = read(file).fields(("category", key))
    category = fields["category"].one_of((*CATEGORIES, STRENGTHS))
    if category != file.stem:
        fields["category"].fail(f"the file is called {file.name}, so the category should be {file.stem!r}")
    return category, fields[key]


def _implied(held: Mapping[str, Entry], entries: Mapping[str, Entry]) -> frozenset[str]:
    return known_indicators(held["implies"], entries) if "implies" in held else frozenset()


def _close(
    name: str,
    implied: Mapping[str, frozenset[str]],
    entries: Mapping[str, Entry],
    closed: dict[str, frozenset[str]],
    path: tuple[str, ...],
) -> frozenset[str]:
    if name in path:
        circle = " -> ".join((*path[path.index(name) :], name))
        entries[name].fail(f"implications go in a circle: {circle}")
    if name not in closed:
        further = (_close(other, implied, entries, closed, (*path, name)) for other in implied[name])
        closed[name] = implied[name].union(*further)
    return closed[name]
