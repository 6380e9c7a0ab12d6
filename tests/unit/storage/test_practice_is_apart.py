"""Practice in the store: never among decisions, never an earlier consultation, gone a day after its last word."""

from datetime import timedelta

import pytest

from bot.consultation import Facts
from bot.desk.purging import Kind, Purging, Times
from tests.factories import NOW, create_consultation, create_dsl, from_dsl
from tests.fakes import FakeRecords

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class NothingRemembered:
    def consultations(self) -> frozenset[str]:
        return frozenset()


@pytest.fixture(params=["in memory", "in SQL"])
def records(request, sql_records):
    return FakeRecords() if request.param == "in memory" else sql_records()


def test_a_decision_of_practice_is_no_decision(records):
    dsl = create_dsl(records)
    create_consultation(records, dsl, id="practice", practice="always-hungry")
    create_consultation(records, dsl, id="real")
    for consultation in ("practice", "real"):
        records.save_assessment(consultation, {"area": "kent", "pack_version": "v"}, Facts(), NOW)
    assert [one.consultation_id for one in records.decisions_since(NOW - DAY)] == ["real"]
    assert records.latest_assessment("practice"), "in the talk itself it is there"


def test_practice_is_nothing_that_came_before(records):
    dsl = create_dsl(records)
    create_consultation(records, dsl, id="practice", practice="always-hungry")
    create_consultation(records, dsl, id="first")
    create_consultation(records, dsl, id="second", opened_at=NOW + HOUR)
    for consultation in ("practice", "first", "second"):
        records.mark_child(consultation, "harbour12", NOW)
    assert records.of_the_same_child("second", NOW - DAY) == ("first",)


def test_which_case_was_practised_is_kept_through_everything_else(sql_records):
    records = sql_records()
    create_consultation(records, create_dsl(records), practice="always-hungry")
    records.set_area("c1", "medway", NOW)
    records.save_facts("c1", Facts(answers={"in_danger": "no"}), NOW)
    assert records.consultation("c1").practice == "always-hungry"
    assert records.consultation_by_reference("REF-c1").practice == "always-hungry"


def test_practice_goes_a_day_after_its_last_word_and_the_real_one_stays(sql_records):
    records = sql_records()
    dsl = create_dsl(records)
    create_consultation(records, dsl, id="practice", practice="always-hungry")
    create_consultation(records, dsl, id="real")
    for consultation in ("practice", "real"):
        records.add_incoming(consultation, "a", from_dsl("hungry"), NOW + 5 * HOUR)
    for_good = Purging(records, NothingRemembered(), Times(silence=DAY))

    assert [one for one in for_good.going(NOW + 28 * HOUR) if one.kind is Kind.CONSULTATION] == []
    gone = for_good.purge(NOW + 30 * HOUR)

    assert [one.subject for one in gone if one.kind is Kind.CONSULTATION] == ["practice"]
    assert records.consultation("practice") is None
    assert records.messages("practice") == ()
    assert records.consultation("real") is not None


def test_practice_that_nobody_began_goes_too(sql_records):
    records = sql_records()
    create_consultation(records, create_dsl(records), practice="always-hungry")
    purging = Purging(records, NothingRemembered(), Times(silence=DAY, keep=timedelta(days=365)))
    assert [one.subject for one in purging.going(NOW + 25 * HOUR)] == ["c1"]
    assert purging.going(NOW + 23 * HOUR) == ()
