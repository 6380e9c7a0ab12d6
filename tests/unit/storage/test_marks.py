"""Marks: a school's consultations about one child find each other, and nobody else finds anything."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.desk.ports import NotKept
from bot.desk.purging import Purging, Times
from tests.duty_moves import answer, claim
from tests.engines import on_sqlite
from tests.factories import NOW, create_consultation, create_dsl, create_worker, make_case
from tests.fakes import FakeRecords

DAY = timedelta(days=1)
ALIAS = "kestrel12"
LONG_AGO = NOW - 800 * DAY


class NoTracker:
    def consultations(self):
        return frozenset()


@pytest.fixture(params=["in memory", "in SQL"])
def records(request, sql_records):
    return FakeRecords() if request.param == "in memory" else sql_records()


@pytest.fixture
def dsl(records):
    return create_dsl(records)


def consult(records, dsl, id, opened_at=NOW, alias=ALIAS, **values):
    create_consultation(records, dsl, id=id, opened_at=opened_at, **values)
    if alias:
        records.mark_child(id, alias, NOW)


def test_earlier_consultations_of_the_same_alias_are_found_the_oldest_first(records, dsl):
    for id, days in (("later", 2), ("first", 60), ("second", 30)):
        consult(records, dsl, id, NOW - days * DAY)
    consult(records, dsl, "now")
    assert records.of_the_same_child("now", LONG_AGO) == ("first", "second", "later")
    assert records.of_the_same_child("first", LONG_AGO) == (), "what came after it is none of its history"
    assert records.of_the_same_child("now", NOW - 40 * DAY) == ("second", "later")


def test_an_alias_is_known_again_in_its_own_consultation_alone(records, dsl):
    consult(records, dsl, "marked")
    consult(records, dsl, "without", alias="")
    assert records.is_marked("marked", ALIAS)
    assert not records.is_marked("marked", "osprey3")
    assert not records.is_marked("without", ALIAS)
    assert not records.is_marked("nowhere", ALIAS)


def test_another_alias_or_none_finds_nothing(records, dsl):
    consult(records, dsl, "before", NOW - DAY)
    consult(records, dsl, "other", alias="kestrel13")
    consult(records, dsl, "without", alias="")
    assert records.of_the_same_child("other", LONG_AGO) == ()
    assert records.of_the_same_child("without", LONG_AGO) == ()
    assert records.of_the_same_child("nobody", LONG_AGO) == ()


def test_a_colleague_at_the_school_finds_them_too(records):
    school = records.add_school("Oak Tree Primary", "kent")
    ann, ben = (records.add_dsl(n, school, f"7K2M9QXCW4TDXB0N5{n}") for n in ("A", "B"))
    consult(records, ann, "hers", NOW - DAY)
    consult(records, ben, "his")
    assert records.of_the_same_child("his", LONG_AGO) == ("hers",)


def test_another_school_with_the_same_alias_finds_nothing_even_if_it_has_the_same_name(records, dsl):
    elsewhere = create_dsl(records, "ANOTHER-CODE-WHICH-IS-LONG", area="kent")
    assert elsewhere.school == dsl.school
    consult(records, dsl, "ours", NOW - DAY)
    consult(records, elsewhere, "theirs")
    assert records.of_the_same_child("theirs", LONG_AGO) == ()


def test_practice_is_no_history(records, dsl):
    consult(records, dsl, "practised", NOW - DAY, practice="neglect-1")
    consult(records, dsl, "now")
    assert records.of_the_same_child("now", LONG_AGO) == ()


def test_a_closed_consultation_is_history(records, dsl):
    consult(records, dsl, "c1", NOW - DAY)
    sam, case = create_worker(records), records.hand_over(make_case())
    claim(records, case.id, sam, NOW)
    closing = make_case(claimed_by=sam.id, outcome_level="2", outcome_reason="r", outcome_advice="a")
    answer(records, closing, NOW)
    consult(records, dsl, "now")
    assert records.of_the_same_child("now", LONG_AGO) == ("c1",)


def test_a_new_alias_takes_the_place_of_the_old_and_none_forgets_it(records, dsl):
    consult(records, dsl, "before", NOW - DAY)
    consult(records, dsl, "now", alias="kestrel13")
    records.mark_child("now", ALIAS, NOW)
    assert records.of_the_same_child("now", LONG_AGO) == ("before",)
    records.unmark_child("now", NOW)
    assert records.of_the_same_child("now", LONG_AGO) == ()
    records.unmark_child("now", NOW)


def test_nothing_is_marked_that_is_not_there(records):
    with pytest.raises(NotKept):
        records.mark_child("nobody", ALIAS, NOW)


# in the database alone


def marks(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT mark FROM child_marks")).scalars().all()


@on_sqlite
def test_the_alias_is_nowhere_in_the_file(sql_records, engine, tmp_path):
    records = sql_records()
    consult(records, create_dsl(records), "c1")
    assert len(marks(engine)) == 1
    engine.dispose()
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("noname.db*"))
    assert b"Ann Example" in kept, "the wrong file was looked at"
    assert ALIAS.encode() not in kept.lower()


def test_another_pepper_makes_another_mark(sql_records):
    records, moved = sql_records(), sql_records(pepper="another pepper altogether")
    dsl = create_dsl(records)
    consult(records, dsl, "before", NOW - DAY)
    consult(moved, dsl, "now")
    assert records.of_the_same_child("now", LONG_AGO) == ()


def test_a_mark_goes_with_its_consultation(sql_records, engine):
    records = sql_records()
    dsl = create_dsl(records)
    consult(records, dsl, "old", NOW - 40 * DAY)
    consult(records, dsl, "new")
    Purging(records, NoTracker(), Times(silence=DAY, keep=30 * DAY)).purge(NOW)
    assert len(marks(engine)) == 1
    assert records.of_the_same_child("new", LONG_AGO) == ()


def test_what_a_practice_consultation_is_about_is_kept_and_nothing_in_earnest(sql_records):
    records = sql_records()
    dsl = create_dsl(records)
    create_consultation(records, dsl, id="p", practice="neglect-1")
    create_consultation(records, dsl, id="c")
    assert records.consultation("p").practice == "neglect-1"
    assert records.consultation("c").practice == ""
