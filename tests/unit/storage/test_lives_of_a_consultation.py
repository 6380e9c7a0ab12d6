"""Any order of events: the database and the fake agree, and what must always hold does."""

import shutil
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.consultation import IllegalMove, Stage
from bot.desk.ports import Utterance
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

workers = st.sampled_from(["sam", "kim", "lee"])
AREA = {"sam": "kent", "kim": "kent", "lee": "buckinghamshire"}


class Lives(RuleBasedStateMachine):
    """One consultation, three workers, two stores side by side."""

    migrated: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())
        shutil.copy(self.migrated, self.folder / "noname.db")
        self.engine = make_engine(f"sqlite:///{self.folder / 'noname.db'}")
        # Ids as the fake draws them, so that everything can be compared.
        ids, kinds = count(1), iter(["school", "dsl", "worker", "worker", "worker"])
        sql = SqlRecords(
            self.engine,
            pepper="a pepper that is long enough",
            scan=finds_nothing,
            new_id=lambda: f"{next(kinds)}-{next(ids)}",
        )
        self.stores = (sql, FakeRecords())
        self.people = {}
        for store in self.stores:
            create_consultation(store, create_dsl(store))
            self.people = {name: create_worker(store, name, name, area) for name, area in AREA.items()}
        self.minutes = count(1)
        self.client_ids = count(1)

    def teardown(self) -> None:
        self.engine.dispose()
        shutil.rmtree(self.folder)

    def both(self, act):
        """Do it in both stores, see that the same came of it, and return that."""
        outcomes = []
        for store in self.stores:
            try:
                outcomes.append(act(store))
            except IllegalMove:
                outcomes.append(IllegalMove)
        assert outcomes[0] == outcomes[1]
        return outcomes[0]

    def later(self):
        return NOW + timedelta(minutes=next(self.minutes))

    @rule(urgency=st.sampled_from(["red", "amber", "green"]), hours=st.integers(1, 99))
    def hand_over(self, urgency, hours):
        now = self.later()
        case = make_case(urgency=urgency, handed_over_at=now, due_at=now + timedelta(hours=hours))
        self.both(lambda store: store.hand_over(case))

    @rule(who=workers)
    def claim(self, who):
        now, before = self.later(), self.stores[0].case("case-1")
        if before is None:
            return
        case = self.both(lambda store: store.claim("case-1", self.people[who], now))
        if before.claimed_by:
            assert case == before, "a claimed case changed hands"

    @rule(who=workers)
    def release(self, who):
        now = self.later()
        if self.stores[0].case("case-1"):
            self.both(lambda store: store.release("case-1", self.people[who], now))

    @rule(who=workers)
    def close(self, who):
        now = self.later()
        if self.stores[0].case("case-1"):
            case = make_case(claimed_by=self.people[who].id, outcome_level="3")
            self.both(lambda store: store.close(case, now, [Utterance("service", "closed")]))

    @rule(is_repeat=st.booleans())
    def the_dsl_writes(self, is_repeat):
        client_id = "the same" if is_repeat else f"id {next(self.client_ids)}"
        now = self.later()
        self.both(lambda store: store.add_incoming("c1", client_id, from_dsl("hello"), now))

    @rule()
    def the_assistant_speaks(self):
        now, stage = self.later(), self.stores[0].consultation("c1").stage
        said = self.both(
            lambda store: store.add_outgoing("c1", [from_assistant("hello")], now, unless_held=True)
        )
        assert bool(said) is (stage in (Stage.WITH_ASSISTANT, Stage.WAITING))

    @rule(who=workers)
    def a_worker_speaks(self, who):
        now, case = self.later(), self.stores[0].case("case-1")
        said = self.both(
            lambda store: store.add_outgoing(
                "c1",
                [Utterance("duty_worker", "hello")],
                now,
                unless_held=False,
                held_by=self.people[who].id,
            )
        )
        holds = case is not None and case.stage is Stage.CLAIMED and case.claimed_by == self.people[who].id
        assert bool(said) is holds

    @invariant()
    def the_stores_agree(self):
        self.both(lambda store: store.consultation("c1"))
        self.both(lambda store: store.messages("c1"))
        self.both(lambda store: store.queue("kent"))
        self.both(lambda store: store.case_of("c1"))

    @invariant()
    def the_case_and_the_consultation_are_in_one_stage(self):
        case = self.stores[0].case_of("c1")
        stage = self.stores[0].consultation("c1").stage
        assert stage is (case.stage if case else Stage.WITH_ASSISTANT)

    @invariant()
    def numbers_have_no_gaps(self):
        numbers = [message.number for message in self.stores[0].messages("c1")]
        assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def nobody_from_another_area_holds_the_case(self):
        case = self.stores[0].case_of("c1")
        assert case is None or case.claimed_by != self.people["lee"].id

    @invariant()
    def the_audit_chain_is_whole(self):
        assert self.stores[0].verify_audit() is None


@pytest.mark.timeout(300)
def test_in_any_order_of_events_the_database_and_the_fake_agree(migrated):
    lives = type("MigratedLives", (Lives,), {"migrated": migrated})
    run_state_machine_as_test(
        lives, settings=settings(max_examples=12, stateful_step_count=20, deadline=None)
    )
