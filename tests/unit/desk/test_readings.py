"""Who reads what was said is noted: the start of a stream, and a DSL who comes back."""

from datetime import timedelta

import pytest

from bot.consultation.reference import make_reference
from bot.desk.claim import NoSuchCase
from bot.desk.readings import find, follow
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
