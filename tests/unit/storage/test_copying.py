"""A consultation is copied many times over, and every copy is as good as one that was held."""

from collections.abc import Callable
from itertools import count

import pytest

from bot.consultation import Facts
from bot.storage import KeyGone, SqlRecords
from evaluation.speed.copying import APART, AT_ONCE, Copying
from tests.factories import NOW, create_consultation, create_dsl, from_assistant, from_dsl, make_case


@pytest.fixture
def records(sql_records: Callable[..., SqlRecords]) -> SqlRecords:
    """Records with one consultation, c1: said, weighed and handed over."""
    records = sql_records()
    create_consultation(records, create_dsl(records), id="c1")
    records.add_incoming("c1", "first", from_dsl("hungry again"), NOW)
    records.add_outgoing("c1", [from_assistant("how often?")], NOW, unless_held=True)
    records.save_facts("c1", Facts(answers={"age_band": "1_4"}), NOW)
    records.save_assessment("c1", {"pack_version": "v", "level": "2"}, Facts(), NOW)
    records.hand_over(make_case(id="case-1", consultation_id="c1"))
    return records


@pytest.fixture
def copying(records: SqlRecords) -> Copying:
    copying, ids = records.beside(Copying), count(1)
    copying._new_id = lambda: f"copy-{next(ids)}"
    return copying


def _copied(copying: Copying, times: int, **changes: dict) -> list[int]:
    references = count(1)
    return list(copying.copy(copying.original("c1"), times, lambda: f"REF-{next(references)}", changes))


def test_a_copy_is_opened_by_a_key_of_its_own(records: SqlRecords, copying: Copying) -> None:
    _copied(copying, 2)
    for own in ("copy-1", "copy-3"):  # the second id of each is that of its case
        said = [message.utterance.text for message in records.messages(own)]
        assert said == ["hungry again", "how often?"]
        assert records.consultation(own).facts == records.consultation("c1").facts
        assert records.latest_assessment(own) == {"pack_version": "v", "level": "2"}
        assert records.case_of(own).dsl_reason == records.case_of("c1").dsl_reason
    records.keys.forget("c1")
    assert records.messages("copy-1")


def test_a_copy_has_its_own_reference_case_and_time(records: SqlRecords, copying: Copying) -> None:
    _copied(copying, 3)
    third = records.consultation("copy-5")
    assert third.reference == "REF-3"
    assert records.consultation_by_reference("REF-3").id == "copy-5"
    assert records.case_of("copy-5").id == "copy-6"
    assert third.opened_at == records.consultation("c1").opened_at - 3 * APART


def test_the_audit_chain_stays_whole_and_goes_on(records: SqlRecords, copying: Copying) -> None:
    _copied(copying, 3)
    assert records.times_noted("message.said", "copy-1") == records.times_noted("message.said", "c1")
    assert records.times_noted("case.handed_over", "copy-2") == 1
    records.note("case.handed_over", "", "copy-2", NOW)
    assert records.verify_audit() is None


def test_copies_come_in_lots(records: SqlRecords, copying: Copying) -> None:
    assert _copied(copying, AT_ONCE + 1) == [AT_ONCE, AT_ONCE + 1]


def test_what_differs_may_be_given(records: SqlRecords, copying: Copying) -> None:
    _copied(copying, 1, cases={"stage": "closed"}, consultations={"stage": "closed"})
    assert records.consultation("copy-1").stage == records.case_of("copy-1").stage == "closed"
    assert records.consultation("c1").stage == "waiting"


def test_what_nobody_can_read_is_not_copied(copying: Copying) -> None:
    with pytest.raises(KeyGone):
        copying.original("nobody")
