"""A row that can never decide anything is found by trying every way in which it holds."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from pack_mutants import Folder, pairs

from bot.knowledge.check import known_nationally
from bot.knowledge.checks.written import folders, written
from bot.thresholds import pack_checks

ROOT = Path(__file__).resolve().parents[3] / "knowledge_base"
TODAY = date(2026, 11, 22)
KENT = "E10000016-kent"


@pytest.fixture(scope="module")
def nation():
    return known_nationally(ROOT, TODAY)


@pytest.fixture
def kent(tmp_path, nation) -> Folder:
    here = Path(shutil.copytree(ROOT / "areas" / KENT, tmp_path / "areas" / KENT))
    return Folder(here, written(here, nation))


def _with_row(folder: Folder, level: str, row: str) -> int:
    """Add a row to the first section of a level, and return its line."""
    page = folder.thresholds
    for section, rows in folder.sections():
        if pairs(section)["level"][1].value == level:
            first = next(iter(pairs(rows).values()))[0]
            ((start, _, words),) = page.add(page.line(first), " " * first.start_mark.column + row)
            page.file.write_text(page.text[:start] + words + page.text[start:], "utf-8")
            return page.line(first)
    raise AssertionError(f"no section of level {level}")


def _row(needs: str, more: str = "") -> str:
    return f"x-tried: {{{more}domain: child, words: tried, needs: {needs}}}"


# level of the row, what it needs, and the row above that always holds as well
NEVER_DECIDES = {
    "the same indicator higher up": ("2", _row("[[absence_persistent]]"), "kent-3-absence"),
    "a stronger indicator, which implies the higher row's": ("3", _row("[[missing_frequent]]"), "kent-4-missing"),
    "one fact more than the higher row asks": ("2", _row("[[absence_persistent, bereavement]]"), "kent-3-absence"),
    "an answer more than the higher row asks": (
        "2",
        _row("[[absence_persistent]]", "given: {age_band: [under_1, '5_9']}, "),
        "kent-3-absence",
    ),
    "two ways, each with a higher row of its own": (
        "2",
        _row("[[absence_persistent], [dental_decay_untreated]]"),
        "kent-3-",
    ),
}


@pytest.mark.parametrize("kind", NEVER_DECIDES)
def test_a_row_never_decides_because_of(kind, kent, nation):
    level, row, above = NEVER_DECIDES[kind]
    line = _with_row(kent, level, row)

    (found,) = [f for f in pack_checks.of_area(kent.here, nation) if "'x-tried'" in f.words]

    assert not found.is_note
    assert (found.file, found.line) == (kent.thresholds.file, line)
    assert f"never decides: whatever makes it hold makes row '{above}" in found.words


LEFT_ALONE = {
    "a milder indicator than the higher row's": ("2", _row("[[absence_occasional]]")),
    "one way of two that no higher row shares": ("2", _row("[[absence_persistent], [bereavement]]")),
    "a row of the highest level": ("4", _row("[[absence_persistent]]")),
    "the same level as the row that implies it": ("3", _row("[[absence_persistent, bereavement]]")),
}


@pytest.mark.parametrize("kind", LEFT_ALONE)
def test_a_row_may_decide_with(kind, kent, nation):
    level, row = LEFT_ALONE[kind]
    _with_row(kent, level, row)

    assert [str(f) for f in pack_checks.of_area(kent.here, nation) if "'x-tried'" in f.words] == []


def test_every_row_of_the_real_packs_put_one_level_too_low_is_found(kent, nation):
    """Each row above the lowest level once more, a level lower and without its own: it never decides."""
    levels = [level.code for level in kent.seen.pack.levels]
    text = kent.thresholds.text
    missed = []
    for row in kent.seen.pack.rows:
        lower = levels[levels.index(row.level.code) - 1]
        if row.level.rank <= 2 or kent.seen.is_strength(row):
            continue
        needs = "[" + ", ".join("[" + ", ".join(sorted(way)) + "]" for way in row.needs) + "]"
        line = _with_row(kent, lower, _row(needs))
        if not any(f.line == line and "never decides" in f.words for f in pack_checks.of_area(kent.here, nation)):
            missed.append(row.id)
        kent.thresholds.file.write_text(text, "utf-8")

    assert missed == []


def test_no_row_of_the_real_packs_is_for_nothing(nation):
    found = [str(f) for here in folders(ROOT) for f in pack_checks.of_area(here, nation) if not f.is_note]

    assert found == []


def test_a_national_combination_that_outdoes_a_row_is_a_note(kent, nation):
    combination = next(row for row in nation.national.floor.rows if row.everywhere and row.level.code == "N4")
    needs = "[[" + ", ".join(sorted(combination.needs[0])) + "]]"
    given = ", ".join(f"{q}: {sorted(values)}" for q, values in combination.given.items())
    _with_row(kent, "2", _row(needs, f"given: {{{given}}}, " if given else ""))

    found = [f for f in pack_checks.of_area(kent.here, nation) if "'x-tried'" in f.words]

    assert [(f.is_note, "England's row" in f.words) for f in found] == [(True, True)]


def test_an_area_that_cannot_be_read_is_left_to_the_other_checks(kent, nation):
    kent.area.file.write_text("name: [", "utf-8")

    assert pack_checks.of_area(kent.here, nation) == []
