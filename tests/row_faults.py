"""The faults that are made on purpose in an area's rows, sources and worked examples."""

from collections.abc import Iterator
from itertools import pairwise

import yaml
from area_faults import AGES_AHEAD, LONG_AGO, Faults
from pack_mutants import Folder, Mutant, Page, pairs

# --- rows, one at a time


def a_row_with(name: str, words: str, *said: str):
    """Put something else in the place of one part of each row, or add it."""

    def make(folder: Folder) -> Iterator[Mutant]:
        page = folder.thresholds
        for key, row, _, _ in folder.rows():
            held = pairs(row)
            edits = page.put(held[name][1], words) if name in held else page.insert_in(row, f"{name}: {words}")
            at = held[name][0] if name in held else (key if row.flow_style else row)
            yield Mutant(page.file, edits, page.line(at), said)

    return make


def a_row_without(name: str):
    def make(folder: Folder) -> Iterator[Mutant]:
        page = folder.thresholds
        for key, row, _, _ in folder.rows():
            yield Mutant(page.file, page.without(row, name), page.line(key), (f"{name!r} is missing",))

    return make


def a_misspelt_indicator(folder: Folder) -> Iterator[Mutant]:
    for _, row, _, _ in folder.rows():
        for way in pairs(row)["needs"][1].value:
            for item in way.value:
                words = f"{item.value}x"
                edits, line = folder.thresholds.put(item, words), folder.thresholds.line(item)
                yield Mutant(folder.thresholds.file, edits, line, (f"{words!r} is not an indicator",))


def a_row_twice(folder: Folder) -> Iterator[Mutant]:
    for key, row, rows, _ in folder.rows():
        page = folder.thresholds
        line = page.line(key)
        if not rows.flow_style:
            copy = f"{' ' * key.start_mark.column}{key.value}: {_flow(page, row)}"
            yield Mutant(page.file, page.add(line, copy), line + 1, (f"{key.value!r} is given twice",))


def a_number_twice(folder: Folder) -> Iterator[Mutant]:
    for key, row, rows, _ in folder.rows():
        page = folder.thresholds
        if "published" in pairs(row) and not rows.flow_style:
            number = pairs(row)["published"][1].value
            copy = f"{' ' * key.start_mark.column}x-another-row: {_flow(page, row)}"
            said = page.line(pairs(row)["published"][0]) + 1
            yield Mutant(page.file, page.add(page.line(key), copy), said, (f"{number} is the number of row",))


def the_same_facts_at_the_same_level(folder: Folder) -> Iterator[Mutant]:
    for key, row, rows, _ in folder.rows():
        if not rows.flow_style:
            copy = f"{' ' * key.start_mark.column}x-another-row: {_flow(folder.thresholds, row, 'published')}"
            line = folder.thresholds.line(key)
            # Whichever of the two comes later is told of.
            edits = folder.thresholds.add(line, copy)
            said = ("adds nothing", "holds of the same facts at the same level")
            yield Mutant(folder.thresholds.file, edits, line + 1, said)


def one_way_of_a_row_again(folder: Folder) -> Iterator[Mutant]:
    for key, row, rows, _ in folder.rows():
        page, ways = folder.thresholds, pairs(row)["needs"][1]
        if len(ways.value) > 1 and not rows.flow_style:
            whole = _flow(page, row, "published", "needs").removesuffix("}")
            copy = (
                f"{' ' * key.start_mark.column}x-another-row: {whole}, needs: [{_on_one_line(page, ways.value[0])}]}}"
            )
            line = page.line(key)
            yield Mutant(page.file, page.add(line, copy), line, ("row 'x-another-row' adds nothing", key.value))


def the_same_facts_at_a_higher_level(folder: Folder) -> Iterator[Mutant]:
    """The lower of two rows never decides. It is told of where it stands."""
    page, ranks = folder.thresholds, {level.code: level.rank for level in folder.seen.pack.levels}
    every = list(folder.rows())
    for key, row, rows, section in every:
        higher = [
            one
            for one in every
            if ranks[pairs(one[3])["level"][1].value] > ranks[pairs(section)["level"][1].value]
            and not one[2].flow_style
            and one[0].start_mark.line > key.start_mark.line
        ]
        if higher and not rows.flow_style:
            above = higher[0][0]
            copy = f"{' ' * above.start_mark.column}x-another-row: {_flow(page, row, 'published')}"
            edits, line = page.add(page.line(above), copy), page.line(key)
            yield Mutant(page.file, edits, line, (f"row {key.value!r} adds nothing", "row 'x-another-row'"))


def _flow(page: Page, row: yaml.MappingNode, *without: str) -> str:
    """Return a row on one line, without some of it."""
    held = (f"{name}: {_on_one_line(page, value)}" for name, (_, value) in pairs(row).items() if name not in without)
    return "{" + ", ".join(held) + "}"


def _on_one_line(page: Page, node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "[" + ", ".join(_on_one_line(page, item) for item in node.value) + "]"
    if isinstance(node, yaml.MappingNode):
        return "{" + ", ".join(f"{name}: {_on_one_line(page, value)}" for name, (_, value) in pairs(node).items()) + "}"
    # Words that stood on lines of their own may hold what means something on one line.
    return page.text_of(node) if node.style or ("," not in node.value and ":" not in node.value) else repr(node.value)


# --- sections


def a_level_that_is_none(folder: Folder) -> Iterator[Mutant]:
    for section, _ in folder.sections():
        key, level = pairs(section)["level"]
        edits, line = folder.thresholds.put(level, '"9z"'), folder.thresholds.line(key)
        yield Mutant(folder.thresholds.file, edits, line, ("'9z' is not one of",))


def rows_at_another_level(folder: Folder) -> Iterator[Mutant]:
    """Told of where the names of the rows have the level in them."""
    codes = {level.code.casefold(): level.code for level in folder.seen.pack.levels}
    for section, rows in folder.sections():
        level = pairs(section)["level"][1]
        named = [key for key in pairs(rows).values() if _named_for(key[0].value, codes) == level.value]
        for other in codes.values() if named else ():
            if other != level.value:
                edits, line = folder.thresholds.put(level, f'"{other}"'), folder.thresholds.line(named[0][0])
                yield Mutant(folder.thresholds.file, edits, line, ("row ", f"is named for {level.value}"))


def _named_for(row: str, codes: dict[str, str]) -> str:
    return codes.get(row.partition("-")[2].partition("-")[0], "")


def a_section_at_another_level(folder: Folder) -> Iterator[Mutant]:
    """Told of where its name has the level in it. Elsewhere only a worked example can show it."""
    codes = [level.code for level in folder.seen.pack.levels]
    for name, (_, section) in pairs(folder.thresholds.at("sections")).items():
        held = pairs(section)
        for value in [one for _, one in pairs(held["values"][1]).values()] if "values" in held else [section]:
            key, level = pairs(value)["level"]
            own = level.value.casefold()
            is_code_alone = own.isalnum() and not own.isalpha() and not own.isdigit()
            if (
                name.startswith(f"level-{own}")
                or name.endswith(f"-{own}")
                or (is_code_alone and own in name.split("-"))
            ):
                for other in codes:
                    if other != level.value:
                        edits, line = folder.thresholds.put(level, f'"{other}"'), folder.thresholds.line(key)
                        said = (f"section {name!r} stands at level {other}", f"named for {level.value}")
                        yield Mutant(folder.thresholds.file, edits, line, said)


def a_level_without_rows(folder: Folder) -> Iterator[Mutant]:
    page = folder.thresholds
    line = folder.area.line(pairs(folder.area.root)["missing"][0])
    for level in folder.seen.pack.levels[1:]:
        mine = [rows for section, rows in folder.sections() if pairs(section)["level"][1].value == level.code]
        named = any(level.name.casefold() in words.casefold() for words in folder.seen.pack.missing)
        numbers = any(f" {level.code}" in words for words in folder.seen.pack.missing)
        # A level that is named under `missing` may stay without rows.
        if mine and not named and not numbers:
            edits = tuple(edit for rows in mine for edit in page.put(rows, "  {}"))
            yield Mutant(page.file, edits, line, (f"level {level.code}", "has no rows"), folder.area.file)


def a_row_for_everywhere(folder: Folder) -> Iterator[Mutant]:
    # England's own rows may hold everywhere.
    if folder.seen.pack.area != "england":
        for section, _ in folder.sections():
            line = folder.thresholds.line(section)
            edits = folder.thresholds.insert_in(section, "everywhere: true")
            yield Mutant(folder.thresholds.file, edits, line, ("only England's pack",))


def danger_at_a_low_level_by_judgement(folder: Folder) -> Iterator[Mutant]:
    yield from _danger(folder, "basis: professional_judgement, ", "by our own judgement")


def danger_at_a_low_level_as_published(folder: Folder) -> Iterator[Mutant]:
    yield from _danger(folder, "", "the danger sign wins")


def _danger(folder: Folder, basis: str, said: str) -> Iterator[Mutant]:
    page, reaching = folder.thresholds, {level.code for level in folder.seen.pack.levels if 4 in level.neutral}
    for section, rows in folder.sections():
        for key, _ in list(pairs(rows).values())[:1]:
            if pairs(section)["level"][1].value in reaching or rows.flow_style:
                continue
            for sign in ("suicide_attempt", "fgm_disclosed", "non_mobile_injury"):
                row = f"x-danger: {{{basis}domain: child, words: danger, needs: [[{sign}]]}}"
                edits, line = page.add(page.line(key), " " * key.start_mark.column + row), page.line(key)
                yield Mutant(page.file, edits, line, ("row 'x-danger'", said))


# --- sources


def a_document_without(name: str):
    def make(folder: Folder) -> Iterator[Mutant]:
        page = folder.sources
        for key, source in pairs(page.at("sources")).values():
            yield Mutant(page.file, page.without(source, name), page.line(key), (f"{name!r} is missing",))

    return make


def a_document_with(name: str, words: str, said: str, *, whole: bool = False):
    def make(folder: Folder) -> Iterator[Mutant]:
        page = folder.sources
        for key, source in pairs(page.at("sources")).values():
            at, value = pairs(source)[name]
            yield Mutant(page.file, page.put(value, words), page.line(key if whole else at), (said,))

    return make


def a_document_twice(folder: Folder) -> Iterator[Mutant]:
    page = folder.sources
    known = list(pairs(page.at("sources")).values())
    for (first, _), (second, _) in pairwise(known):
        yield Mutant(page.file, page.put(second, first.value), page.line(second), (f"{first.value!r} is given twice",))


# --- worked examples


def _cases(folder: Folder) -> list[yaml.MappingNode]:
    root = folder.cases.root
    return list(root.value if isinstance(root, yaml.SequenceNode) else pairs(root)["cases"][1].value)


def a_case_without_its_level(folder: Folder) -> Iterator[Mutant]:
    page = folder.cases
    for case in _cases(folder):
        expect = pairs(case)["expect"][1]
        key, outcome = pairs(expect)["outcome"]
        if outcome.value == "level":
            yield Mutant(page.file, page.without(expect, "level"), page.line(key), ("says at which",))


def a_case_of_an_unknown_level(folder: Folder) -> Iterator[Mutant]:
    for case in _cases(folder):
        expect = pairs(pairs(case)["expect"][1])
        if "level" in expect:
            edits, line = folder.cases.put(expect["level"][1], '"9z"'), folder.cases.line(expect["level"][0])
            yield Mutant(folder.cases.file, edits, line, ("has no level '9z'",))


def a_case_of_an_unknown_exit(folder: Folder) -> Iterator[Mutant]:
    for case in _cases(folder):
        expect = pairs(pairs(case)["expect"][1])
        if "exit" in expect:
            edits, line = folder.cases.put(expect["exit"][1], "back_door"), folder.cases.line(expect["exit"][0])
            yield Mutant(folder.cases.file, edits, line, ("'back_door' is not one of",))


def a_case_that_ends_in_no_known_way(folder: Folder) -> Iterator[Mutant]:
    for case in _cases(folder):
        key, outcome = pairs(pairs(case)["expect"][1])["outcome"]
        edits, line = folder.cases.put(outcome, "levle"), folder.cases.line(key)
        yield Mutant(folder.cases.file, edits, line, ("'levle' is not one of",))


def a_case_of_an_unknown_indicator(folder: Folder) -> Iterator[Mutant]:
    for case in _cases(folder):
        facts = pairs(pairs(case)["facts"][1])
        for key, _ in pairs(facts["indicators"][1]).values() if "indicators" in facts else ():
            edits, line = folder.cases.put(key, f"{key.value}x"), folder.cases.line(key)
            yield Mutant(folder.cases.file, edits, line, (f"{key.value + 'x'!r} is not a known indicator",))


def a_case_of_an_unknown_question(folder: Folder) -> Iterator[Mutant]:
    for case in _cases(folder):
        facts = pairs(pairs(case)["facts"][1])
        for key, _ in pairs(facts["answers"][1]).values() if "answers" in facts else ():
            edits, line = folder.cases.put(key, f"{key.value}x"), folder.cases.line(key)
            yield Mutant(folder.cases.file, edits, line, (f"{key.value + 'x'!r} is not a known question",))


def a_case_of_an_unknown_answer(folder: Folder) -> Iterator[Mutant]:
    for case in _cases(folder):
        facts = pairs(pairs(case)["facts"][1])
        for key, value in pairs(facts["answers"][1]).values() if "answers" in facts else ():
            question = folder.seen.national.questions.get(key.value)
            # A question that is answered in somebody's own words takes any.
            if question is not None and question.kind not in ("text", "scale"):
                edits = folder.cases.put(value, "[nonsense]" if isinstance(value, yaml.SequenceNode) else "nonsense")
                yield Mutant(folder.cases.file, edits, folder.cases.line(value), ("'nonsense' is not an answer",))


def a_case_of_an_unknown_reason(folder: Folder) -> Iterator[Mutant]:
    for case in _cases(folder):
        expect = pairs(pairs(case)["expect"][1])
        for reason in expect["because"][1].value if "because" in expect else ():
            edits, line = folder.cases.put(reason, "no-such-row"), folder.cases.line(reason)
            yield Mutant(folder.cases.file, edits, line, ("neither a row nor a red flag",))


def a_case_twice(folder: Folder) -> Iterator[Mutant]:
    cases = _cases(folder)
    for first, second in pairwise(cases):
        key, name = pairs(second)["name"]
        edits = folder.cases.put(name, folder.cases.text_of(pairs(first)["name"][1]))
        yield Mutant(folder.cases.file, edits, folder.cases.line(key), ("a case of this name",))


def no_case_at_the_top(folder: Folder) -> Iterator[Mutant]:
    cases, levels = _cases(folder), folder.seen.pack.levels
    at_top = [case for case in cases if levels and _level(case) == levels[-1].code]
    if at_top:
        edits = tuple(
            edit
            for case in at_top
            for edit in folder.cases.put(pairs(pairs(case)["expect"][1])["level"][1], f'"{levels[0].code}"')
        )
        line = folder.cases.root.start_mark.line + 1
        yield Mutant(folder.cases.file, edits, line, ("no case comes out at the highest level",))


def _level(case: yaml.MappingNode) -> str:
    expect = pairs(pairs(case)["expect"][1])
    return expect["level"][1].value if "level" in expect else ""


IN_ROWS: Faults = {
    "a row without words": a_row_without("words"),
    "a row without domain": a_row_without("domain"),
    "a row without needs": a_row_without("needs"),
    "a row of no domain": a_row_with("domain", "school", "'school' is not one of"),
    "a row of no basis": a_row_with("basis", "habit", "'habit' is not one of"),
    "a row of no number": a_row_with("published", "one", "'one' is not a stable number"),
    "a row that needs nothing": a_row_with("needs", "[]", "at least one indicator"),
    "a row with an unknown question": a_row_with("given", "{shoe_size: [big]}", "'shoe_size' is not a question"),
    "a row with an unknown answer": a_row_with("given", "{age_band: [ancient]}", "'ancient' is not an answer"),
    "a row that rests on not knowing": a_row_with("given", "{age_band: [unknown]}", "a row cannot rest on it"),
    "a row that weighs nothing known": a_row_with("weighed", "[the_weather]", "'the_weather' is not an adjustment"),
    "a row with a key too many": a_row_with("colour", "red", "'colour' is not a known key"),
    "a misspelt indicator": a_misspelt_indicator,
    "a row twice": a_row_twice,
    "a number twice": a_number_twice,
    "the same facts at the same level": the_same_facts_at_the_same_level,
    "one way of a row again": one_way_of_a_row_again,
    "the same facts at a higher level": the_same_facts_at_a_higher_level,
    "a level that is none": a_level_that_is_none,
    "a section at another level": a_section_at_another_level,
    "rows at another level": rows_at_another_level,
    "a level without rows": a_level_without_rows,
    "a row for everywhere": a_row_for_everywhere,
    "danger at a low level by judgement": danger_at_a_low_level_by_judgement,
    "danger at a low level as published": danger_at_a_low_level_as_published,
    "a document without title": a_document_without("title"),
    "a document without publisher": a_document_without("publisher"),
    "a document without date": a_document_without("dated"),
    "a document nobody looked at": a_document_without("verified"),
    "a document never due": a_document_without("review_months"),
    "a document due long ago": a_document_with("verified", LONG_AGO, "was due to be looked at again", whole=True),
    "a document looked at tomorrow": a_document_with("verified", AGES_AHEAD, "cannot have been checked"),
    "a document due too late": a_document_with("review_months", "600", "is too long"),
    "a document twice": a_document_twice,
    "a case without its level": a_case_without_its_level,
    "a case of an unknown level": a_case_of_an_unknown_level,
    "a case of an unknown exit": a_case_of_an_unknown_exit,
    "a case that ends in no known way": a_case_that_ends_in_no_known_way,
    "a case of an unknown indicator": a_case_of_an_unknown_indicator,
    "a case of an unknown question": a_case_of_an_unknown_question,
    "a case of an unknown answer": a_case_of_an_unknown_answer,
    "a case of an unknown reason": a_case_of_an_unknown_reason,
    "a case twice": a_case_twice,
    "no case at the top": no_case_at_the_top,
}
