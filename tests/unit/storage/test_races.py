"""Races: many threads at one database, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest

from bot.consultation import IllegalMove, Move, Stage
from bot.desk.claim import claim as claiming
from bot.desk.ports import Step, Utterance
from tests.duty_moves import claim, release
from tests.factories import (
    NOW,
    create_consultation,
    create_dsl,
    create_worker,
    from_assistant,
    from_dsl,
    make_case,
)


def all_at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """Start every act at the same moment and return what each returned."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result(timeout=60) for done in [pool.submit(run, act) for act in acts]]


@pytest.fixture
def records(sql_records):
    records = sql_records()
    create_consultation(records, create_dsl(records))
    return records


@pytest.mark.parametrize("racing", [2, 20, 50])
def test_of_workers_racing_for_a_case_exactly_one_wins_and_the_others_are_told_who(records, racing):
    records.hand_over(make_case())
    workers = [create_worker(records, f"w{n}", f"Worker {n}") for n in range(racing)]
    acts = [lambda w=worker: claiming(records, "case-1", w, NOW) for worker in workers]
    told = {case.claimed_by for case in all_at_once(acts)}
    assert len(told) == 1, "two workers were told different things"
    assert told == {records.case("case-1").claimed_by}
    assert told <= {worker.id for worker in workers}


def test_a_hand_over_from_two_pages_makes_one_case(records):
    acts = [lambda n=n: records.hand_over(make_case(id=f"case-{n}")) for n in range(8)]
    cases = all_at_once(acts)
    assert len({case.id for case in cases}) == 1
    assert records.queue("kent") == (cases[0],)


def test_a_message_sent_many_times_at_once_is_kept_once(records):
    acts = [lambda: records.add_incoming("c1", "same", from_dsl("hello"), NOW) for _ in range(12)]
    kept = all_at_once(acts)
    assert sum(is_new for _, is_new in kept) == 1
    assert {message.number for message, _ in kept} == {1}
    assert len(records.messages("c1")) == 1


def test_numbers_have_no_gaps_however_many_speak_at_once(records):
    incoming = [
        lambda n=n: records.add_incoming("c1", f"id {n}", from_dsl(f"dsl {n}"), NOW) for n in range(10)
    ]
    outgoing = [
        lambda n=n: records.add_outgoing(
            "c1", [from_assistant(f"{n} first"), from_assistant(f"{n} second")], NOW, unless_held=True
        )
        for n in range(10)
    ]
    all_at_once(incoming + outgoing)
    kept = records.messages("c1")
    assert [message.number for message in kept] == list(range(1, 31))
    texts = [message.utterance.text for message in kept]
    for n in range(10):
        assert texts.index(f"{n} second") == texts.index(f"{n} first") + 1, "another came between"


def test_whatever_the_assistant_says_stands_before_the_claim(records):
    records.hand_over(make_case())
    worker = create_worker(records)

    def claim_and_greet():
        claim(records, "case-1", worker, NOW)
        hello = [Utterance("duty_worker", "hello")]
        return records.add_outgoing("c1", hello, NOW, unless_held=False, held_by=worker.id)

    acts = [
        lambda n=n: records.add_outgoing("c1", [from_assistant(f"slow {n}")], NOW, unless_held=True)
        for n in range(12)
    ]
    greeting, *_ = all_at_once([claim_and_greet, *acts])
    after = records.messages("c1", after=greeting[0].number)
    assert after == (), "the assistant spoke after a person had taken over"


@pytest.mark.parametrize("what", [Move.RELEASE, Move.TRANSFER, Move.ANSWER])
def test_what_the_assistant_says_late_is_dropped_and_noted_whatever_the_desk_does(records, what):
    records.hand_over(make_case())
    worker, kim = create_worker(records), create_worker(records, "kim", "Kim")
    outcome = make_case(outcome_level="3", outcome_reason="neglect over months", outcome_advice="refer")

    def desk():
        claim(records, "case-1", worker, NOW)
        records.step("case-1", Step(what, worker, NOW, reason="off shift now", to=kim, outcome=outcome))
        return len(records.messages("c1"))

    acts = [
        lambda n=n: records.add_outgoing("c1", [from_assistant(f"slow {n}")], NOW, unless_held=True) for n in range(12)
    ]
    said_before, *said = all_at_once([desk, *acts])
    kept = sum(bool(one) for one in said)
    assert len(records.messages("c1")) == kept <= said_before
    assert records.times_noted("assistant.silenced", "c1") == 12 - kept


def test_a_case_that_two_want_to_take_over_and_one_takes_back_has_one_holder(records):
    records.hand_over(make_case())
    sam, kim = create_worker(records), create_worker(records, "kim", "Kim", area="buckinghamshire")
    lee = create_worker(records, "lee", "Lee", area="buckinghamshire")
    claim(records, "case-1", sam, NOW)
    records.step("case-1", Step(Move.TRANSFER, sam, NOW, to_area="buckinghamshire"))

    def attempt(step):
        with suppress(IllegalMove):
            return records.step("case-1", step).claimed_by

    steps = [Step(Move.ACCEPT, kim, NOW), Step(Move.ACCEPT, lee, NOW), Step(Move.RECALL, sam, NOW)]
    won = [who for who in all_at_once([lambda s=s: attempt(s) for s in steps]) if who]
    assert won == [records.case("case-1").claimed_by]
    assert records.verify_audit() is None


def test_a_second_factor_is_good_for_one_of_many_sign_ins_at_once(records):
    worker = create_worker(records)
    assert sum(all_at_once([lambda: records.spend_step(worker, 7)] * 10)) == 1


def test_the_audit_chain_stays_whole_under_many_hands(records):
    moments = [NOW + timedelta(seconds=n) for n in range(15)]
    all_at_once([lambda at=at: records.note("case.read", "w", "case-1", at) for at in moments])
    assert records.verify_audit() is None


def test_claim_and_release_leave_case_and_consultation_in_the_same_stage(records):
    records.hand_over(make_case())
    workers = [create_worker(records, f"w{n}", f"Worker {n}") for n in range(6)]

    def claim_and_release(worker):
        with suppress(IllegalMove):
            claim(records, "case-1", worker, NOW)
            release(records, "case-1", worker, NOW)

    all_at_once([lambda w=worker: claim_and_release(w) for worker in workers])
    assert records.case("case-1").stage is records.consultation("c1").stage is Stage.WAITING
    assert records.verify_audit() is None
