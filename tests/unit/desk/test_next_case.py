"""Taking the next case: the first that still waits, whatever became of the others since the queue was read."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from bot.consultation import Move
from bot.desk.case import Case, Step
from bot.desk.duty.board import Board
from bot.desk.duty.desk import DutyDesk
from bot.desk.duty.routing import Routing
from bot.desk.hand_over import DutyDesks
from bot.desk.watch import Watch
from tests.at_the_desk import make_counsel
from tests.duty_moves import claim
from tests.factories import NOW, create_consultation, create_dsl, create_worker, make_case
from tests.fakes import FakeRecords

REASON = "it was sent twice"


class Forgetful:
    """A dialogue that keeps nothing."""

    def forget(self, consultation_id: str) -> None:
        """Forget it."""


class ReadBefore(FakeRecords):
    """Records in which something happens between the reading of a queue and what is done next."""

    meanwhile: Callable[[], Any] | None = None

    def queue(self, area: str) -> tuple[Case, ...]:
        """Return the queue as it was before."""
        read = super().queue(area)
        if self.meanwhile:
            self.meanwhile()
        return read


@pytest.fixture
def records() -> ReadBefore:
    records = ReadBefore()
    dsl = create_dsl(records)
    for n in (1, 2):
        create_consultation(records, dsl, id=f"c{n}")
        records.hand_over(make_case(id=f"case-{n}", consultation_id=f"c{n}"))
    return records


def _next(records: ReadBefore) -> Case | None:
    counsel = make_counsel(records)
    given = {"counsel": counsel, "dialogue": Forgetful(), "watch": Watch(), "redact": None}
    desks = DutyDesks(counsel, records.desks, frozenset(), str)
    board = Board(records, Routing(records, records, desks), given["watch"])
    desk = DutyDesk(records=records, presence=records, board=board, **given)
    return asyncio.run(desk.next_case(create_worker(records), NOW))


def _step(records: ReadBefore, case: str, what: Move, by: Any) -> None:
    records.step(case, Step(what, by, NOW, reason=REASON))


def test_a_case_that_was_withdrawn_meanwhile_is_passed_over(records: ReadBefore) -> None:
    dsl = records.person(records.consultation("c1").person_id)
    records.meanwhile = lambda: _step(records, "case-1", Move.WITHDRAW, dsl)
    assert _next(records).id == "case-2"


def test_a_case_that_somebody_claimed_meanwhile_is_passed_over(records: ReadBefore) -> None:
    kim = create_worker(records, "kim", "Kim")
    records.meanwhile = lambda: claim(records, "case-1", kim, NOW)
    assert _next(records).id == "case-2"
    assert records.case("case-1").claimed_by == kim.id
