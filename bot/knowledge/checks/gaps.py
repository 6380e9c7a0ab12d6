"""Gaps: what a pack leaves out without saying that it is missing."""

import re
from collections.abc import Iterator

from bot.consultation import Level
from bot.knowledge.checks.finding import Finding, problem
from bot.knowledge.checks.written import Written, places
from bot.knowledge.common import ROLES_OF_EVERY_AREA
from bot.knowledge.model import National
from bot.knowledge.profile import KEYS
from bot.knowledge.vocabulary import CATEGORIES, as_a_whole

# What the template writes where something has to be found out.
TO_FILL_IN = "TO FILL IN:"

# The contacts that the product looks up by their ids.
_BY_ID = ("front_door", "out_of_hours", "lado")

# What a category is called in plain words, and by what else a line under `missing` may name it.
_CALLED = {
    "physical_harm": ("physical harm", r"physical|being hurt|injur"),
    "neglect": ("neglect", "neglect"),
    "emotional_harm": ("emotional harm", "emotional"),
    "sexual_harm": ("sexual harm", "sexual"),
    "child_on_child": ("harm between children", r"between (children|young people|pupils)|child on child|bullying|peer"),
    "domestic_abuse": ("domestic abuse", "domestic abuse"),
    "parental_substance_misuse": ("parents' drink or drugs", r"parent.*(drink|drugs|alcohol|substance)"),
    "parental_mental_health": ("parents' mental health", r"parent.*mental health"),
    "child_mental_health": ("a child's mental health", r"(child|young people|pupil).*mental health|self-harm|suicid"),
    "exploitation_missing": ("exploitation and going missing", r"exploit|go(es|ing) missing"),
    "online_harm": ("online harm", r"online|internet"),
    "extremism": ("extremism", r"extremis|radicali"),
    "fgm_forced_marriage_honour": ("FGM, forced marriage and honour", r"fgm|genital|forced marriage|honour"),
    "care_arrangements": ("private fostering and care by others", r"care arrangement|foster|kinship|care by others"),
    "young_carer_disability": ("young carers and disability", r"young carer|disab"),
    "attendance": ("attendance", r"attendance|absence"),
    "staff_allegation": ("staff", "staff"),
}


def levels_without_rows(seen: Written) -> Iterator[Finding]:
    """Levels above the lowest that no row reaches, and that no line under `missing` names."""
    pack = seen.pack
    if not pack.levels and not seen.is_said_missing("level", "tier", "threshold"):
        yield problem(
            seen.area["missing"], "the scheme is empty: say under 'missing' that the area's levels are not known"
        )
    reached = {row.level.code for row in pack.rows if not seen.is_strength(row)}
    for level in pack.levels[1:]:
        if level.code not in reached and not _is_named(level, seen):
            yield problem(
                seen.area["missing"],
                f"level {level.code} ({level.name}) has no rows: add what is published, or name the level here",
            )


def _is_named(level: Level, seen: Written) -> bool:
    codes = [other.code for other in seen.pack.levels]
    for line in seen.pack.missing:
        if level.name.casefold() in line.casefold():
            return True
        for said in re.findall(r"(?i)\b(?:level|tier|step|stage)s?\b([^.;:]*)", line):
            words = re.findall(r"[\w/-]+", said)
            if level.code.casefold() in [word.casefold() for word in words] or level.code in _between(words, codes):
                return True
    return False


def _between(words: list[str], codes: list[str]) -> list[str]:
    """Return the codes of every range such as `1 to 4`."""
    found: list[str] = []
    for first, to, last in zip(words, words[1:], words[2:], strict=False):
        if to == "to" and first in codes and last in codes:
            found += codes[codes.index(first) : codes.index(last) + 1]
    return found


def categories_without_rows(seen: Written) -> Iterator[Finding]:
    """Categories of the vocabulary of which a pack with rows says nothing at all."""
    rows = [row for row in seen.pack.rows if not seen.is_strength(row)]
    if not rows:
        return
    vocabulary = seen.national.indicators
    spoken_of = {vocabulary[i].category for row in rows for needed in row.needs for i in needed}
    silent = [
        _CALLED[category][0]
        for category in CATEGORIES
        if category not in spoken_of and not _has_own_route(category, seen.national) and not _is_missing(category, seen)
    ]
    if silent:
        what = "; ".join(silent)
        yield problem(
            seen.area["missing"], f"no row speaks of: {what}. Add what is published, or a line here with these words"
        )


def _is_missing(category: str, seen: Written) -> bool:
    return any(re.search(_CALLED[category][1], line, re.IGNORECASE) for line in seen.pack.missing)


def _has_own_route(category: str, national: National) -> bool:
    """Whether every worry of the category ends the consultation by itself, so that no level is needed."""
    whole = as_a_whole(category)  # goes to a person by itself
    named = (i for i in national.indicators.values() if i.category == category and i.id != whole)
    held = [{i.id, *i.implies} for i in named]
    alone = [flag.indicators for flag in national.red_flags if not flag.answers]
    return all(any(flag <= told for flag in alone) for told in held)


def roles_without_contact(seen: Written) -> Iterator[Finding]:
    """Roles that every area has, without a contact and not named as not published; or both at once."""
    contacts, unpublished = seen.pack.contacts, seen.pack.roles_not_published
    held = {contact.role for contact in contacts.values()}
    at = seen.area["contacts"]
    said = seen.area.get("roles_not_published", at)
    for role in ROLES_OF_EVERY_AREA:
        if role not in held and role not in unpublished:
            yield problem(at, f"nobody has the role {role!r}: add the contact, or name it under 'roles_not_published'")
        if role in held and role in unpublished:
            yield problem(
                said, f"{role!r} is named as not published, and there is a contact for it: delete one of them"
            )
        if role in _BY_ID and role in held and role not in contacts:
            yield problem(
                at, f"a contact has the role {role!r}, but none is called {role!r}: the assistant asks by name"
            )


def profile_without_answer(seen: Written) -> Iterator[Finding]:
    """Parts of the profile that are there, and do not hold on the day."""
    for key in KEYS:
        if key not in seen.pack.profile:
            yield problem(
                seen.area["profile"].members()[key], f"{key!r} has no value on {seen.on}: write 'not published'"
            )


def steps(seen: Written) -> Iterator[Finding]:
    """A ladder for disagreement without a step that is not said to be missing, and days that are no number."""
    at = seen.area["escalation"]
    if not seen.pack.escalation and not seen.is_said_missing("escalation", "disagree", "professional differences"):
        yield problem(at, "no step for a disagreement holds: add the steps, or name it under 'missing'")
    for name, place in places(at):
        if name == "days" and not (place.text().isascii() and place.text().isdigit() and int(place.text())):
            yield problem(place, f"{place.text()!r} is not a number of working days")


def still_to_fill_in(seen: Written) -> Iterator[Finding]:
    """Remarks of the template that say what has to be found out: they are comments, which no DSL is ever shown."""
    for file in sorted(seen.here.glob("*.yml")):
        for line, words in enumerate(file.read_text("utf-8").splitlines(), start=1):
            _, marked, what = words.partition(TO_FILL_IN)
            if marked:
                yield Finding(file, line, f"still to be filled in:{what}. Then delete this line")
