"""What the clock does at the desk: each thing once, in working time, and nothing to who has answered."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.consultation import Move, Stage
from bot.desk.case import Step
from bot.desk.duty.at_once import silent_since
from bot.desk.duty.rounds import LATE, REMINDED, Rounds
from bot.desk.ports import Utterance
from bot.desk.working_time import WorkingTime
from bot.knowledge.desk_settings import DeskSettings
from tests.duty_moves import answer, claim
from tests.factories import NOW, create_consultation, create_dsl, create_worker, from_dsl, make_case
from tests.fakes import FakeRecords

MINUTE = timedelta(minutes=1)
FRIDAY = datetime.fromisoformat("2026-11-20T16:30+00:00")


class Desks:
    """The usual hours and settings, whatever the area."""

    def hours_of(self, area, now):
        return WorkingTime()

    def settings_at(self, area, now):
        return DeskSettings()


@pytest.fixture
def records():
    records = FakeRecords()
    create_consultation(records, create_dsl(records))
    return records


@pytest.fixture
def sam(records):
    return create_worker(records)


@pytest.fixture
def rounds(records, wording):
    return Rounds(records, records, Desks(), lambda name, area, /, **values: f"{name} {values}")


def said(records) -> list[str]:
    return [m.utterance.text.split()[0] for m in records.messages("c1") if m.utterance.speaker == "service"]


def test_nothing_happens_where_nothing_is_due(records, rounds):
    records.hand_over(make_case())
    assert rounds.look(NOW + MINUTE) == 0
    assert said(records) == []


def test_who_is_late_is_told_to_the_dsl_once(records, rounds):
    records.hand_over(make_case(due_at=NOW))
    assert rounds.look(NOW + MINUTE) == 1
    assert rounds.look(NOW + 2 * MINUTE) == 0
    assert said(records) == ["utter_desk_is_late"]
    assert records.times_noted(LATE, "case-1") == 1


def test_a_silent_holder_is_reminded_once_and_then_loses_the_case(records, rounds, sam):
    records.hand_over(make_case())
    claim(records, "case-1", sam, NOW)
    assert rounds.look(NOW + 29 * MINUTE) == 0
    assert [rounds.look(NOW + n * MINUTE) for n in (30, 31, 59)] == [1, 0, 0]
    assert records.times_noted(REMINDED, f"case-1:{int(NOW.timestamp())}") == 1
    assert records.case("case-1").stage is Stage.CLAIMED
    assert rounds.look(NOW + 60 * MINUTE) == 1
    case = records.case("case-1")
    assert (case.stage, case.claimed_by) == (Stage.WAITING, None)
    assert said(records) == ["utter_desk_holder_silent"]
    assert rounds.look(NOW + 61 * MINUTE) == 0


def test_over_a_weekend_nobody_is_silent(records, rounds, sam):
    records.hand_over(make_case(handed_over_at=FRIDAY, due_at=FRIDAY + timedelta(days=9)))
    claim(records, "case-1", sam, FRIDAY)
    monday = datetime.fromisoformat("2026-11-23T09:00+00:00")
    assert rounds.look(monday - MINUTE) == 1, "half an hour had passed on Friday: a reminder"
    assert rounds.look(monday + 29 * MINUTE) == 0
    assert rounds.look(monday + 30 * MINUTE) == 1
    assert records.case("case-1").stage is Stage.WAITING


def test_who_has_said_the_last_word_is_left_alone(records, rounds, sam):
    records.hand_over(make_case())
    claim(records, "case-1", sam, NOW)
    records.say_as_holder("case-1", sam, "one", Utterance("duty_worker", "hello"), NOW + MINUTE)
    assert rounds.look(NOW + timedelta(hours=5)) == 0
    records.add_incoming("c1", "two", from_dsl("thank you, and now?"), NOW + timedelta(hours=5))
    assert silent_since(records, [records.case("case-1")]) == {"case-1": NOW + timedelta(hours=5)}
    assert rounds.look(NOW + timedelta(hours=5, minutes=30)) == 1


def test_what_nobody_takes_over_goes_back_to_the_queue(records, rounds, sam):
    records.hand_over(make_case())
    claim(records, "case-1", sam, NOW)
    kim = create_worker(records, "kim", "Kim")
    records.step("case-1", Step(Move.TRANSFER, sam, NOW + MINUTE, reason="off shift now", to=kim))
    assert rounds.look(NOW + 60 * MINUTE) == 0
    assert rounds.look(NOW + 61 * MINUTE) == 1
    case = records.case("case-1")
    assert (case.stage, case.claimed_by, case.transferred_to) == (Stage.WAITING, None, None)
    assert said(records) == ["utter_desk_not_taken_over"]


def answered(records, sam, **values):
    records.hand_over(make_case())
    case = claim(records, "case-1", sam, NOW)
    told = {"outcome_level": "3", "outcome_reason": "hungry", "outcome_advice": "breakfast club"}
    return answer(records, replace(case, **told | values), NOW, [Utterance("service", "the answer")])


@pytest.mark.parametrize("is_read", [True, False])
def test_an_answer_settles_by_itself_only_after_it_was_read(records, rounds, sam, is_read):
    answered(records, sam)
    if is_read:
        records.mark_read("c1", "dsl", 1, NOW + MINUTE)
    assert rounds.look(NOW + timedelta(days=2) - MINUTE) == 0
    assert rounds.look(NOW + timedelta(days=2)) == is_read
    assert records.case("case-1").stage is (Stage.CLOSED if is_read else Stage.ANSWERED)
    assert records.consultation("c1").stage is records.case("case-1").stage


def test_what_was_said_since_must_have_been_read_too(records, rounds, sam):
    answered(records, sam)
    records.mark_read("c1", "dsl", 1, NOW)
    records.say_as_holder("case-1", sam, "one", Utterance("duty_worker", "one more thing"), NOW + MINUTE)
    assert rounds.look(NOW + timedelta(days=9)) == 0


def test_an_answer_is_not_late_however_long_it_stands(records, rounds, sam):
    answered(records, sam)
    rounds.look(NOW + timedelta(days=30))
    assert records.times_noted(LATE, "case-1") == 0


def test_at_the_day_that_was_agreed_the_dsl_is_asked_once_whether_things_improved(records, rounds, sam):
    answered(records, sam, review_on=date(2026, 11, 30))
    assert rounds.look(NOW + timedelta(days=6)) == 0
    monday = NOW + timedelta(days=7)
    assert rounds.look(monday) == 1
    assert rounds.look(monday + MINUTE) == 0
    assert said(records)[-1] == "utter_desk_follow_up"
    assert records.case("case-1").follow_up_asked_at == monday
