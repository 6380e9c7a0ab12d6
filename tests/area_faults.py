"""The faults that are made on purpose in what an area says of itself, and in every day and source of its files."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import yaml
from pack_mutants import Edits, Folder, Mutant, Page, pairs

Faults = dict[str, Callable[[Folder], Iterator[Mutant]]]

FUTURE, LONG_AGO, AGES_AHEAD = "2026-12-30", "2016-01-04", "2062-01-01"
_MANDATORY = ("front_door", "out_of_hours", "lado", "early_help", "link_worker")


def _cited(page: Page) -> Iterator[tuple[yaml.Node, yaml.MappingNode]]:
    """Yield every value with a citation of its own, and the node of its name."""
    for _, key, mapping in page.mappings:
        if {"source", "section", "verified"} <= pairs(mapping).keys() and key is not None:
            yield key, mapping


# --- area.yml: sources, dates and days


def a_value_without(name: str) -> Callable[[Folder], Iterator[Mutant]]:
    def make(folder: Folder) -> Iterator[Mutant]:
        for page in (folder.area, folder.thresholds):
            for key, mapping in _cited(page):
                yield Mutant(page.file, page.without(mapping, name), page.line(key), (f"{name!r} is missing",))

    return make


def a_source_that_is_nowhere(folder: Folder) -> Iterator[Mutant]:
    for page in (folder.area, folder.thresholds):
        for _, mapping in _cited(page):
            key, source = pairs(mapping)["source"]
            yield Mutant(page.file, page.put(source, "no-such-page"), page.line(key), ("'no-such-page'", "sources.yml"))


def a_check_in_the_future(folder: Folder) -> Iterator[Mutant]:
    for page in (folder.area, folder.thresholds):
        for _, mapping in _cited(page):
            key, day = pairs(mapping)["verified"]
            yield Mutant(page.file, page.put(day, FUTURE), page.line(key), ("cannot have been checked", FUTURE))


def a_check_long_ago(folder: Folder) -> Iterator[Mutant]:
    for page in (folder.area, folder.thresholds):
        for _, mapping in _cited(page):
            key, day = pairs(mapping)["verified"]
            yield Mutant(page.file, page.put(day, LONG_AGO), page.line(key), ("was due to be checked",))


def a_day_that_is_none(folder: Folder) -> Iterator[Mutant]:
    for page in (folder.area, folder.thresholds):
        for _, mapping in _cited(page):
            key, day = pairs(mapping)["verified"]
            yield Mutant(page.file, page.put(day, "2026-13-40"), page.line(key), ("'2026-13-40' is not a day",))


def a_start_ages_ahead(folder: Folder) -> Iterator[Mutant]:
    for page in (folder.area, folder.thresholds, *_early_help(folder)):
        for path, _, mapping in page.mappings:
            if "from" in pairs(mapping):
                at, day = pairs(mapping)["from"]
                yield _not_yet(folder, page, page.put(day, AGES_AHEAD), page.line(at), path)
            if path and path[-1] == "values":
                for day_key, _ in pairs(mapping).values():
                    yield _not_yet(folder, page, page.put(day_key, AGES_AHEAD), page.line(day_key), path)


def _not_yet(folder: Folder, page: Page, edits: Edits, line: int, path: tuple[str, ...]) -> Mutant:
    if path[0] == "levels":
        # Without levels nothing of the area can be read: the loader says so of the file.
        return Mutant(page.file, edits, None, ("starts on",))
    if page is folder.thresholds and len(list(folder.sections())) == 1:
        return Mutant(page.file, edits, None, ("starts on",), folder.area.file)
    return Mutant(page.file, edits, line, ("starts ",))


def an_undated_value(folder: Folder) -> Iterator[Mutant]:
    for _, key, mapping in folder.area.mappings:
        if "from" in pairs(mapping) and key is not None:
            yield Mutant(folder.area.file, folder.area.without(mapping, "from"), folder.area.line(key), ("undated",))


def broken_yaml(folder: Folder) -> Iterator[Mutant]:
    for page in (folder.area, folder.thresholds, folder.sources, folder.cases, *_early_help(folder)):
        for line, words in enumerate(page.text.splitlines(), start=1):
            # One bracket too many; in a remark it would be no fault.
            if words.endswith(("]", "}")) and "#" not in words:
                end = page.add(line + 1, "")[0][0] - 1
                yield Mutant(page.file, ((end, end, words[-1]),), line, ("not valid YAML",))


def _early_help(folder: Folder) -> list[Page]:
    file = folder.here / "early_help.yml"
    return [Page(file)] if "options: {}" not in file.read_text("utf-8") else []


# --- area.yml: levels, contacts, profile, ladder, what is missing


def _scheme(folder: Folder) -> list[yaml.MappingNode]:
    found = [m for path, _, m in folder.area.mappings if path[:1] == ("levels",) and "neutral" in pairs(m)]
    return found[-len(folder.seen.pack.levels) :] if folder.seen.pack.levels else []


def two_levels_swapped(folder: Folder) -> Iterator[Mutant]:
    page, scheme = folder.area, _scheme(folder)
    for low, high in pairwise(scheme):
        first, second = pairs(low)["neutral"][1], pairs(high)["neutral"][1]
        one, other = page.text_of(first), page.text_of(second)
        # Two levels that stand for the same may be in either order.
        if one != other:
            edits = (*page.put(first, other), *page.put(second, one))
            yield Mutant(page.file, edits, page.line(high), ("goes down on the neutral scale",))


def a_top_level_short_of_harm(folder: Folder) -> Iterator[Mutant]:
    for top in _scheme(folder)[-1:]:
        if not folder.seen.is_said_missing("top level", "highest level", folder.seen.pack.levels[-1].name):
            edits = folder.area.put(pairs(top)["neutral"][1], "[N3]")
            yield Mutant(folder.area.file, edits, folder.area.line(top), ("does not reach N4",))


def a_hole_in_the_scale(folder: Folder) -> Iterator[Mutant]:
    # Everything below the second level from above is universal: what lies between is gone.
    scheme = _scheme(folder)
    if len(scheme) > 2 and folder.seen.pack.levels[-1].neutral[0] > 2:
        page = folder.area
        edits = tuple(edit for level in scheme[:-1] for edit in page.put(pairs(level)["neutral"][1], "[N1]"))
        yield Mutant(page.file, edits, page.line(scheme[-1]), ("leaves out what lies between",))


def a_code_twice(folder: Folder) -> Iterator[Mutant]:
    scheme = _scheme(folder)
    for low, high in pairwise(scheme):
        edits = folder.area.put(pairs(high)["code"][1], f'"{pairs(low)["code"][1].value}"')
        yield Mutant(folder.area.file, edits, folder.area.line(high), ("is given twice",))


def a_name_twice(folder: Folder) -> Iterator[Mutant]:
    page, scheme = folder.area, _scheme(folder)
    for low, high in pairwise(scheme):
        edits = (*page.put(pairs(low)["name"][1], "Some Help"), *page.put(pairs(high)["name"][1], "Some Help"))
        yield Mutant(page.file, edits, page.line(high), ("has the name of level",))


def a_neutral_level_that_is_none(folder: Folder) -> Iterator[Mutant]:
    for level in _scheme(folder):
        key, neutral = pairs(level)["neutral"]
        yield Mutant(folder.area.file, folder.area.put(neutral, "[N7]"), folder.area.line(key), ("'N7' is not one of",))


def _contacts(folder: Folder) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    return pairs(folder.area.at("contacts"))


def a_role_without_contact(folder: Folder) -> Iterator[Mutant]:
    page, contacts = folder.area, folder.seen.pack.contacts
    named = {getattr(contact, key) for contact in contacts.values() for key in ("deputy", "answers_to")}
    key = pairs(page.root)["contacts"][0]
    for role in _MANDATORY:
        holders = [name for name, contact in contacts.items() if contact.role == role]
        # A role that two contacts have, or one that is somebody's deputy, does not go with one line.
        if len(holders) == 1 and holders[0] not in named and role not in folder.seen.pack.roles_not_published:
            edits = page.without(page.at("contacts"), holders[0])
            yield Mutant(page.file, edits, page.line(key), (f"nobody has the role {role!r}",))


def a_role_no_longer_named_as_missing(folder: Folder) -> Iterator[Mutant]:
    page = folder.area
    named = pairs(page.root).get("roles_not_published")
    held = {contact.role for contact in folder.seen.pack.contacts.values()}
    for role in named[1].value if named else ():
        if role.value not in held:
            left = ", ".join(other.value for other in named[1].value if other is not role)
            line = page.line(pairs(page.root)["contacts"][0])
            yield Mutant(page.file, page.put(named[1], f"[{left}]"), line, (f"nobody has the role {role.value!r}",))


def a_role_both_there_and_missing(folder: Folder) -> Iterator[Mutant]:
    page = folder.area
    for role in {contact.role for contact in folder.seen.pack.contacts.values()} & set(_MANDATORY):
        named = pairs(page.root).get("roles_not_published")
        if named:
            others = "".join(f", {other.value}" for other in named[1].value)
            edits, line = page.put(named[1], f"[{role}{others}]"), page.line(named[0])
        else:
            edits, line = page.insert_in(page.root, f"roles_not_published: [{role}]"), page.line(page.root)
        yield Mutant(page.file, edits, line, ("named as not published, and there is a contact",))


def a_contact_of_an_unknown_role(folder: Folder) -> Iterator[Mutant]:
    for _, _, mapping in folder.area.mappings:
        if "role" in pairs(mapping) and "stage" not in pairs(mapping):
            key, role = pairs(mapping)["role"]
            yield Mutant(
                folder.area.file, folder.area.put(role, "boss"), folder.area.line(key), ("'boss' is not one of",)
            )


def a_deputy_that_is_nobody(folder: Folder) -> Iterator[Mutant]:
    for _, _, mapping in folder.area.mappings:
        for name in ("deputy", "answers_to"):
            if name in pairs(mapping):
                key, other = pairs(mapping)[name]
                edits = folder.area.put(other, "nobody_at_all")
                yield Mutant(folder.area.file, edits, folder.area.line(key), ("'nobody_at_all' is not one of",))


def a_deputy_for_oneself(folder: Folder) -> Iterator[Mutant]:
    for path, _, mapping in folder.area.mappings:
        if path[:1] == ("contacts",) and "deputy" in pairs(mapping):
            key, other = pairs(mapping)["deputy"]
            edits = folder.area.put(other, path[1])
            yield Mutant(folder.area.file, edits, folder.area.line(key), ("circle", f"{path[1]} -> {path[1]}"))


def a_circle_of_deputies(folder: Folder) -> Iterator[Mutant]:
    page, contacts = folder.area, folder.seen.pack.contacts
    order = list(contacts)
    for name, contact in contacts.items():
        second = contacts.get(contact.deputy)
        if second is None or second.deputy:
            continue
        current = _current(page, second.id)
        edits = page.insert_in(current, f"deputy: {name}")
        # Told once, at whoever of the two comes first in the file.
        if order.index(name) < order.index(second.id):
            line = page.line(
                next(
                    pairs(m)["deputy"][0]
                    for p, _, m in page.mappings
                    if p[:2] == ("contacts", name) and "deputy" in pairs(m)
                )
            )
        else:
            line = page.line(current)
        if current.flow_style:
            yield Mutant(page.file, edits, line, ("'deputy' goes in a circle",))


def _current(page: Page, name: str) -> yaml.MappingNode:
    """Return the last value of a contact."""
    contact = page.at("contacts", name)
    held = pairs(contact)
    return list(pairs(held["values"][1]).values())[-1][1] if "values" in held else contact


def a_profile_key_left_out(folder: Folder) -> Iterator[Mutant]:
    page = folder.area
    line = page.line(pairs(page.root)["profile"][0])
    for name in pairs(page.at("profile")):
        if not name.startswith("answer_") and name not in ("opens", "closes"):
            yield Mutant(page.file, page.without(page.at("profile"), name), line, (f"{name!r} is missing",))


def a_profile_key_misspelt(folder: Folder) -> Iterator[Mutant]:
    for key, _ in pairs(folder.area.at("profile")).values():
        yield Mutant(
            folder.area.file,
            folder.area.put(key, "nonsense"),
            folder.area.line(key),
            ("'nonsense' is not a known key",),
        )


def an_answer_without_its_word(folder: Folder) -> Iterator[Mutant]:
    for path, key, mapping in folder.area.mappings:
        if path[:1] == ("profile",) and "is" in pairs(mapping) and pairs(mapping)["value"][1].value != "not published":
            edits = folder.area.without(mapping, "is")
            yield Mutant(folder.area.file, edits, folder.area.line(key), ("say in one word",))


def no_ladder(folder: Folder) -> Iterator[Mutant]:
    page = folder.area
    # A pack that says it has read no escalation policy may leave the steps out.
    if not folder.seen.is_said_missing("escalation", "disagree", "professional differences"):
        for path, _, mapping in page.mappings:
            if path[:1] == ("escalation",) and "steps" in pairs(mapping):
                edits = page.put(pairs(mapping)["steps"][1], "  []")
                yield Mutant(
                    page.file, edits, page.line(pairs(page.root)["escalation"][0]), ("no step for a disagreement",)
                )


def days_that_are_no_number(folder: Folder) -> Iterator[Mutant]:
    for path, _, mapping in folder.area.mappings:
        if path[:1] == ("escalation",) and "stage" in pairs(mapping):
            edits = (
                folder.area.insert_in(mapping, "days: soon")
                if "days" not in pairs(mapping)
                else folder.area.put(pairs(mapping)["days"][1], "soon")
            )
            line = folder.area.line(pairs(mapping)["days"][0] if "days" in pairs(mapping) else mapping)
            yield Mutant(folder.area.file, edits, line, ("not a number of working days",))


def nothing_said_to_be_missing(folder: Folder) -> Iterator[Mutant]:
    page = folder.area
    held = {row.level.code for row in folder.seen.pack.rows if not folder.seen.is_strength(row)}
    # A pack that has rows for every level and category has nothing to say here.
    silent_levels = [level for level in folder.seen.pack.levels[1:] if level.code not in held]
    if not folder.seen.pack.levels or silent_levels:
        line = page.line(pairs(page.root)["missing"][0])
        words = "has no rows" if silent_levels else "the scheme is empty"
        yield Mutant(page.file, page.put(page.at("missing"), "  []"), line, (words,))


def still_to_be_filled_in(folder: Folder) -> Iterator[Mutant]:
    for page in (folder.area, folder.thresholds, folder.sources, folder.cases):
        line = len(page.text.splitlines()) + 1
        yield Mutant(page.file, page.add(line, "# TO FILL IN: the rest"), line, ("still to be filled in: the rest",))


IN_AREA_YML: Faults = {
    "no source": a_value_without("source"),
    "no section": a_value_without("section"),
    "no day of the check": a_value_without("verified"),
    "a source that is nowhere": a_source_that_is_nowhere,
    "a check in the future": a_check_in_the_future,
    "a check long ago": a_check_long_ago,
    "a day that is none": a_day_that_is_none,
    "a start ages ahead": a_start_ages_ahead,
    "an undated value": an_undated_value,
    "broken YAML": broken_yaml,
    "two levels swapped": two_levels_swapped,
    "a top level short of harm": a_top_level_short_of_harm,
    "a hole in the scale": a_hole_in_the_scale,
    "a code twice": a_code_twice,
    "a name twice": a_name_twice,
    "a neutral level that is none": a_neutral_level_that_is_none,
    "a role without contact": a_role_without_contact,
    "a role no longer named as missing": a_role_no_longer_named_as_missing,
    "a role both there and missing": a_role_both_there_and_missing,
    "a contact of an unknown role": a_contact_of_an_unknown_role,
    "a deputy that is nobody": a_deputy_that_is_nobody,
    "a deputy for oneself": a_deputy_for_oneself,
    "a circle of deputies": a_circle_of_deputies,
    "a profile key left out": a_profile_key_left_out,
    "a profile key misspelt": a_profile_key_misspelt,
    "an answer without its word": an_answer_without_its_word,
    "no ladder": no_ladder,
    "days that are no number": days_that_are_no_number,
    "nothing said to be missing": nothing_said_to_be_missing,
    "still to be filled in": still_to_be_filled_in,
}
