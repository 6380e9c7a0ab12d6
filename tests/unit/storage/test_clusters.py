"""Schools in clusters, and their link workers."""

import pytest

from bot.desk.ports import NotKept, Role
from tests.factories import NOW, create_consultation, create_worker


@pytest.fixture
def records(sql_records):
    records = sql_records()
    records.near, records.far = (records.add_school(name, "kent") for name in ("Near", "Far"))
    for consultation, school in (("c1", records.near), ("c2", records.far)):
        dsl = records.add_dsl("Ann", school, f"CODE-{consultation}-2222-3333-4444", role=Role.DSL)
        create_consultation(records, dsl, id=consultation)
    create_worker(records)
    create_worker(records, "kim", "Kim")
    return records


def test_a_schools_cases_are_first_for_the_link_workers_of_its_cluster(records):
    records.put_in_cluster(records.near, "north", NOW)
    records.set_link_workers("kent", "north", ("sam",), NOW)
    sam = records.worker_by_sign_in("sam")[0]
    assert records.link_workers_of_each({"c1"})["c1"] == {sam.id}
    assert "c2" not in records.link_workers_of_each({"c1", "c2"})


def test_link_workers_take_the_place_of_those_before_and_one_who_left_is_none(records):
    records.put_in_cluster(records.near, "north", NOW)
    records.set_link_workers("kent", "north", ("sam",), NOW)
    records.set_link_workers("kent", "north", ("kim",), NOW)
    assert records.link_workers_of_each({"c1"})["c1"] == {records.worker_by_sign_in("kim")[0].id}
    records.disable("kim", NOW)
    assert "c1" not in records.link_workers_of_each({"c1", "c2"})


def test_a_cluster_is_of_one_area(records):
    create_worker(records, "lee", "Lee", area="buckinghamshire")
    with pytest.raises(NotKept):
        records.set_link_workers("kent", "north", ("lee",), NOW)
    records.put_in_cluster(records.near, "north", NOW)
    records.set_link_workers("buckinghamshire", "north", ("lee",), NOW)
    assert "c1" not in records.link_workers_of_each({"c1", "c2"})


def test_a_school_that_is_not_there_is_put_nowhere(records):
    with pytest.raises(NotKept):
        records.put_in_cluster("nowhere", "north", NOW)
