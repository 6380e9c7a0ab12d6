"""The index of cases, beside the fake that the doors are tested with: the same is found by both."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.consultation import Stage
from bot.storage import CaseIndex
from tests.duty_moves import answer, claim
from tests.factories import NOW, create_consultation, create_dsl, create_worker, make_case
from tests.fakes import FakeRecords, finds_nothing
from tests.fakes_back_office import CasesInMemory
from tests.unit.storage.conftest import PEPPER

HOUR = timedelta(hours=1)


def filled(records):
    """Put five cases into two areas, one of them answered."""
    dsl, sam = create_dsl(records), create_worker(records)
    for number, (area, urgency) in enumerate(
        [("kent", "red"), ("kent", "green"), ("derby", "red"), ("kent", "amber"), ("kent", "red")]
    ):
        create_consultation(records, dsl, id=f"c{number}")
        held = make_case(id=f"case-{number}", consultation_id=f"c{number}", area=area, urgency=urgency)
        records.hand_over(replace(held, handed_over_at=NOW + number * HOUR))
    taken = claim(records, "case-1", sam, NOW + 9 * HOUR)
    answer(records, replace(taken, outcome_level="3"), NOW + 10 * HOUR)
    return records


@pytest.fixture(params=["sql", "fake"])
def index(request, sql_records, engine, keys):
    if request.param == "fake":
        return CasesInMemory(filled(FakeRecords()))
    filled(sql_records())
    return CaseIndex(engine, pepper=PEPPER, keys=keys, scan=finds_nothing, new_id=lambda: "new")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["case-4", "case-3", "case-1", "case-0"]),
        ({"most": 2}, ["case-4", "case-3"]),
        ({"reference": "REF-c3"}, ["case-3"]),
        ({"reference": "REF-c2"}, []),
        ({"reference": "REF-c"}, []),
        ({"urgency": "red"}, ["case-4", "case-0"]),
        ({"since": NOW + HOUR}, ["case-4", "case-3", "case-1"]),
        ({"until": NOW + HOUR}, ["case-0"]),
        ({"stage": Stage.ANSWERED}, ["case-1"]),
        ({"stage": Stage.WAITING, "urgency": "green"}, []),
    ],
)
def test_what_fits_is_found_in_the_area_alone_the_newest_first(index, wanted, found):
    assert [case.id for case in index.find_cases("kent", **({"most": 9} | wanted))] == found


def test_answers_are_told_from_a_moment_on(index):
    assert [case.id for case in index.answered_since("kent", NOW + 10 * HOUR)] == ["case-1"]
    assert list(index.answered_since("kent", NOW + 11 * HOUR)) == []
    assert list(index.answered_since("derby", NOW)) == []
