"""What a DSL may do about a person: told before they wait, and none of it needs the assistant."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.consultation import IllegalMove, Stage
from bot.desk.case import AgreedAction, CallBackSafe, FollowUp, Owner, ReferralResult
from bot.desk.duty.asking import Asking
from bot.desk.duty.board import Board
from bot.desk.duty.routing import Routing
from bot.desk.hand_over import DutyDesks
from bot.desk.ports import NotKept, Utterance
from bot.desk.sentences import sentences
from bot.desk.watch import QUEUES, Watch
from bot.knowledge import closed_days
from tests.at_the_desk import FakeDialogue, make_counsel
from tests.duty_moves import answer, claim, release, settle
from tests.factories import NOW, create_consultation, create_dsl, create_worker, make_case
from tests.fakes import FakeRecords

HOUR = timedelta(hours=1)


class Forgetting(FakeDialogue):
    """A dialogue that notes what it was told to forget."""

    def __init__(self) -> None:
        super().__init__()
        self.forgotten: list[str] = []

    def forget(self, consultation_id: str) -> None:
        self.forgotten.append(consultation_id)


class School:
    """A DSL with a consultation, and the desk of their area with somebody at it or nobody."""

    def __init__(self) -> None:
        self.records, self.dialogue, ids = FakeRecords(), Forgetting(), count(1)
        self.dsl = create_dsl(self.records)
        self.sam = create_worker(self.records)
        create_consultation(self.records, self.dsl)
        counsel = make_counsel(self.records)
        here = self.records.how_many_here
        desks = DutyDesks(
            counsel,
            lambda: frozenset({"kent"}),
            closed_days(Path("knowledge_base")),
            lambda: f"case-{next(ids)}",
            here=lambda area, now: here(area, now - timedelta(seconds=30)),
        )
        self.watch = Watch()
        board = Board(self.records, Routing(self.records, self.records, desks), self.watch)
        self.asking = Asking(self.records, desks, sentences(counsel), self.dialogue, self.watch, board)

    def do(self, what: str, *given, now=NOW):
        return asyncio.run(getattr(self.asking, what)(self.dsl, "c1", *given, now))

    @property
    def stage(self) -> Stage:
        return self.records.consultation("c1").stage

    def answered(self):
        self.do("wait")
        held = claim(self.records, "case-1", self.sam, NOW)
        told = {"outcome_level": "3", "outcome_reason": "hungry", "outcome_advice": "breakfast club"}
        agreed = (AgreedAction("talk with mum", Owner.SCHOOL, date(2026, 12, 1)),)
        return answer(self.records, replace(held, **told, actions=agreed), NOW, [Utterance("service", "the answer")])

    def said(self) -> str:
        return "\n".join(m.utterance.text for m in self.records.messages("c1"))


@pytest.fixture
def school() -> School:
    return School()


def test_before_anybody_waits_they_are_told_that_nobody_is_there_their_place_and_whom_to_ring(school):
    create_consultation(school.records, school.dsl, id="c2")
    school.records.hand_over(make_case(id="red", consultation_id="c2", urgency="red", due_at=NOW))
    offer = school.do("offer")
    told = "\n".join(offer.lines)
    assert school.stage is Stage.OFFERED
    assert school.records.case_of("c1") is None, "nobody has asked to wait yet"
    assert "nobody has it open at this moment" in told
    assert "number 2 in the queue" in told
    assert "due by" in told
    assert "03000 411111" in told
    assert "999" in told


def test_somebody_at_the_desk_is_told_of_until_they_are_gone(school):
    school.records.here(school.sam, NOW)
    assert "Somebody has the duty desk open" in "\n".join(school.do("offer").lines)
    later = "\n".join(school.do("offer", now=NOW + timedelta(seconds=31)).lines)
    assert "nobody has it open at this moment" in later


def test_out_of_hours_they_are_told_when_the_desk_opens(school):
    told = "\n".join(school.do("offer", now=NOW + timedelta(hours=12)).lines)
    assert "Nobody is at the duty desk now; it opens Tue 24 Nov 2026, 09:00" in told
    assert "03000 419191" in told


def test_who_does_not_want_to_wait_goes_on_with_the_assistant(school):
    school.do("offer")
    school.do("decline")
    assert school.stage is Stage.WITH_ASSISTANT


@pytest.mark.parametrize(("is_down", "reason"), [(False, "asked"), (True, "assistant_down")])
def test_with_the_assistant_down_there_is_a_way_to_a_person_all_the_same(school, is_down, reason):
    school.dialogue.is_down = is_down
    school.do("offer")
    case = school.do("wait")
    assert (case.stage, case.reason) == (Stage.WAITING, f"utter_desk_reason_{reason}")
    assert school.stage is Stage.WAITING
    assert "An answer is due by" in school.said()


def test_where_no_desk_answers_they_are_given_numbers_and_nobody_waits(school):
    school.records.set_area("c1", "medway", NOW)
    offer = school.do("offer")
    assert offer.place is None
    assert "999" in offer.lines[0]
    assert school.do("wait") is None
    assert school.records.case_of("c1") is None
    assert "No duty desk answers here" in school.said()


def test_the_place_in_the_queue_falls_as_others_are_taken(school):
    create_consultation(school.records, school.dsl, id="c2")
    school.records.hand_over(make_case(id="red", consultation_id="c2", urgency="red", due_at=NOW))
    case = school.do("wait")
    assert school.asking.place(case, NOW) == 2
    claim(school.records, "red", school.sam, NOW)
    school.watch.wake(QUEUES)
    assert school.asking.place(case, NOW) == 1
    assert school.asking.place(claim(school.records, case.id, school.sam, NOW), NOW) is None


def test_who_no_longer_waits_is_with_the_assistant_and_may_ask_again(school):
    first = school.do("wait")
    school.do("withdraw")
    assert school.stage is Stage.WITH_ASSISTANT
    assert "no longer waiting" in school.said()
    again = school.do("wait", now=NOW + HOUR)
    assert (again.reopens, again.stage) == (first.id, Stage.WAITING)


def test_an_answer_is_settled_by_the_dsl(school):
    school.answered()
    assert school.do("settled").stage is Stage.CLOSED
    assert "999" in school.said().rsplit("Thank you", 1)[1]


def test_asking_again_starts_a_case_of_its_own_and_keeps_the_answer_byte_for_byte(school):
    before = school.answered()
    again = school.do("ask_again", now=NOW + HOUR)
    assert (again.reopens, again.stage, again.reason) == (before.id, Stage.WAITING, "utter_desk_reason_asked_again")
    assert (again.outcome_level, again.actions, again.claimed_by) == (None, (), None)
    assert again.due_at > NOW + HOUR
    kept = school.records.case(before.id)
    assert replace(kept, stage=before.stage, closed_at=None) == before
    assert kept.stage is Stage.CLOSED


def test_asking_again_is_never_less_urgent_than_before(school):
    school.answered()
    assert school.records.case_of("c1").urgency == "red"
    assert school.do("ask_again", now=NOW + HOUR).urgency == "red"


@pytest.mark.parametrize("is_settled", [False, True])
def test_things_that_have_changed_go_back_to_the_assistant_and_the_answer_stays(school, is_settled):
    case = school.answered()
    if is_settled:
        settle(school.records, case, NOW)
    school.do("changed")
    assert (school.stage, school.records.consultation("c1").held) == (Stage.WITH_ASSISTANT, False)
    assert school.dialogue.forgotten == ["c1"]
    assert school.records.case(case.id).outcome_advice == "breakfast club"
    assert school.records.case(case.id).stage is Stage.CLOSED


@pytest.mark.parametrize("what", ["decline", "withdraw", "settled", "ask_again", "changed"])
def test_what_the_stage_does_not_allow_changes_nothing(school, what):
    before = school.records.consultation("c1")
    with pytest.raises(IllegalMove):
        school.do(what)
    assert school.records.consultation("c1") == before
    assert school.records.messages("c1") == ()


@pytest.mark.parametrize("what", ["offer", "wait", "decline", "withdraw", "settled", "ask_again", "changed"])
def test_somebody_elses_consultation_is_as_good_as_not_there(school, what):
    stranger = create_dsl(school.records, code="EVES-CODE-2222-22222")
    for person in (stranger, school.sam):
        with pytest.raises(NotKept):
            asyncio.run(getattr(school.asking, what)(person, "c1", NOW))


@pytest.mark.parametrize("what", ["offer", "wait"])
def test_practice_never_goes_to_anybody(school, what):
    create_consultation(school.records, school.dsl, id="p1", practice="a-case")
    with pytest.raises(IllegalMove):
        asyncio.run(getattr(school.asking, what)(school.dsl, "p1", NOW))
    assert school.records.queue("kent") == ()


def test_how_far_was_read_is_told_to_the_other_side_and_only_the_holder_counts(school):
    school.do("wait")
    kim = create_worker(school.records, "kim", "Kim")
    claim(school.records, "case-1", school.sam, NOW)
    consultation = school.records.consultation("c1")
    for person, number in ((kim, 1), (school.sam, 1)):
        asyncio.run(school.asking.seen(person, "c1", number, NOW))
        assert school.asking.seen_by_the_other(school.dsl, consultation) == (0 if person is kim else 1)
    asyncio.run(school.asking.seen(school.dsl, "c1", 1, NOW))
    assert school.asking.seen_by_the_other(school.sam, consultation) == 1


def test_only_a_time_that_is_offered_can_be_asked_for(school):
    case = school.do("wait")
    first = school.asking.call_back_times(case, NOW)[0]
    asked = school.do("call_back", first, CallBackSafe.DIRECT)
    assert (asked.call_back_at, asked.call_back_safe) == (first, CallBackSafe.DIRECT)
    with pytest.raises(IllegalMove):
        school.do("call_back", first + timedelta(minutes=7), CallBackSafe.DIRECT)


def test_what_became_of_it_is_kept_as_one_of_a_few_words(school):
    school.answered()
    assert school.do("follow_up", FollowUp.WORSE).follow_up is FollowUp.WORSE
    assert school.do("told_of_referral", ReferralResult.ACCEPTED).referral_result is ReferralResult.ACCEPTED


def test_after_it_was_put_back_the_dsl_still_waits_and_the_assistant_is_silent(school):
    school.do("wait")
    release(school.records, claim(school.records, "case-1", school.sam, NOW).id, school.sam, NOW)
    assert school.records.consultation("c1").held
    assert school.asking.place(school.records.case("case-1"), NOW) == 1
