"""What was not sent and the mark of a reference: sealed, gone with the message or the end, in the chain."""

from dataclasses import replace

import pytest

from bot.desk.case import AgreedAction, Owner
from bot.desk.ports import NotKept, UncleanWrite
from bot.desk.talking.records import ReferenceMark, Unsent
from tests.duty_moves import answer, claim, settle
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_dsl, make_case
from tests.fakes import FakeRecords


@pytest.fixture(params=["in memory", "in SQL"])
def records(request, sql_records):
    records = sql_records() if request.param == "in SQL" else FakeRecords()
    records.dsl = create_dsl(records)
    create_consultation(records, records.dsl)
    return records


def test_the_newest_is_kept_in_place_of_the_one_before(records) -> None:
    assert records.unsent("c1") is None
    assert records.keep_unsent("c1", "hungry", 0, NOW)
    assert records.keep_unsent("c1", "hungry and cold", 0, NOW)
    assert records.unsent("c1") == Unsent("hungry and cold", NOW)


def test_a_message_deletes_it_and_one_that_was_typed_before_comes_too_late(records) -> None:
    records.keep_unsent("c1", "hungry", 0, NOW)
    said, _ = records.add_incoming("c1", "a", from_dsl("hungry"), NOW)
    assert records.unsent("c1") is None
    assert not records.keep_unsent("c1", "hungry", said.number - 1, NOW)
    assert records.keep_unsent("c1", "and cold", said.number, NOW)


def test_the_end_of_the_talk_deletes_it(records) -> None:
    sam = create_worker(records)
    case = claim(records, records.hand_over(make_case()).id, sam, NOW)
    records.keep_unsent("c1", "hungry", 0, NOW)
    outcome = {"outcome_level": "3", "outcome_reason": "neglect", "outcome_advice": "refer", "referral_advised": False}
    agreed = (AgreedAction("ring", Owner.SCHOOL, NOW.date()),)
    answered = answer(records, replace(case, **outcome, actions=agreed), NOW)
    assert records.unsent("c1") is not None, "one may write after an answer"
    settle(records, answered, NOW)
    assert records.unsent("c1") is None
    assert not records.keep_unsent("c1", "hungry", 9, NOW)


def test_one_of_a_talk_that_is_not_there_is_refused(records) -> None:
    with pytest.raises(NotKept):
        records.keep_unsent("nowhere", "hungry", 0, NOW)


def test_a_text_in_which_something_is_found_is_not_kept(sql_records) -> None:
    def finds_sharon(text: str, put_back: tuple) -> tuple:
        return ("found",) if "Sharon" in text and "Sharon" not in put_back else ()

    records = sql_records(scan=finds_sharon)
    create_consultation(records, create_dsl(records))
    with pytest.raises(UncleanWrite):
        records.keep_unsent("c1", "mum Sharon", 0, NOW)
    assert records.unsent("c1") is None
    assert records.keep_unsent("c1", "mum Sharon", 0, NOW, put_back=("Sharon",))


def test_that_the_reference_is_kept_is_never_taken_back(records) -> None:
    assert records.reference_mark("c1") is None
    records.mark_reference("c1", ReferenceMark.LATER, NOW)
    assert records.reference_mark("c1") is ReferenceMark.LATER
    records.mark_reference("c1", ReferenceMark.KEPT, NOW)
    records.mark_reference("c1", ReferenceMark.LATER, NOW)
    assert records.reference_mark("c1") is ReferenceMark.KEPT
    assert records.times_noted("reference.kept", "c1") == 1


def test_both_go_with_the_consultation(sql_records) -> None:
    records = sql_records()
    create_consultation(records, create_dsl(records))
    records.keep_unsent("c1", "hungry", 0, NOW)
    records.mark_reference("c1", ReferenceMark.KEPT, NOW)
    records.delete_consultation("c1", NOW)
    assert records.reference_mark("c1") is None
    assert records.unsent("c1") is None
