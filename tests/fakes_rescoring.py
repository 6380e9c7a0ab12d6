"""Re-scoring for doors: rounds in memory, and a desk that has placed every case."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from bot.desk.people import Person, Role
from bot.desk.rescoring import (
    AlreadyAnswered,
    NoSuchRound,
    Placed,
    Reason,
    Rescoring,
    Round,
    RoundClosed,
    RoundOpen,
)
from bot.scrutiny_wiring import rescoring_of

MANAGER = Person("manager-1", Role.MANAGER, "Mia Lane", "kent")


class FakeRounds:
    """Rounds and what was placed, in memory."""

    def __init__(self) -> None:
        self.rounds: dict[str, Round] = {}
        self.kept: list[Placed] = []

    def open_round(self, made: Round) -> None:
        if any(one.closed_at is None for one in self.rescoring_rounds(made.area)):
            raise RoundOpen
        self.rounds[made.id] = made

    def close_round(self, round_id: str, who: str, now: datetime) -> None:
        self.rounds[round_id] = replace(self._open(round_id), closed_at=now)

    def place(self, placed: Placed) -> None:
        self._open(placed.round_id)
        key = (placed.round_id, placed.case_id, placed.worker_id)
        if key in {(one.round_id, one.case_id, one.worker_id) for one in self.kept}:
            raise AlreadyAnswered
        self.kept.append(placed)

    def rescoring_round(self, round_id: str) -> Round | None:
        return self.rounds.get(round_id)

    def rescoring_rounds(self, area: str) -> tuple[Round, ...]:
        return tuple(one for one in reversed(self.rounds.values()) if one.area == area)

    def placed(self, round_id: str) -> tuple[Placed, ...]:
        return tuple(one for one in self.kept if one.round_id == round_id)

    def _open(self, round_id: str) -> Round:
        if round_id not in self.rounds:
            raise NoSuchRound
        if self.rounds[round_id].closed_at:
            raise RoundClosed
        return self.rounds[round_id]


def make_rescoring(counsel: Any, rounds: FakeRounds | None = None) -> Rescoring:
    """Return re-scoring on the counsel's own practice cases and levels. Its first round is `round-1`."""
    ids = count(1)
    return rescoring_of(counsel, rounds or FakeRounds(), lambda: f"round-{next(ids)}")


def workers(many: int) -> list[Person]:
    """Return duty workers of Kent."""
    return [Person(f"worker-{n}", Role.DUTY_WORKER, f"Worker {n}", "kent") for n in range(1, many + 1)]


def placed_by(rescoring: Rescoring, people: list[Person], now: datetime, level: Callable[[int, int], str]) -> Round:
    """Return a round in which everybody has placed every case: `level` says where, by person and case."""
    made = rescoring.start(MANAGER, now)
    for number, person in enumerate(people):
        for at, case in enumerate(made.cases):
            rescoring.place(person, made.id, case, level(number, at), {Reason.HARM, Reason.AGE}, now)
    return made
