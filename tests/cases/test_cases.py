"""Runs the worked cases that every area keeps beside its thresholds.

A case is a sentence, the facts it is about, and what should come of them:

    - name: Basics often missing over months are intensive in Kent
      facts:
        indicators: {hungry_often: present, injury: absent}
        answers: {in_danger: no, how_often: over_6_months}
      expect: {outcome: level, level: 3, because: [chronic-neglect]}

Of `expect` what is written is checked: `outcome`; `level`, a local code (with a person or an exit,
the level reached so far); `exit`; and `because`, rows or red flags that must be among the reasons.
`on` may give the day of the assessment; without it a case is about 21 November 2026.
"""

import functools
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.consultation import Outcome
from bot.knowledge.area import areas, load_area
from bot.knowledge.national import load_national
from bot.thresholds import assess, facts_from, to_record

ROOT = Path(__file__).resolve().parents[2] / "knowledge_base"
TODAY = date(2026, 11, 21)

_KEYS = {"name", "on", "facts", "expect"}
_EXPECTED = {"outcome", "level", "exit", "because"}

national_on = functools.cache(functools.partial(load_national, ROOT))
pack_on = functools.cache(functools.partial(load_area, ROOT))


def _cases():
    """Yield every case with its area. Scalars stay as written: `no` is an answer and no boolean."""
    for area in areas(ROOT):
        file = ROOT / "areas" / f"{area.code}-{area.slug}" / "cases.yml"
        written = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)
        for case in written["cases"] if isinstance(written, dict) else written:
            yield pytest.param(area.slug, case, id=f"{area.slug}: {case['name']}")


CASES = list(_cases())


def _as_record(area, case):
    on = date.fromisoformat(case["on"]) if "on" in case else TODAY
    told = case["facts"]
    indicators, answers = told.get("indicators") or {}, told.get("answers") or {}
    assert set(told) <= {"indicators", "answers"}
    assert not set(indicators) & set(answers), "one name, told twice"
    national = national_on(on)
    assert set(answers) <= set(national.questions), "`answers` holds questions, and nothing else"
    return to_record(assess(facts_from({**indicators, **answers}, national), pack_on(area, on), national, on))


@pytest.mark.parametrize(("area", "case"), CASES)
def test_case(area, case):
    expect = case["expect"]
    assert set(case) <= _KEYS
    assert expect, "a case that expects nothing cannot fail"
    assert set(expect) <= _EXPECTED

    record = _as_record(area, case)

    reached = record["local_code"] or (record["at_least"] or {}).get("code")
    found = {
        "outcome": record["outcome"],
        "level": reached,
        "exit": record["exit"],
        "because": [reason["indicator"] for reason in record["because"]],
    }
    nothing = ("", "null", "none")
    for key in ("outcome", "level", "exit"):
        if key in expect:
            wanted = None if expect[key] in nothing else expect[key]
            assert found[key] == wanted, f"{key}: {found}, reasons {record['reasons']}"
    missing = set(expect.get("because", ())) - set(found["because"])
    assert not missing, f"{sorted(missing)} not among {found['because']}"


def test_every_area_has_cases_for_every_level_and_for_each_way_to_end():
    for area in areas(ROOT):
        expected = [c.values[1]["expect"] for c in CASES if c.values[0] == area.slug]
        outcomes = {e.get("outcome") for e in expected}
        levels = {e.get("level") for e in expected if e.get("outcome") == Outcome.LEVEL}
        top = pack_on(area.slug, TODAY).levels[-1].code

        assert {o.value for o in Outcome} <= outcomes, f"{area.name}: not every outcome has a case"
        assert len(levels) >= 2, f"{area.name}: cases reach too few levels"
        assert top in levels, f"{area.name}: no case reaches the top level"


def test_cases_are_sentences_and_no_name_is_used_twice_in_an_area():
    names = [c.id for c in CASES]

    assert len(names) == len(set(names))
    assert not [name for name in names if len(name.split()) < 5]
