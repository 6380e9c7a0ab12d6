"""A pack with anything wrong in it is refused, with the file and the line."""

import pytest

from bot.knowledge import PackError, load_area, load_national, reading_patterns

KENT = "areas/E10000016-kent"
ENGLAND = "national/england"

ROWS = f"{KENT}/thresholds.yml"
AREA = f"{KENT}/area.yml"
SOURCES = f"{KENT}/sources.yml"
HELP = f"{KENT}/early_help.yml"
FLAGS = f"{ENGLAND}/red_flags.yml"
ADJUST = f"{ENGLAND}/adjustments.yml"
ASK = f"{ENGLAND}/questions.yml"
NEGLECT = f"{ENGLAND}/indicators/neglect.yml"

# file, what stands there, what is put in its place, words of the refusal
BROKEN_AREAS = {
    "a row without a source": (ROWS, "        source: kent-level-2\n", "", "'source' is missing"),
    "a source that nobody knows": (ROWS, "source: kent-level-2", "source: kent-levl-2", "in no sources.yml"),
    "rows that nobody verified": (ROWS, "        verified: 2026-11-02\n", "", "'verified' is missing"),
    "a day that is none": (ROWS, "verified: 2026-11-02", "verified: 2026-11-31", "not a day"),
    "a start that is no day": (ROWS, "      2018-10-01:", "      soon:", "undated"),
    "a level that the scheme lacks": (ROWS, 'level: "2"', 'level: "5"', "not one of: 1, 2, 3, 4"),
    "an indicator that nobody knows": (ROWS, "[[suspension]]", "[[suspention]]", "not an indicator"),
    "a row that needs nothing": (ROWS, "[[suspension]]", "[]", "at least one indicator"),
    "a misspelt key": (ROWS, "domain: child, words: misses", "domian: child, words: misses", "'domian'"),
    "a row given twice": (ROWS, "kent-2-suspension:", "kent-2-absence:", "given twice"),
    "a row in two sections": (ROWS, "kent-3-absence:", "kent-2-absence:", "another section"),
    "an unknown domain": (ROWS, "domain: child", "domain: school", "not one of: child"),
    "a number that is not stable": (ROWS, "IND-001", "one", "stable number"),
    "a word that is neither withdrawn nor expected": (
        AREA,
        "{value: 03000 419191",
        "gone #",
        "not one of: withdrawn, expected",
    ),
    "an undated contact": (
        AREA,
        "      2018-10-01: {value: 03000 411111",
        "      x: {value: 03000 411111",
        "undated",
    ),
    "a contact without hours": (AREA, "hours: outside office hours, ", "", "'hours' is missing"),
    "an undated profile value": (
        AREA,
        "value: not published, from: 2018-10-01,",
        "value: not published,",
        "undated",
    ),
    "a misspelt key at the top": (AREA, "missing:\n", "mising:\n", "'mising'"),
    "neutral levels that are not neighbours": (
        AREA,
        "neutral: [N2, N3]",
        "neutral: [N1, N3]",
        "neighbouring",
    ),
    "a level's code used twice": (AREA, 'code: "2"', 'code: "1"', "given twice"),
    "a source without its date": (SOURCES, "    dated: in use since", "    datum: in use since", "'datum'"),
    "a source that is national already": (SOURCES, "  kent-guidance:", "  kcsie-2025:", "exists already"),
    "help for a level that is not there": (HELP, 'levels: ["2"]', 'levels: ["2b"]', "not one of"),
    "help for no such category": (HELP, "[neglect,", "[neglct,", "'neglct'"),
    "a misspelt default": (HELP, "defaults: {from:", "defaults: {form:", "'form'"),
    "broken YAML": (AREA, "name: Kent", "name: 'Kent", "not valid YAML"),
}

BROKEN_NATIONAL = {
    "a flag with no way out": (FLAGS, "exit: lado", "exit: laod", "'laod'"),
    "a flag on an unknown indicator": (FLAGS, "[suicide_attempt]", "[suicde_attempt]", "not an indicator"),
    "a flag on an unknown question": (FLAGS, "answers: {in_danger:", "answers: {danger:", "not a question"),
    "a flag on an answer nobody can give": (FLAGS, 'in_danger: ["yes"]', "in_danger: [yess]", "'yess'"),
    "a flag that always holds": (
        FLAGS,
        "{indicators: [suicide_attempt]}",
        "{}",
        "at least one indicator or answer",
    ),
    "an unverified flag": (FLAGS, "verified: 2026-11-02, ", "", "'verified' is missing"),
    "an undated flag": (FLAGS, "defaults: {from: 2015-11-01, ", "defaults: {", "undated"),
    "a floor without a level": (ADJUST, "    floor: 3\n", "", "a floor names"),
    "a raise with a floor": (ADJUST, "kind: raise,", "kind: raise, floor: 3,", "nothing else does"),
    "an adjustment without a reason": (
        ADJUST,
        ", when: [{indicators: [several_children_affected]}]",
        "",
        "say either",
    ),
    "a basis that is neither": (ADJUST, "professional_judgement}", "habit}", "'habit'"),
    "a question that cannot be left open": (
        ASK,
        "{kind: text, options: {unknown: {}}}",
        "{kind: text, options: {}}",
        "'unknown'",
    ),
    "an answer about an unknown indicator": (ASK, "[staff_concern]", "[staf]", "not an indicator"),
    "a circle of implications": (
        NEGLECT,
        'basic needs not being met", domain: parenting}',
        'basic needs not being met", domain: parenting, implies: [neglect_severe]}',
        "circle",
    ),
    "an indicator of two categories": (
        f"{ENGLAND}/indicators/young_carer_disability.yml",
        "  young_carer:",
        "  hungry:",
        "exists already",
    ),
    "an implication of nothing": (NEGLECT, "implies: [hungry,", "implies: [hungri,", "'hungri'"),
    "a category in the wrong file": (
        NEGLECT,
        "category: neglect",
        "category: attendance",
        "should be 'neglect'",
    ),
    "a source nobody looked at": (
        f"{ENGLAND}/sources.yml",
        "    verified: 2026-11-02\n",
        "",
        "'verified' is missing",
    ),
}

# These refuse a whole block, so the line is where the block starts and not where something is left out.
WHOLE_BLOCK = ("is missing", "a floor names", "say either", "undated", "circle", "not valid YAML")


def _refusal(load):
    with pytest.raises(PackError) as caught:
        load()
    return caught.value


def _is_placed(refusal, copy, file, line, words):
    assert refusal.file == copy / file
    assert words in refusal.wrong
    assert str(refusal) == f"{copy / file}, line {refusal.line}: {refusal.wrong}"
    if not any(block in refusal.wrong for block in WHOLE_BLOCK):
        assert refusal.line == line, refusal.wrong


@pytest.mark.parametrize(("file", "old", "new", "words"), BROKEN_AREAS.values(), ids=BROKEN_AREAS.keys())
def test_an_area_is_refused_for(copy, edit, on, file, old, new, words):
    line = edit(file, old, new)

    refusal = _refusal(lambda: load_area(copy, "kent", on))

    _is_placed(refusal, copy, file, line, words)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"), BROKEN_NATIONAL.values(), ids=BROKEN_NATIONAL.keys()
)
def test_the_national_part_is_refused_for(copy, edit, on, file, old, new, words):
    line = edit(file, old, new)

    refusal = _refusal(lambda: load_national(copy, on))

    if words == "circle":
        assert "neglect_severe" in refusal.wrong
    _is_placed(refusal, copy, file, line, words)


def test_one_broken_area_does_not_take_the_others_with_it(copy, edit, on):
    edit(AREA, "name: Kent", "nam: Kent")

    assert load_area(copy, "buckinghamshire", on).name == "Buckinghamshire"


def test_a_missing_file_is_named(copy, on):
    (copy / KENT / "thresholds.yml").unlink()

    refusal = _refusal(lambda: load_area(copy, "kent", on))

    assert refusal.file.name == "thresholds.yml"
    assert "missing" in refusal.wrong


def test_a_pattern_for_an_unknown_indicator_is_refused(copy):
    folder = copy / ENGLAND / "reading"
    for old in folder.glob("*.yml"):
        old.unlink()
    patterns = 'category: neglect\npatterns:\n  hungri:\n  - "always hungry"\n'
    (folder / "neglect.yml").write_text(patterns, "utf-8")

    refusal = _refusal(lambda: reading_patterns(copy))

    assert (refusal.file.name, refusal.line) == ("neglect.yml", 3)


# What an editor may write in more than one way.
LEFT_ALONE = {
    "no and yes without quotes": (ASK, '"yes": {}, "no": {}', "yes: {}, no: {}"),
    "a level without quotes": (ROWS, 'level: "2"', "level: 2"),
    "a number that starts with a nought": (AREA, "value: 03000 419191", "value: 03000419191"),
    "words over two lines": (AREA, "name: Universal\n", "name: >-\n          Univer\n          sal\n"),
    "a comment": (AREA, "name: Kent\n", "name: Kent  # the county, not Medway\n"),
}


@pytest.mark.parametrize(("file", "old", "new"), LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_a_pack_is_not_refused_for(copy, edit, on, file, old, new):
    edit(file, old, new)

    assert load_national(copy, on).questions
    assert load_area(copy, "kent", on).rows


def test_a_number_is_kept_as_it_was_typed(copy, edit, on):
    edit(AREA, "value: 03000 419191", "value: 0162200")

    assert load_area(copy, "kent", on).contacts["out_of_hours"].value == "0162200"
