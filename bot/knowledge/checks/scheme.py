"""The scheme of levels: from low to high on the neutral scale, without a hole, up to significant harm.

And what is written at a level: a section or a row that has a level in its name stands there.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.consultation import Level, Neutral
from bot.knowledge.checks.finding import Finding, problem
from bot.knowledge.checks.written import Written, in_force_at, section_places

# What stands before a level's code in the name of a section.
_BEFORE = ("level", "tier", "step", "stage")

_MIXED = re.compile(r"[a-z]+\d+|\d+[a-z]+")

# A level whose name nobody has read is called by saying so, however many they are.
_UNKNOWN_NAME = re.compile(r"\bnot (read|known|published|in our sources)\b|could not be read", re.IGNORECASE)


def order_of_levels(seen: Written) -> Iterator[Finding]:
    """Levels that go down, leave something out or share a name, and a top that stops short of significant harm."""
    levels = seen.pack.levels
    if not levels:
        return
    current = in_force_at(seen.area["levels"], seen.on)
    places = current.members()["scheme"].items() if current else []
    names: dict[str, str] = {}
    for level, place in zip(levels, places, strict=True):
        if level.name.casefold() in names and not _UNKNOWN_NAME.search(level.name):
            yield problem(
                place, f"level {level.code} has the name of level {names[level.name.casefold()]}: {level.name}"
            )
        names.setdefault(level.name.casefold(), level.code)
    for (low, high), place in zip(pairwise(levels), places[1:], strict=True):
        wrong = _wrong(low, high)
        if wrong:
            yield problem(place, f"level {high.code} stands above level {low.code} {wrong}: see 'neutral'")
    if levels[-1].neutral[-1] != Neutral.N4 and not seen.is_said_missing("top level", "highest level", levels[-1].name):
        yield problem(
            places[-1],
            f"level {levels[-1].code} is the highest and does not reach N4, significant harm: "
            "add the level above, or say under 'missing' that the top level is not known",
        )


def _wrong(low: Level, high: Level) -> str:
    if high.neutral[0] < low.neutral[0] or high.neutral[-1] < low.neutral[-1]:
        return "and goes down on the neutral scale"
    if high.neutral[0] > low.neutral[-1] + 1:
        return "and leaves out what lies between"
    return ""


def at_another_level_than_named(seen: Written) -> Iterator[Finding]:
    """Sections and rows that are named for one level, such as `level-3-parents`, and stand at another."""
    codes = {level.code.casefold(): level.code for level in seen.pack.levels}
    for name, section in section_places(seen.here / "thresholds.yml", seen.on):
        parts = name.split("-")
        named = {codes[part] for before, part in pairwise(("", *parts)) if part in codes and before in _BEFORE}
        # A code such as n2 or 2a means nothing else wherever it stands; a number or a word does so at the end alone.
        named |= {codes[part] for part in parts if part in codes and (part is parts[-1] or _MIXED.fullmatch(part))}
        place = section.members().get("level", section)
        if named and place.text() not in named:
            wrong = f"stands at level {place.text()} and is named for {min(named)}: move its rows or rename it"
            yield problem(place, f"section {name!r} {wrong}")
    for row in seen.pack.rows:
        code = codes.get(row.id.partition("-")[2].partition("-")[0])
        if code is not None and code != row.level.code:
            wrong = f"stands at level {row.level.code} and is named for {code}: move it or rename it"
            yield problem(seen.rows[row.id], f"row {row.id!r} {wrong}")
