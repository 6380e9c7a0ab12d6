"""Faults made on purpose in the national part: every check of it finds what it is for, where it is."""

import random
from datetime import date
from pathlib import Path

import pytest
from pack_mutants import Edits, Mutant, Page, pairs

from bot.knowledge.check import findings
from bot.knowledge.checks import calendar

ENGLAND, FLOOR = "national/england", "areas/E92000001-england"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def before(root):
    return frozenset(findings(root, TODAY, "england"))


def _told(copy: Path, file: str, edits: Edits, before, root: Path):
    """Return what is newly said of a copy with one fault, as (file, line, words)."""
    page = copy / file
    page.write_text(Mutant(page, edits, None, ()).made_in(page.read_text("utf-8")), "utf-8")
    said = {(str(f.file.relative_to(root)), f.line, f.words) for f in before}
    now = {(str(f.file.relative_to(copy)), f.line, f.words) for f in findings(copy, TODAY, "england")}
    return now - said


def _is_told(found, file: str, line: int, words: str) -> bool:
    return any(one[:2] == (file, line) and words in one[2] for one in found)


def _line(file: Path, start: str) -> int:
    return next(n for n, words in enumerate(file.read_text("utf-8").splitlines(), 1) if words.startswith(start))


def _own_rows(page: Page):
    """Yield every row of England's that is of one indicator alone: the rows it is among, its name and the indicator."""
    for _, section in pairs(page.at("sections")).values():
        rows = pairs(section)["rows"][1]
        for name, (_, row) in pairs(rows).items():
            ways = pairs(row)["needs"][1].value
            if "everywhere" not in pairs(section) and len(pairs(rows)) > 1 and [len(w.value) for w in ways] == [1]:
                yield rows, name, ways[0].value[0].value


@pytest.mark.parametrize("seed", range(4))
def test_an_indicator_without_a_row_of_england_s_is_named(copy, root, before, seed):
    page = Page(copy / FLOOR / "thresholds.yml")
    rows, name, indicator = random.Random(seed).choice(list(_own_rows(page)))

    found = _told(copy, f"{FLOOR}/thresholds.yml", page.without(rows, name), before, root)

    (file,) = [f for f in (copy / ENGLAND / "indicators").glob("*.yml") if f"\n  {indicator}:" in f.read_text("utf-8")]
    line = _line(file, f"  {indicator}:")
    assert _is_told(found, f"{ENGLAND}/indicators/{file.name}", line, f"has no row for {indicator!r} alone")


def test_a_row_that_holds_everywhere_and_is_no_combination_is_named(copy, root, before):
    page = Page(copy / FLOOR / "thresholds.yml")
    section = next(s for _, s in pairs(page.at("sections")).values() if pairs(s)["level"][1].value == "N2")
    key, _ = next(iter(pairs(pairs(section)["rows"][1]).values()))

    found = _told(copy, f"{FLOOR}/thresholds.yml", page.insert_in(section, "everywhere: true"), before, root)

    assert _is_told(found, f"{FLOOR}/thresholds.yml", page.line(key) + 1, "holds everywhere and is no combination")


@pytest.mark.parametrize("seed", range(3))
def test_an_indicator_that_lost_its_patterns_is_named_where_rows_rest_on_it(copy, root, before, seed):
    drawn = random.Random(seed)
    files = [f for f in sorted((copy / ENGLAND / "reading").glob("*.yml")) if f.stem != "strengths"]
    questions = (copy / ENGLAND / "questions.yml").read_text("utf-8")
    implied = "".join(f.read_text("utf-8") for f in (copy / ENGLAND / "indicators").glob("*.yml")).split("implies:")
    page = Page(drawn.choice(files))
    # What an answer tells, or another indicator brings with it, can do without patterns.
    alone = [
        name
        for name in pairs(page.at("patterns"))
        if name not in questions and not any(name in more.partition("]")[0] for more in implied[1:])
    ]
    lost = drawn.choice(alone)

    found = _told(copy, f"{ENGLAND}/reading/{page.file.name}", page.without(page.at("patterns"), lost), before, root)

    rows = (copy / FLOOR / "thresholds.yml").read_text("utf-8").splitlines()
    line = next(n for n, words in enumerate(rows, 1) if f"[[{lost}]]" in words)
    assert _is_told(found, f"{FLOOR}/thresholds.yml", line, f"nothing tells {lost!r}")


def test_a_bank_holiday_too_few_is_named(copy, root, before):
    file = f"{ENGLAND}/bank_holidays.yml"
    page = Page(copy / file)
    for day in list(pairs(page.at("days")))[::8]:
        text = page.file.read_text("utf-8")
        found = _told(copy, file, page.without(page.at("days"), day), before, root)
        page.file.write_text(text, "utf-8")

        assert _is_told(found, file, _line(page.file, "days:"), f"{day[:4]} has 7 bank holidays")


def test_a_bank_holiday_that_only_the_library_knows_is_named_and_one_that_it_does_not_know_is_noted(root, copy):
    list_of = copy / ENGLAND / "bank_holidays.yml"
    text = list_of.read_text("utf-8").replace("  2027-05-03: Early May", "  2027-05-04: Early May")
    list_of.write_text(text, "utf-8")
    found = {finding.words.partition(":")[0]: finding.is_note for finding in calendar.bank_holidays(copy, TODAY)}

    assert found == {
        "2027-05-03 is a bank holiday by the library, and not in this list": False,
        "2027-05-04 is not known to the library": True,
    }
    assert not list(calendar.bank_holidays(root, TODAY))


MOVED = {
    "a bank holiday on a weekend": ("2026-12-28", "2026-12-26", "is on a weekend"),
    "a bank holiday after the end of the list": ("2028-12-26", "2029-01-01", "is after 'until'"),
    "a bank holiday that is no day": ("2026-12-28", "2026-12-32", "is not a day"),
}


@pytest.mark.parametrize("kind", MOVED)
def test_the_calendar_has_no(kind, copy, root, before):
    day, other, words = MOVED[kind]
    file = f"{ENGLAND}/bank_holidays.yml"
    page = Page(copy / file)
    key, _ = pairs(page.at("days"))[day]

    assert _is_told(_told(copy, file, page.put(key, other), before, root), file, page.line(key), words)


@pytest.mark.parametrize(
    "name", ["red_flags.yml", "adjustments.yml", "contacts.yml", "early_help.yml", "questions.yml"]
)
def test_a_national_value_that_starts_ages_ahead_or_was_checked_tomorrow_is_named(name, copy, root, before):
    page = Page(copy / ENGLAND / name)
    file = f"{ENGLAND}/{name}"
    drawn = random.Random(name)
    for key, value, words in (
        ("from", "2062-01-01", "starts "),
        ("verified", "2031-01-01", "cannot have been checked"),
    ):
        held = [m for path, _, m in page.mappings if key in pairs(m)]
        if held:
            at, day = pairs(drawn.choice(held))[key]
            text = page.file.read_text("utf-8")
            found = _told(copy, file, page.put(day, value), before, root)
            page.file.write_text(text, "utf-8")

            assert any(words in one[2] for one in found), f"{key} in line {page.line(at)}: {found}"
            # Where nothing is left at all, the loader says so of the whole part.
            if not any("was asked for on" in one[2] for one in found):
                assert _is_told(found, file, page.line(at), words)


def test_broken_national_yaml_is_one_problem_with_its_line(copy, root, before):
    file = f"{ENGLAND}/red_flags.yml"
    page = Page(copy / file)
    lines = page.text.splitlines()
    line = next(n for n, words in enumerate(lines, 1) if words.startswith("  danger_now:"))
    end = page.add(line + 1, "")[0][0] - 1

    found = _told(copy, file, ((end, end, "}"),), before, root)

    assert [one[:2] for one in found] == [(file, line)]
    assert "not valid YAML" in next(iter(found))[2]


def test_a_folder_that_is_no_area_is_named(copy, root, before):
    (copy / "areas" / "bexley").mkdir()

    words = [f.words for f in findings(copy, TODAY, "england") if f.file.parent.name == "bexley"]

    assert words == ["the folder is not called by a code and a short name: E10000016-kent"]


def test_a_condition_on_what_nothing_tells_is_named(copy, root, before):
    file = f"{ENGLAND}/indicators/neglect.yml"
    page = Page(copy / file)
    _told(
        copy, file, page.insert_in(page.at("indicators"), "never_told: {words: something, domain: child}"), before, root
    )
    for name, old in (("red_flags.yml", "[suicide_attempt]"), ("adjustments.yml", "[several_children_affected]")):
        text = (copy / ENGLAND / name).read_text("utf-8")
        start = text.index(old)

        found = _told(copy, f"{ENGLAND}/{name}", ((start, start + len(old), "[never_told]"),), before, root)

        assert _is_told(found, f"{ENGLAND}/{name}", text[:start].count("\n") + 1, "nothing tells 'never_told'")
