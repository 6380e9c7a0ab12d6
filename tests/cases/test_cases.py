"""Runs the worked cases that every area keeps beside its thresholds (see `bot.desk.pack_cases`).

A case without a day of its own is about 21 November 2026.
"""

import functools
from datetime import date
from pathlib import Path

import pytest

from bot.consultation import Outcome
from bot.desk.pack_cases import worked_cases, wrong
from bot.knowledge.area import areas, load_area
from bot.knowledge.national import load_national

ROOT = Path(__file__).resolve().parents[2] / "knowledge_base"
TODAY = date(2026, 11, 21)

national_on = functools.cache(functools.partial(load_national, ROOT))
pack_on = functools.cache(functools.partial(load_area, ROOT))


def _cases():
    """Yield every case with its area."""
    for area in areas(ROOT):
        for case in worked_cases(ROOT / "areas" / f"{area.code}-{area.slug}" / "cases.yml"):
            yield pytest.param(area.slug, case, id=f"{area.slug}: {case.name}")


CASES = list(_cases())


@pytest.mark.parametrize(("area", "case"), CASES)
def test_case(area, case):
    on = case.on or TODAY

    assert list(wrong(case, pack_on(area, on), national_on(on), on)) == []


def test_every_area_has_cases_for_each_way_to_end_and_for_its_top_level():
    for area in areas(ROOT):
        expected = [c.values[1].expect for c in CASES if c.values[0] == area.slug]
        outcomes = {e.get("outcome") for e in expected}
        levels = {e.get("level") for e in expected if e.get("outcome") == Outcome.LEVEL}
        scheme = pack_on(area.slug, TODAY).levels
        # Where the scheme is not known no level can be given.
        wanted = {o.value for o in Outcome} if scheme else {Outcome.EXIT, Outcome.PERSON}

        assert wanted <= outcomes, f"{area.name}: not every outcome has a case"
        assert not scheme or scheme[-1].code in levels, f"{area.name}: no case reaches the top level"


def test_cases_are_sentences_and_no_name_is_used_twice_in_an_area():
    names = [c.id for c in CASES]

    assert len(names) == len(set(names))
    assert not [name for name in names if len(name.split()) < 5]
