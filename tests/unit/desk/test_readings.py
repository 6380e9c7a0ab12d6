"""Who reads what was said is noted: the start of a stream, a record that is read at the desk, a DSL who comes back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.consultation import Move
from bot.consultation.reference import make_reference
from bot.desk.case import Step
from bot.desk.claim import NoSuchCase
from bot.desk.people import Role
from bot.desk.ports import NotKept
from bot.desk.readings import find, follow, of_the_record
from tests.duty_moves import answer, claim
from tests.factories import NOW, create_consultation, create_dsl, create_worker, make_case

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
REFERENCE = make_reference(lambda below: 5 % below)


@pytest.fixture
def dsl(records):
    dsl = create_dsl(records)
    create_consultation(records, dsl, reference=REFERENCE)
    return dsl


def test_a_stream_that_begins_again_every_few_seconds_is_one_reading_a_minute(records, dsl):
    worker = create_worker(records)
    records.hand_over(make_case())
    for seconds in range(0, 60, 2):
        assert follow(records, "case-1", worker, NOW + seconds * SECOND).id == "case-1"
    assert records.times_noted("case.followed", "case-1") == 1
    follow(records, "case-1", worker, NOW + MINUTE)
    follow(records, "case-1", create_worker(records, "lee", "Lee"), NOW + MINUTE)
    assert records.times_noted("case.followed", "case-1") == 3


def test_a_worker_of_another_area_follows_nothing_and_nothing_is_noted(records, dsl):
    records.hand_over(make_case())
    with pytest.raises(NoSuchCase):
        follow(records, "case-1", create_worker(records, area="medway"), NOW)
    assert records.times_noted("case.followed", "case-1") == 0


def test_who_reads_a_cases_record_is_noted_once_a_minute(records, dsl):
    worker = create_worker(records)
    records.hand_over(make_case())
    for seconds in (0, 5, 50):
        case, consultation = of_the_record(records, "case-1", worker, NOW + seconds * SECOND)
        assert (case.id, consultation.id) == ("case-1", "c1")
    assert [line[:3] for line in records.audit if "record" in line[0]] == [("case.record_read", worker.id, "case-1")]


def test_a_manager_who_reads_the_record_of_a_colleagues_case_is_noted_as_watching(records, dsl):
    manager = records.add_worker("mel", "Mel Hart", "kent", "no hash", "NOSECRET", role=Role.MANAGER)
    records.hand_over(make_case())
    of_the_record(records, "case-1", manager, NOW)
    assert records.times_noted("case.watched", "case-1") == 0
    claim(records, "case-1", create_worker(records), NOW)
    of_the_record(records, "case-1", manager, NOW + MINUTE)
    assert records.times_noted("case.watched", "case-1") == 1


def test_a_worker_of_another_area_reads_no_record_and_nothing_is_noted(records, dsl):
    records.hand_over(make_case())
    with pytest.raises(NoSuchCase):
        of_the_record(records, "case-1", create_worker(records, area="medway"), NOW)
    assert records.times_noted("case.record_read", "case-1") == 0


def test_a_desk_reads_no_record_of_what_went_on_at_another_areas_desk(records, dsl):
    worker = create_worker(records)
    records.hand_over(make_case())
    held = claim(records, "case-1", worker, NOW)
    answer(records, replace(held, outcome_level="2", outcome_reason="basics"), NOW)
    assert of_the_record(records, "case-1", worker, NOW)[0].outcome_level == "2"
    records.step("case-1", Step(Move.CHANGED, dsl, NOW))
    records.hand_over(make_case(id="case-2", area="medway", handed_over_at=NOW + MINUTE))
    assert records.case_of("c1").id == "case-2"
    with pytest.raises(NotKept):
        of_the_record(records, "case-1", worker, NOW + MINUTE)
    assert records.times_noted("case.record_read", "case-1") == 1


def test_a_dsl_who_comes_back_by_the_reference_is_noted(records, dsl):
    found = find(records, dsl, REFERENCE, NOW)
    assert found.id == "c1"
    find(records, dsl, REFERENCE, NOW + SECOND)
    assert records.audit.count(("consultation.read", dsl.id, "c1", NOW)) == 1
    assert records.times_noted("consultation.read", "c1") == 1


def test_somebody_elses_reference_reads_nothing(records, dsl):
    worker = create_worker(records)
    assert find(records, worker, REFERENCE, NOW) is None
    assert find(records, dsl, "nothing like one", NOW) is None
    assert records.times_noted("consultation.read", "c1") == 0
