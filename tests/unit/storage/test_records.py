"""The contract of the records: the same cases against the database and against the fake of the tests."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.consultation import Facts, IllegalMove, Move, Stage, Status
from bot.desk.case import AgreedAction, NameState, Owner, ReferralResult
from bot.desk.ports import Button, Case, NotKept, Step, UncleanWrite, Utterance
from tests.duty_moves import answer, claim, release, settle
from tests.factories import (
    CODE,
    NOW,
    create_consultation,
    create_dsl,
    create_worker,
    from_assistant,
    from_dsl,
    make_case,
)
from tests.fakes import FakeRecords


def finds_jayden(text: str, put_back: object = ()) -> tuple:
    return ("found",) if "jayden" in text.lower() else ()


@pytest.fixture(params=["in memory", "in SQL"])
def make_records(request, sql_records):
    return FakeRecords if request.param == "in memory" else sql_records


@pytest.fixture
def records(make_records):
    return make_records()


@pytest.fixture
def dsl(records):
    return create_dsl(records)


@pytest.fixture
def worker(records):
    return create_worker(records)


@pytest.fixture
def consultation(records, dsl):
    return create_consultation(records, dsl)


@pytest.fixture
def handed_over(records, consultation) -> Case:
    return records.hand_over(make_case())


@pytest.fixture
def claimed(records, handed_over, worker) -> Case:
    return claim(records, handed_over.id, worker, NOW)


# people


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), CODE.replace("-", ""), f" {CODE.replace('-', ' ')} "])
def test_a_dsl_is_found_by_their_code_however_it_is_typed(records, dsl, typed):
    assert records.person_by_access_code(typed) == dsl


@pytest.mark.parametrize("typed", ["", CODE[:-1], CODE + "0", "id-1", "Ann Example"])
def test_nobody_is_found_by_another_code(records, dsl, typed):
    assert records.person_by_access_code(typed) is None


def test_a_dsl_has_the_school_and_the_area_of_the_school(records, dsl):
    assert (dsl.role, dsl.school, dsl.area) == ("dsl", "Oak Tree Primary", "kent")
    assert records.person(dsl.id) == dsl


def test_a_worker_is_found_by_login_with_what_proves_them(records):
    worker = records.add_worker("Sam", "Sam Worker", "kent", "a hash", "a secret")
    assert records.worker_by_sign_in(" sam ") == (worker, "a hash", "a secret")
    assert records.person(worker.id) == worker
    assert records.worker_by_sign_in("ann") is None


def test_a_second_factor_step_is_spent_once_and_earlier_ones_with_it(records, worker):
    assert records.spend_step(worker, 100)
    assert not records.spend_step(worker, 100), "a step was used twice"
    assert not records.spend_step(worker, 99), "an earlier step was used after a later one"
    assert records.spend_step(worker, 101)


def test_steps_are_each_workers_own(records, worker):
    other = create_worker(records, "kim", "Kim")
    assert records.spend_step(worker, 100)
    assert records.spend_step(other, 100)


# sessions

LATER = NOW + timedelta(hours=12)
HALF_HOUR = timedelta(minutes=30)


def test_a_session_leads_to_its_person(records, worker, dsl):
    records.start_session(worker, "hash", NOW, LATER, idle=HALF_HOUR)
    records.start_session(dsl, "other", NOW, LATER)
    assert records.session_person("hash", NOW) == worker
    assert records.session_person("other", NOW) == dsl
    assert records.session_person("unknown", NOW) is None


def test_a_session_that_was_ended_leads_nowhere(records, worker):
    records.start_session(worker, "hash", NOW, LATER)
    records.end_session("hash")
    assert records.session_person("hash", NOW) is None


def test_a_session_ends_at_its_time_however_busy_it_is(records, worker):
    records.start_session(worker, "hash", NOW, NOW + timedelta(hours=1), idle=HALF_HOUR)
    assert records.session_person("hash", NOW + timedelta(minutes=29))
    assert records.session_person("hash", NOW + timedelta(minutes=58))
    assert records.session_person("hash", NOW + timedelta(minutes=60)) is None


def test_an_idle_session_ends(records, worker):
    records.start_session(worker, "hash", NOW, LATER, idle=HALF_HOUR)
    assert records.session_person("hash", NOW + HALF_HOUR) is None


def test_a_page_that_polls_does_not_keep_a_session_alive(records, worker):
    records.start_session(worker, "hash", NOW, LATER, idle=HALF_HOUR)
    assert records.session_person("hash", NOW + timedelta(minutes=20), active=False) == worker
    assert records.session_person("hash", NOW + timedelta(minutes=31), active=False) is None


def test_a_session_without_an_idle_limit_lasts_to_its_end(records, dsl):
    records.start_session(dsl, "hash", NOW, LATER)
    assert records.session_person("hash", LATER - timedelta(seconds=1)) == dsl


# consultations


def test_a_consultation_comes_back_as_it_went_in(records, dsl):
    facts = Facts(
        {"hungry_often": Status.PRESENT, "injured": Status.UNSURE},
        {"age_band": "5_9", "red_flag_list": ("none",), "worry": "always hungry"},
    )
    consultation = create_consultation(records, dsl, facts=facts, area=None)
    assert records.consultation("c1") == consultation
    assert records.consultation_by_reference(consultation.reference) == consultation


def test_what_was_never_opened_is_not_there(records):
    assert records.consultation("c9") is None
    assert records.consultation_by_reference("REF-c9") is None
    assert records.latest_assessment("c9") is None
    assert records.messages("c9") == ()
    assert records.case("case-9") is None
    assert records.case_of("c9") is None


def test_moments_come_back_in_utc_whatever_zone_they_went_in_with(records, dsl):
    summer = timezone(timedelta(hours=1))
    create_consultation(records, dsl, opened_at=datetime(2026, 7, 1, 9, tzinfo=summer))
    opened_at = records.consultation("c1").opened_at
    assert opened_at == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert opened_at.tzinfo is not None, "a moment came back without its zone"


def test_the_area_is_kept(records, consultation):
    records.set_area("c1", "buckinghamshire", NOW)
    assert records.consultation("c1").area == "buckinghamshire"


def test_facts_are_replaced_by_newer_ones(records, consultation):
    for age in ("1_4", "5_9"):
        records.save_facts("c1", Facts(answers={"age_band": age}), NOW)
    assert records.consultation("c1").facts.answers["age_band"] == "5_9"


def test_the_latest_assessment_is_the_one_that_was_kept_last(records, consultation):
    records.save_assessment("c1", {"pack_version": "kent/1", "outcome": "person"}, Facts(), NOW)
    records.save_assessment("c1", {"pack_version": "kent/1", "outcome": "level"}, Facts(), NOW)
    assert records.latest_assessment("c1") == {"pack_version": "kent/1", "outcome": "level"}


@pytest.mark.parametrize(
    "write",
    [
        lambda r: r.set_area("c9", "kent", NOW),
        lambda r: r.save_facts("c9", Facts(), NOW),
        lambda r: r.save_assessment("c9", {}, Facts(), NOW),
        lambda r: r.add_incoming("c9", "a", from_dsl("hello"), NOW),
        lambda r: r.add_outgoing("c9", [from_assistant("hello")], NOW, unless_held=True),
        lambda r: r.hand_over(make_case(consultation_id="c9")),
        lambda r: claim(r, "case-9", create_worker(r), NOW),
        lambda r: release(r, "case-9", create_worker(r), NOW),
        lambda r: settle(r, make_case(id="case-9"), NOW),
    ],
)
def test_nothing_is_written_to_what_is_not_there(records, write):
    with pytest.raises(NotKept):
        write(records)


# messages


def test_messages_are_numbered_from_one_without_gaps(records, consultation):
    records.add_incoming("c1", "a", from_dsl("hello"), NOW)
    records.add_outgoing("c1", [from_assistant("one"), from_assistant("two")], NOW, unless_held=True)
    records.add_incoming("c1", "b", from_dsl("bye"), NOW)
    kept = records.messages("c1")
    assert [m.number for m in kept] == [1, 2, 3, 4]
    assert [m.utterance.text for m in kept] == ["hello", "one", "two", "bye"]
    assert records.messages("c1", after=2) == kept[2:]


def test_what_was_said_under_an_id_is_known_in_its_own_consultation(records, dsl, consultation):
    create_consultation(records, dsl, id="c2")
    records.add_incoming("c1", "a", from_dsl("hello"), NOW)
    assert records.has_said("c1", "a")
    assert not records.has_said("c1", "b")
    assert not records.has_said("c2", "a")


def test_consultations_are_numbered_apart(records, dsl, consultation):
    create_consultation(records, dsl, id="c2")
    records.add_incoming("c1", "a", from_dsl("hello"), NOW)
    message, is_new = records.add_incoming("c2", "a", from_dsl("hello"), NOW)
    assert (message.number, is_new) == (1, True)


def test_a_message_sent_twice_is_kept_once(records, consultation):
    first, is_new = records.add_incoming("c1", "a", from_dsl("hello"), NOW)
    again, is_new_again = records.add_incoming("c1", "a", from_dsl("hello again"), NOW + timedelta(hours=1))
    assert (is_new, is_new_again) == (True, False)
    assert again == first
    assert records.messages("c1") == (first,)


def test_buttons_and_cards_come_back_as_they_went_in(records, consultation):
    said = Utterance("assistant", "", (Button("Yes", '/answer{"a":"yes"}'),), {"kind": "table", "rows": []})
    (stored,) = records.add_outgoing("c1", [said], NOW, unless_held=True)
    assert stored.utterance == said
    assert records.messages("c1") == (stored,)


def test_replies_end_where_the_dsl_speaks_next(records, consultation):
    first, _ = records.add_incoming("c1", "a", from_dsl("hello"), NOW)
    replies = records.add_outgoing("c1", [from_assistant("1"), from_assistant("2")], NOW, unless_held=True)
    records.add_incoming("c1", "b", from_dsl("bye"), NOW)
    records.add_outgoing("c1", [from_assistant("3")], NOW, unless_held=True)
    assert records.replies_to("c1", first.number) == replies


def test_offered_buttons_are_newest_first(records, consultation):
    old, new, newer = (Button(title, "/x") for title in ("old", "new", "newer"))
    records.add_outgoing("c1", [Utterance("assistant", "", (old,))], NOW, unless_held=True)
    records.add_outgoing("c1", [Utterance("assistant", "", (new, newer))], NOW, unless_held=True)
    assert records.offered_buttons("c1") == (new, newer, old)


# the duty queue


def test_a_handed_over_consultation_waits_in_the_queue_of_its_area(records, handed_over):
    assert records.queue("kent") == (handed_over,)
    assert records.queue("buckinghamshire") == ()
    assert records.case(handed_over.id) == records.case_of("c1") == handed_over
    assert records.consultation("c1").stage is Stage.WAITING


def test_a_second_hand_over_returns_the_case_that_is_there(records, handed_over):
    assert records.hand_over(make_case(id="case-2", handed_over_at=NOW + timedelta(hours=1))) == handed_over
    assert records.case("case-2") is None


def test_a_second_hand_over_can_make_a_case_more_urgent(records, handed_over):
    due = NOW + timedelta(hours=4)
    again = make_case(id="case-2", urgency="red", due_at=due, reason="utter_desk_reason_cannot_ring")
    case = records.hand_over(again)
    assert (case.id, case.urgency, case.due_at, case.reason) == (handed_over.id, "red", due, again.reason)
    assert case.handed_over_at == handed_over.handed_over_at, "waiting does not start again"
    assert records.queue("kent") == (case,)


def test_a_second_hand_over_never_makes_a_case_less_urgent(records, consultation):
    first = records.hand_over(make_case(urgency="red", due_at=NOW + timedelta(hours=4)))
    later = make_case(id="case-2", urgency="green", due_at=NOW + timedelta(days=9), dsl_reason="calmer now")
    assert records.hand_over(later) == first


def test_a_queue_holds_the_open_cases_of_the_area_the_longest_waiting_first(records, dsl):
    for name, hour in (("a", 2), ("b", 0), ("c", 1)):
        create_consultation(records, dsl, id=name)
        records.hand_over(make_case(id=name, consultation_id=name, handed_over_at=NOW + timedelta(hours=hour)))
    assert [case.id for case in records.queue("kent")] == ["b", "c", "a"]
    assert records.queue("buckinghamshire") == ()


def test_a_claimed_case_says_who_has_it_and_stays_in_the_queue(records, claimed, worker):
    assert (claimed.claimed_by, claimed.claimed_by_name, claimed.claimed_at) == (worker.id, "Sam Worker", NOW)
    assert claimed.stage is records.consultation("c1").stage is Stage.CLAIMED
    assert records.queue("kent") == (claimed,)


def test_whoever_claims_second_changes_nothing(records, claimed):
    late = create_worker(records, "kim", "Kim Late")
    with pytest.raises(IllegalMove):
        claim(records, claimed.id, late, NOW + timedelta(seconds=1))
    assert records.case(claimed.id) == claimed


def test_a_worker_of_another_area_cannot_claim(records, handed_over):
    stranger = create_worker(records, "kim", "Kim", area="buckinghamshire")
    with pytest.raises(IllegalMove):
        claim(records, handed_over.id, stranger, NOW)
    assert records.case(handed_over.id) == handed_over


def test_only_the_holder_puts_a_case_back(records, claimed, worker):
    other = create_worker(records, "kim", "Kim")
    with pytest.raises(IllegalMove):
        release(records, claimed.id, other, NOW)
    released = release(records, claimed.id, worker, NOW)
    assert (released.stage, released.claimed_by, released.claimed_at) == (Stage.WAITING, None, None)
    assert records.consultation("c1").stage is Stage.WAITING
    assert claim(records, claimed.id, other, NOW).claimed_by == other.id


def test_what_happened_to_a_case_is_kept_in_order(records, claimed, worker):
    why = "off shift now"
    records.step(claimed.id, Step(Move.RELEASE, worker, NOW + timedelta(hours=1), reason=why))
    assert [(m.what, m.who, m.there, m.reason) for m in records.moves_of("c1")] == [
        (Move.HAND_OVER, records.consultation("c1").person_id, Stage.WAITING, ""),
        (Move.CLAIM, worker.id, Stage.CLAIMED, ""),
        (Move.RELEASE, worker.id, Stage.WAITING, why),
    ]


AGREED = (AgreedAction("offer breakfast club", Owner.SCHOOL, date(2026, 12, 1)),)


def closed_by(worker, **values) -> Case:
    outcome = {
        "outcome_level": "3",
        "outcome_reason": "neglect over months",
        "outcome_advice": "refer",
        "referral_advised": True,
        "actions": AGREED,
        "review_on": date(2027, 1, 11),
    }
    return make_case(claimed_by=worker.id, **outcome | values)


def test_what_lists_of_cases_say_has_none_of_their_words(records, claimed, worker):
    case = answer(records, closed_by(worker), NOW + timedelta(hours=1))
    wordless = replace(case, dsl_reason="", outcome_reason=None, outcome_advice=None, actions=())
    assert records.queue("kent") == records.open_cases() == (wordless,)
    assert records.to_look_at_again(date(2027, 1, 11)) == (wordless,)


def test_answering_keeps_the_outcome_and_the_last_words(records, claimed, worker):
    last_words = Utterance("service", "", (), {"kind": "sections", "sections": []})
    case = answer(records, closed_by(worker), NOW + timedelta(hours=1), [last_words])
    assert case.stage is records.consultation("c1").stage is Stage.ANSWERED
    assert (case.outcome_level, case.referral_advised) == ("3", True)
    assert (case.outcome_reason, case.outcome_advice) == ("neglect over months", "refer")
    assert case.actions == AGREED
    assert (case.answered_at, case.review_on) == (NOW + timedelta(hours=1), date(2027, 1, 11))
    assert case.claimed_by_name == worker.name
    assert [m.utterance for m in records.messages("c1")] == [last_words]
    assert records.case_of("c1") == case
    settled = settle(records, case, NOW + timedelta(hours=2))
    assert settled.stage is records.consultation("c1").stage is Stage.CLOSED
    assert (settled.closed_at, settled.actions) == (NOW + timedelta(hours=2), AGREED)
    assert records.queue("kent") == ()


def test_only_the_holder_answers_for_good(records, claimed):
    other = create_worker(records, "kim", "Kim")
    with pytest.raises(IllegalMove):
        answer(records, closed_by(other), NOW, [from_assistant("bye")])
    assert records.case(claimed.id) == claimed
    assert records.messages("c1") == ()


def test_a_case_that_nobody_claimed_cannot_be_answered(records, handed_over, worker):
    with pytest.raises(IllegalMove):
        answer(records, closed_by(worker), NOW)


def test_a_closed_case_stays_as_it_is(records, claimed, worker):
    closed = answer(records, closed_by(worker), NOW)
    with pytest.raises(IllegalMove):
        answer(records, closed_by(worker, outcome_level="1"), NOW)
    closed = settle(records, closed, NOW)
    for attempt in (claim, release):
        with pytest.raises(IllegalMove):
            attempt(records, closed.id, worker, NOW)
    with pytest.raises(IllegalMove):
        records.hand_over(make_case(id="case-2"))
    assert records.case_of("c1") == closed


def test_asking_again_makes_a_case_that_names_the_one_before(records, claimed, worker, dsl):
    answered = answer(records, closed_by(worker), NOW)
    fresh = make_case(id="case-2", handed_over_at=NOW + timedelta(days=1))
    again = records.step(answered.id, Step(Move.REOPEN, dsl, NOW + timedelta(days=1), outcome=fresh))
    assert (again.id, again.reopens, again.stage) == ("case-2", answered.id, Stage.WAITING)
    assert records.case(answered.id).stage is Stage.CLOSED
    assert records.case(answered.id).outcome_reason == "neglect over months"
    assert records.consultation("c1").held, "the assistant would speak again to who had a person"
    assert [case.id for case in records.cases_of("c1")] == [answered.id, "case-2"]


def test_after_a_change_the_assistant_speaks_and_the_answer_stays(records, claimed, worker, dsl):
    answered = answer(records, closed_by(worker), NOW)
    case = records.step(answered.id, Step(Move.CHANGED, dsl, NOW))
    consultation = records.consultation("c1")
    assert (consultation.stage, consultation.held) == (Stage.WITH_ASSISTANT, False)
    assert (case.stage, case.outcome_advice) == (Stage.CLOSED, "refer")
    assert records.hand_over(make_case(id="case-2", handed_over_at=NOW + timedelta(days=1))).reopens == case.id


def test_a_case_put_back_keeps_the_assistant_silent(records, claimed, worker):
    release(records, claimed.id, worker, NOW)
    assert records.add_outgoing("c1", [from_assistant("I am back")], NOW, unless_held=True) == ()
    assert records.times_noted("assistant.silenced", "c1") == 1


def test_given_back_to_the_assistant_it_speaks_again(records, claimed, worker):
    records.step(claimed.id, Step(Move.RETURN, worker, NOW, reason="a question about forms"))
    assert records.consultation("c1").stage is Stage.WITH_ASSISTANT
    assert len(records.add_outgoing("c1", [from_assistant("Let us go on")], NOW, unless_held=True)) == 1


def test_a_case_is_offered_taken_over_and_then_the_other_areas(records, claimed, worker):
    kim = create_worker(records, "kim", "Kim", area="buckinghamshire")
    passing = records.step(claimed.id, Step(Move.TRANSFER, worker, NOW, to_area="buckinghamshire", reason="moved"))
    assert passing.claimed_by == worker.id
    assert records.queue("buckinghamshire") == (passing,)
    taken = records.step(claimed.id, Step(Move.ACCEPT, kim, NOW))
    assert (taken.area, taken.claimed_by, taken.stage) == ("buckinghamshire", kim.id, Stage.CLAIMED)
    assert (taken.transferred_to, taken.transferred_area) == (None, None)
    assert records.queue("kent") == ()


def test_the_same_words_of_a_worker_are_said_once(records, claimed, worker):
    hello = Utterance("duty_worker", "hello")
    first = records.say_as_holder(claimed.id, worker, "an id of mine", hello, NOW)
    again = records.say_as_holder(claimed.id, worker, "an id of mine", hello, NOW + timedelta(minutes=1))
    assert first == (records.messages("c1")[0], True)
    assert again == (first[0], False)
    assert records.say_as_holder(claimed.id, create_worker(records, "kim", "Kim"), "x", hello, NOW) is None
    assert len(records.messages("c1")) == 1


def test_a_reading_mark_only_grows(records, consultation):
    assert records.read_up_to("c1", "dsl") == 0
    assert records.mark_read("c1", "dsl", 4, NOW)
    assert not records.mark_read("c1", "dsl", 3, NOW)
    assert (records.read_up_to("c1", "dsl"), records.read_up_to("c1", "desk")) == (4, 0)


def test_of_name_and_referral_only_what_became_of_them_is_kept(records, claimed, worker, dsl):
    assert records.note_name(claimed.id, worker, NameState.TAKEN, NOW).name_state is NameState.TAKEN
    assert records.note_referral(claimed.id, dsl, ReferralResult.MADE, NOW).referral_result is ReferralResult.MADE
    with pytest.raises(IllegalMove):
        records.note_name(claimed.id, dsl, NameState.TAKEN, NOW)


# who may still speak


def test_the_assistant_is_heard_while_nobody_holds_the_case(records, handed_over):
    assert len(records.add_outgoing("c1", [from_assistant("still here")], NOW, unless_held=True)) == 1


def test_the_assistant_is_silent_from_the_claim_on(records, claimed, worker):
    assert records.add_outgoing("c1", [from_assistant("late")], NOW, unless_held=True) == ()
    answer(records, closed_by(worker), NOW)
    assert records.add_outgoing("c1", [from_assistant("later")], NOW, unless_held=True) == ()
    assert records.messages("c1") == ()


def test_a_dsl_is_heard_whoever_holds_the_case(records, claimed):
    assert records.add_incoming("c1", "a", from_dsl("one more thing"), NOW)[1]


def test_only_the_holder_is_heard_as_the_holder(records, claimed, worker):
    said = [Utterance("duty_worker", "hello")]
    assert records.add_outgoing("c1", said, NOW, unless_held=False, held_by="somebody else") == ()
    assert len(records.add_outgoing("c1", said, NOW, unless_held=False, held_by=worker.id)) == 1
    release(records, claimed.id, worker, NOW)
    assert records.add_outgoing("c1", said, NOW, unless_held=False, held_by=worker.id) == ()


# what must not be stored

UNCLEAN = "Jayden was hungry"


@pytest.mark.parametrize(
    "write",
    [
        lambda r: r.add_incoming("c1", "a", from_dsl(UNCLEAN), NOW),
        lambda r: r.add_outgoing("c1", [Utterance("duty_worker", UNCLEAN)], NOW, unless_held=False),
        lambda r: r.save_facts("c1", Facts(answers={"worry": UNCLEAN}), NOW),
        lambda r: r.save_facts("c1", Facts(answers={"red_flag_list": ("none", UNCLEAN)}), NOW),
        lambda r: r.save_assessment("c1", {"outcome": "level"}, Facts(answers={"worry": UNCLEAN}), NOW),
        lambda r: r.hand_over(make_case(dsl_reason=UNCLEAN)),
    ],
)
def test_an_unclean_text_is_refused_and_leaves_nothing(make_records, write):
    records = make_records(scan=finds_jayden)
    before = create_consultation(records, create_dsl(records))
    with pytest.raises(UncleanWrite) as refused:
        write(records)
    assert "ayden" not in repr(refused.value), "the refusal quotes what it refused"
    assert records.consultation("c1") == before
    assert records.messages("c1") == ()
    assert records.latest_assessment("c1") is None
    assert records.case_of("c1") is None


@pytest.mark.parametrize(
    "unclean",
    [
        {"outcome_reason": UNCLEAN},
        {"outcome_advice": UNCLEAN},
        {"actions": (AgreedAction(UNCLEAN, Owner.SCHOOL, date(2026, 12, 1)),)},
    ],
)
def test_an_unclean_outcome_is_refused_and_the_case_stays_open(make_records, unclean):
    records = make_records(scan=finds_jayden)
    create_consultation(records, create_dsl(records))
    worker = create_worker(records)
    records.hand_over(make_case())
    held = claim(records, "case-1", worker, NOW)
    with pytest.raises(UncleanWrite) as refused:
        answer(records, closed_by(worker, **unclean), NOW)
    with pytest.raises(UncleanWrite):
        records.step("case-1", Step(Move.RELEASE, worker, NOW, reason=UNCLEAN))
    assert "ayden" not in repr(refused.value), "the refusal quotes what it refused"
    assert records.case("case-1") == held


def test_one_unclean_text_of_several_refuses_all(make_records):
    records = make_records(scan=finds_jayden)
    create_consultation(records, create_dsl(records))
    said = [from_assistant("fine"), Utterance("duty_worker", UNCLEAN)]
    with pytest.raises(UncleanWrite):
        records.add_outgoing("c1", said, NOW, unless_held=False)
    assert records.messages("c1") == ()


def test_our_own_wording_is_left_alone(make_records):
    records = make_records(scan=lambda text, put_back: ("everything",), vocabulary={"5_9", "unknown"})
    create_consultation(records, create_dsl(records))
    said = [from_assistant("Ring 03000 411111"), Utterance("service", "closed", (), {"kind": "sections"})]
    assert len(records.add_outgoing("c1", said, NOW, unless_held=True)) == 2
    records.save_facts("c1", Facts(answers={"age_band": "5_9", "tried": ("unknown",)}), NOW)
    assert records.hand_over(make_case()).dsl_reason == ""


# the audit chain


def test_a_whole_chain_has_no_broken_line(records, claimed, worker):
    records.note("worker.signed_in", worker.id, "", NOW)
    answer(records, closed_by(worker), NOW)
    assert records.verify_audit() is None


@pytest.mark.parametrize("part", [0, 1, 2])
def test_an_audit_line_takes_no_sentences(records, part):
    line = ["case.read", "id-1", "case-1"]
    line[part] = "Jayden was hungry"
    with pytest.raises(ValueError, match="ids only"):
        records.note(*line, NOW)


# the past of a consultation


def test_facts_and_assessments_are_kept_with_what_they_were_before(records, consultation):
    first, second = Facts(answers={"trend": "same"}), Facts(answers={"trend": "worse"})
    later = NOW + timedelta(minutes=5)
    for at, facts in ((NOW, first), (NOW, first), (later, second)):
        records.save_facts("c1", facts, at)
        records.save_assessment("c1", {"outcome": "level"}, facts, at)
    assert list(records.facts_history("c1")) == [(NOW, first), (later, second)]
    assert [decision.facts for decision in records.decisions_of("c1")] == [first, first, second]


def test_the_past_of_another_consultation_is_not_told(records, dsl, consultation):
    create_consultation(records, dsl, id="c2")
    records.save_facts("c2", Facts(answers={"trend": "same"}), NOW)
    assert list(records.facts_history("c1")) == []
    assert list(records.decisions_of("c1")) == []


def test_a_chosen_answer_of_an_areas_own_is_kept_as_it_is(records, consultation):
    facts = Facts(answers={"kent-lives-afloat": "yes-moored"})
    records.save_facts("c1", facts, NOW)
    assert records.consultation("c1").facts == facts


def test_who_fell_silent_with_the_assistant_is_found_by_the_last_word(records, dsl, consultation):
    create_consultation(records, dsl, id="c2")
    records.add_outgoing("c1", [from_assistant("and?")], NOW, unless_held=True)
    records.add_outgoing("c2", [from_assistant("and?")], NOW, unless_held=True)
    records.add_incoming("c2", "client-1", from_dsl("yes"), NOW + timedelta(minutes=30))
    between = (NOW - timedelta(minutes=1), NOW + timedelta(minutes=1))
    assert set(records.last_said_between(*between)) == {"c1"}
    records.hand_over(make_case())
    assert set(records.last_said_between(*between)) == set()
