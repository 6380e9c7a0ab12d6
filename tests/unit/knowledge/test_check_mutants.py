"""Every check finds what it is for: faults are made on purpose in the real packs, and each has to be told of.

One fault at a time, at places chosen by a seeded generator (at every place with `-m soak`). A fault counts as caught
if something is said that was not said before, of the right file, on the right line, in the right words.
"""

import random
import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from area_faults import IN_AREA_YML
from pack_mutants import Folder, Mutant, pairs
from row_faults import IN_ROWS

from bot.knowledge.check import known_nationally, of_area
from bot.knowledge.checks import gaps
from bot.knowledge.checks.finding import Finding
from bot.knowledge.checks.written import folders, written
from bot.knowledge.vocabulary import CATEGORIES

KNOWLEDGE_BASE = Path(__file__).resolve().parents[3] / "knowledge_base"
ON = date(2026, 11, 22)
EACH = 4
IN_AREAS = {**IN_AREA_YML, **IN_ROWS}


@pytest.fixture(scope="module")
def nation():
    return known_nationally(KNOWLEDGE_BASE, ON)


@pytest.fixture(scope="module")
def areas(nation, tmp_path_factory):
    """Every real area in a folder of its own, and what is said of it before anything is wrong."""
    root = tmp_path_factory.mktemp("knowledge")
    found = []
    for real in folders(KNOWLEDGE_BASE):
        here = Path(shutil.copytree(real, root / "areas" / real.name))
        found.append((Folder(here, written(here, nation)), frozenset(of_area(here, nation))))
    return found


def _new(mutant: Mutant, here, before, nation) -> list[Finding]:
    """Return what is said of an area with the fault, and was not said without it."""
    whole = mutant.file.read_text("utf-8")
    assert mutant.made_in(whole) != whole, f"nothing was changed: {mutant.words}"
    mutant.file.write_text(mutant.made_in(whole), "utf-8")
    try:
        return sorted(set(of_area(here, nation)) - before)
    finally:
        mutant.file.write_text(whole, "utf-8")


def _is_told(mutant: Mutant, found: list[Finding]) -> bool:
    return any(
        finding.file == mutant.place
        and mutant.line in (None, finding.line)
        and all(part in finding.words for part in mutant.words)
        for finding in found
    )


def _missed(mutants, nation) -> list[str]:
    missed = []
    for folder, before, mutant in mutants:
        found = _new(mutant, folder.here, before, nation)
        if not _is_told(mutant, found):
            said = "; ".join(map(str, found)) or "nothing"
            where = f"{folder.here.name}/{mutant.place.name}, line {mutant.line}"
            missed.append(f"{where}: {mutant.words}, but said was: {said}")
    return missed


def _every(fault: str, areas):
    return [(folder, before, mutant) for folder, before in areas for mutant in IN_AREAS[fault](folder)]


@pytest.mark.parametrize("fault", IN_AREAS)
def test_a_fault_is_told_of_where_it_is(fault, areas, nation):
    every = _every(fault, areas)

    assert every, "a fault that no pack has a place for is never tried"
    assert _missed(random.Random(fault).sample(every, min(EACH, len(every))), nation) == []


def test_an_indicator_that_nothing_tells_is_told_of_in_every_row_that_needs_it(areas, nation):
    drawn = random.Random(4)
    for folder, before in areas:
        rows = [row for row in folder.seen.pack.rows if row.needs]
        for row in drawn.sample(rows, min(2, len(rows))):
            silent = drawn.choice(sorted(frozenset().union(*row.needs)))
            less = replace(nation, tellable=nation.tellable - {silent})

            found = set(of_area(folder.here, less)) - before

            told = {(f.line, f.words.split(" ")[1]) for f in found if f"nothing tells {silent!r}" in f.words}
            lines = folder.thresholds.text.splitlines()
            assert told, f"{folder.here.name}: {row.id} needs {silent}"
            assert {name for _, name in told} == {repr(r.id) for r in folder.seen.pack.rows if _needs(r, silent)}
            assert all(silent in lines[line - 1] for line, _ in told)


def _needs(row, indicator) -> bool:
    return any(indicator in way for way in row.needs)


def test_a_category_that_lost_its_rows_is_named_until_a_line_says_that_it_is_missing(areas, nation):
    vocabulary = nation.national.indicators
    tried = 0
    for folder, _ in areas:
        rows = folder.seen.pack.rows
        for category in {vocabulary[i].category for row in rows for way in row.needs for i in way} & set(CATEGORIES):
            left = tuple(
                row for row in rows if not any(vocabulary[i].category == category for w in row.needs for i in w)
            )
            if category == "staff_allegation" or all(folder.seen.is_strength(row) for row in left):
                # Every worry about staff has a route of its own; and a pack without any row says so by its levels.
                continue
            tried += 1
            lost = replace(folder.seen, pack=replace(folder.seen.pack, rows=left, missing=()))
            (found,) = gaps.categories_without_rows(lost)
            words = found.words.partition(": ")[2].partition(". ")[0].split("; ")

            assert found.line == folder.area.line(pairs(folder.area.root)["missing"][0])
            said = replace(lost, pack=replace(lost.pack, missing=(f"Nothing is published on: {', '.join(words)}.",)))
            assert [*gaps.categories_without_rows(said)] == [], category
    assert tried > 50


@pytest.mark.soak
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("fault", IN_AREAS)
def test_a_fault_is_told_of_at_every_place(fault, areas, nation, capsys):
    """Prints how many were made and how many caught."""
    every = _every(fault, areas)
    missed = _missed(every, nation)
    with capsys.disabled():
        sys.stdout.write(f"\n{fault}: {len(every) - len(missed)} of {len(every)} caught")

    assert missed == []
