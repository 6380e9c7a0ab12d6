"""Any order of events: the database and the fake agree, and what must always hold does."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.consultation import MOVES, OPEN, OVER, IllegalMove, Move, Stage, may_move
from bot.desk.duty.moving import actors
from bot.desk.ports import NotKept, Person, Step, Utterance
from bot.storage import SqlRecords, make_engine
from tests.factories import (
    NOW,
    create_consultation,
    create_dsl,
    create_worker,
    from_assistant,
    from_dsl,
    make_case,
)
from tests.fakes import FakeRecords, finds_nothing
from tests.keys import make_keys

AT_THE_DESK = {
    "sam": ("kent", "duty_worker"),
    "kim": ("kent", "duty_worker"),
    "max": ("kent", "manager"),
    "lee": ("buckinghamshire", "duty_worker"),
}
whoever = st.sampled_from([*AT_THE_DESK, "ann", "eve", "the service"])
SAID = "a reason of ten letters"


class Lives(RuleBasedStateMachine):
    """One consultation, its DSL and another, four people at two desks, the service, and two stores side by side."""

    new_url: Callable[[Path], str]  # of a migrated database with nobody in it; it may use that folder

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())
        self.engine = make_engine(self.new_url(self.folder))
        # Ids as the fake draws them, so that everything can be compared.
        ids, kinds = count(1), iter(["school", "dsl", "school", "dsl", *["worker"] * len(AT_THE_DESK)])
        sql = SqlRecords(
            self.engine,
            pepper="a pepper that is long enough",
            keys=make_keys(self.folder),
            scan=finds_nothing,
            new_id=lambda: f"{next(kinds)}-{next(ids)}",
        )
        self.stores = (sql, FakeRecords())
        self.people: dict[str, Person | None] = {"the service": None}
        for store in self.stores:
            ann = create_dsl(store)
            eve = create_dsl(store, code="EVES-CODE-2222-22222")
            create_consultation(store, ann)
            made = {name: create_worker(store, name, name, area) for name, (area, _) in AT_THE_DESK.items()}
            # Managers are told apart by their role alone, whoever keeps it.
            made = {name: replace(one, role=AT_THE_DESK[name][1]) for name, one in made.items()}
            self.people |= {"ann": ann, "eve": eve, **made}
        self.minutes = count(1)
        self.client_ids = count(1)
        self.case_ids = count(1)

    def teardown(self) -> None:
        self.engine.dispose()
        self.stores[0].let_go()
        shutil.rmtree(self.folder)

    def both(self, act):
        """Do it in both stores, see that the same came of it, and return that."""
        outcomes = []
        for store in self.stores:
            try:
                outcomes.append(act(store))
            except (IllegalMove, NotKept) as refused:
                outcomes.append(type(refused))
        assert outcomes[0] == outcomes[1]
        return outcomes[0]

    def later(self):
        return NOW + timedelta(minutes=next(self.minutes))

    @property
    def consultation(self):
        return self.stores[0].consultation("c1")

    @rule(urgency=st.sampled_from(["red", "amber", "green"]), hours=st.integers(1, 99))
    def hand_over(self, urgency, hours):
        now, before = self.later(), self.consultation.stage
        case = make_case(
            id=f"case-{next(self.case_ids)}", urgency=urgency, handed_over_at=now, due_at=now + timedelta(hours=hours)
        )
        handed_over = self.both(lambda store: store.hand_over(case))
        if before in (Stage.WITH_ASSISTANT, Stage.OFFERED):
            assert handed_over.stage is Stage.WAITING, "nobody would be asked"

    @rule(who=whoever, what=st.sampled_from([Move.OFFER, Move.DECLINE, Move.CLAIM]))
    def move_without_a_case(self, who, what):
        now = self.later()
        self.both(lambda store: store.step_alone("c1", Step(what, self.people[who], now)))

    @rule(
        who=whoever,
        what=st.sampled_from(sorted(set(Move) - {Move.OFFER, Move.DECLINE, Move.HAND_OVER})),
        to=st.sampled_from(["sam", "kim", "lee", "buckinghamshire", "nobody"]),
    )
    def move(self, who, what, to):
        now, case = self.later(), self.stores[0].case_of("c1")
        if case is None:
            return
        by, there = self.people[who], MOVES[what].there
        allowed = may_move(case.stage, actors(case, by, self.people["ann"].id), what)
        outcome = make_case(outcome_level="3", outcome_reason=SAID)
        if what is Move.REOPEN:
            outcome = make_case(id=f"case-{next(self.case_ids)}", handed_over_at=now)
        step = Step(
            what, by, now, SAID, self.people.get(to), to if to == "buckinghamshire" else "", outcome,
            [Utterance("service", "told")],
        )
        came_of_it = self.both(lambda store: store.step(case.id, step))
        if not allowed:
            assert came_of_it is IllegalMove
        if came_of_it is not IllegalMove:
            assert self.consultation.stage is there

    @rule(is_repeat=st.booleans())
    def the_dsl_writes(self, is_repeat):
        client_id = "the same" if is_repeat else f"id {next(self.client_ids)}"
        now = self.later()
        self.both(lambda store: store.add_incoming("c1", client_id, from_dsl("hello"), now))

    @rule()
    def the_assistant_speaks(self):
        now, held = self.later(), self.consultation.held
        said = self.both(lambda store: store.add_outgoing("c1", [from_assistant("hello")], now, unless_held=True))
        assert bool(said) is not held

    @rule(who=st.sampled_from(sorted(AT_THE_DESK)), is_repeat=st.booleans())
    def a_worker_speaks(self, who, is_repeat):
        now, case = self.later(), self.stores[0].case_of("c1")
        if case is None:
            return
        client_id = "the same" if is_repeat else f"id {next(self.client_ids)}"
        hello = Utterance("duty_worker", "hello")
        said = self.both(lambda store: store.say_as_holder(case.id, self.people[who], client_id, hello, now))
        has_it = case.stage in (Stage.CLAIMED, Stage.TRANSFERRED, Stage.ANSWERED)
        assert (said is not None) is (has_it and case.claimed_by == self.people[who].id)

    @invariant()
    def the_stores_agree(self):
        for ask in (
            lambda store: store.consultation("c1"),
            lambda store: store.messages("c1"),
            lambda store: store.queue("kent"),
            lambda store: store.queue("buckinghamshire"),
            lambda store: store.cases_of("c1"),
            lambda store: store.moves_of("c1"),
        ):
            self.both(ask)

    @invariant()
    def the_case_and_the_consultation_are_in_one_stage_unless_the_case_is_over(self):
        case, stage = self.stores[0].case_of("c1"), self.consultation.stage
        if case is None or (case.stage in {*OVER, Stage.WITH_ASSISTANT} and stage in _BEFORE_A_PERSON):
            assert stage in _BEFORE_A_PERSON
        else:
            assert stage is case.stage

    @invariant()
    def an_open_case_is_in_somebodys_queue_and_there_is_at_most_one(self):
        held = [case for case in self.stores[0].cases_of("c1") if case.stage in OPEN]
        assert len(held) <= 1
        shown = [*self.stores[0].queue("kent"), *self.stores[0].queue("buckinghamshire")]
        assert {case.id for case in held} == {case.id for case in shown}

    @invariant()
    def after_a_person_the_assistant_is_silent_until_it_is_given_back(self):
        stage, held = self.consultation.stage, self.consultation.held
        assert held or stage in (*_BEFORE_A_PERSON, Stage.WAITING, Stage.ABANDONED)
        assert not held or stage not in _BEFORE_A_PERSON

    @invariant()
    def numbers_have_no_gaps(self):
        numbers = [message.number for message in self.stores[0].messages("c1")]
        assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def nobody_holds_a_case_of_another_area(self):
        for case in self.stores[0].cases_of("c1"):
            holder = next((one for one in self.people.values() if one and one.id == case.claimed_by), None)
            assert holder is None or holder.area == case.area

    @invariant()
    def the_audit_chain_is_whole(self):
        assert self.stores[0].verify_audit() is None


_BEFORE_A_PERSON = frozenset({Stage.WITH_ASSISTANT, Stage.OFFERED})


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("engine_name", "examples"), [("sqlite", 8), ("postgresql", 4)])
def test_in_any_order_of_events_the_database_and_the_fake_agree(request, engine_name, examples):
    def new_url(folder: Path) -> str:
        if engine_name == "postgresql":
            return request.getfixturevalue("emptied").url()
        shutil.copy(request.getfixturevalue("migrated"), folder / "noname.db")
        return f"sqlite:///{folder / 'noname.db'}"

    lives = type("MigratedLives", (Lives,), {"new_url": staticmethod(new_url)})
    run_state_machine_as_test(
        lives, settings=settings(max_examples=examples, stateful_step_count=30, deadline=None)
    )
