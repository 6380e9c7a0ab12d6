"""Re-scoring: duty workers place practice cases blind, each for themselves; a closed round shows how far they agree.

Nobody sees what the assistant makes of a case, or what others said, while a round is open. Nothing is typed: a level of
the area's own and reasons from a list. What is shown is of all workers together, never of one, and only where there are
five of them and ten cases. Whoever took part also sees their own answers.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.consultation import Level
from bot.desk.people import AT_THE_DESK, Person
from bot.knowledge.practice import PracticeCase
from bot.scrutiny.agreement import NothingToCompare, kappa_of_many, linear, weighted_kappa

FEWEST_WORKERS = 5
FEWEST_CASES = 10
PERSON, EXIT = "person", "exit"  # what the assistant came to, where that is no level


class Reason(StrEnum):
    """What a worker's level rests on, as they choose it. The order is that of the page."""

    HARM = "harm"
    AGE = "age"
    HOW_LONG = "how_long"
    WORSE = "worse"
    PARENTS = "parents"
    PROTECTIVE = "protective"
    CHILD_SAID = "child_said"
    TRIED = "tried"
    SEVERAL = "several"
    NOT_KNOWN = "not_known"


class NoSuchRound(LookupError):
    """Tried to use a round that is not there or is another area's."""


class RoundClosed(Exception):
    """Tried to place a case in a round that has been closed, or to close it again."""


class AlreadyAnswered(Exception):
    """Tried to place a case a second time."""


class RoundOpen(Exception):
    """Tried to open a round while another of the area is open."""


class NotAnAnswer(ValueError):
    """Tried to place a case at no level of the area, or without a reason."""


class TooFewCases(Exception):
    """Tried to open a round with fewer cases than its result could be shown of."""


@dataclass(frozen=True, slots=True)
class Round:
    """A round of an area.

    `cases` has by case what the assistant made of it as it began: a level, `exit` or `person`.
    """

    id: str
    area: str
    cases: Mapping[str, str]
    opened_by: str
    opened_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a worker placed a case."""

    round_id: str
    case_id: str
    worker_id: str
    level: str
    reasons: tuple[Reason, ...]
    at: datetime


class Rounds(Protocol):
    """Where rounds are kept; each change is a line of the audit chain."""

    def open_round(self, made: Round) -> None: ...
    def close_round(self, round_id: str, who: str, now: datetime) -> None: ...
    def place(self, placed: Placed) -> None: ...
    def rescoring_round(self, round_id: str) -> Round | None: ...
    def rescoring_rounds(self, area: str) -> tuple[Round, ...]: ...
    def placed(self, round_id: str) -> tuple[Placed, ...]: ...


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What became of one case: by level's code how many chose it, by reason too, what the assistant said, one's own."""

    case_id: str
    title: str
    levels: Mapping[str, int]
    reasons: Mapping[Reason, int]
    assistant: str
    own: str = ""


@dataclass(frozen=True, slots=True)
class RoundResult:
    """What a round came to. `cases` is empty while it is open, and where too few took part.

    `among` and `beside` are kappas, None where there is none.
    """

    round: Round
    workers: int = 0
    cases: tuple[CaseResult, ...] = ()
    among: float | None = None
    beside: float | None = None
    own: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rescoring:
    """Rounds, with what they need. `levels` are an area's, `assistant` places a case's facts there as of now."""

    rounds: Rounds
    practice: Callable[[], Mapping[str, PracticeCase]]
    levels: Callable[[str], Sequence[Level]]
    assistant: Callable[[PracticeCase, str], str]
    new_id: Callable[[], str]

    def of_area(self, person: Person) -> tuple[Round, ...]:
        """Return the rounds of one's own area, the newest first."""
        return self.rounds.rescoring_rounds(person.area)

    def start(self, manager: Person, now: datetime) -> Round:
        """Open a round with every practice case. Raises RoundOpen and TooFewCases."""
        if any(one.closed_at is None for one in self.of_area(manager)):
            raise RoundOpen
        cases = {case.id: self.assistant(case, manager.area) for case in self.practice().values()}
        if len(cases) < FEWEST_CASES or not self.levels(manager.area):
            raise TooFewCases
        made = Round(self.new_id(), manager.area, cases, manager.id, now)
        self.rounds.open_round(made)
        return made

    def close(self, manager: Person, round_id: str, now: datetime) -> None:
        """Close a round: nothing is placed any more, and its result can be seen. Raises NoSuchRound and RoundClosed."""
        self.rounds.close_round(self._round(manager, round_id).id, manager.id, now)

    def left(self, worker: Person, round_id: str) -> tuple[Round, tuple[PracticeCase, ...]]:
        """Return an open round and the cases that a worker has not placed yet. Raises NoSuchRound and RoundClosed."""
        held = self._open(worker, round_id)
        done = {one.case_id for one in self.rounds.placed(held.id) if one.worker_id == worker.id}
        known = self.practice()
        return held, tuple(known[one] for one in held.cases if one in known and one not in done)

    def place(
        self, worker: Person, round_id: str, case_id: str, level: str, reasons: Collection[Reason], now: datetime
    ) -> None:
        """Place a case, once. Raises NoSuchRound, RoundClosed, NotAnAnswer and AlreadyAnswered."""
        held = self._open(worker, round_id)
        if case_id not in held.cases:
            raise NoSuchRound
        codes = {one.code for one in self.levels(worker.area)} | {PERSON}
        if level not in codes or not reasons:
            raise NotAnAnswer
        chosen = tuple(reason for reason in Reason if reason in reasons)
        self.rounds.place(Placed(held.id, case_id, worker.id, level, chosen, now))

    def result(self, person: Person, round_id: str) -> RoundResult:
        """Return what a closed round came to, and of an open one nothing but itself. Raises NoSuchRound."""
        held = self._round(person, round_id)
        if held.closed_at is None:
            return RoundResult(held)
        placed = self.rounds.placed(held.id)
        known = self.practice()
        own = {one.case_id: one.level for one in placed if one.worker_id == person.id}
        titles = {one: known[one].title if one in known else one for one in held.cases}
        mine = tuple((titles[one], level) for one, level in own.items())
        by_case = {one: [p for p in placed if p.case_id == one] for one in held.cases}
        told = {one: many for one, many in by_case.items() if len(many) >= FEWEST_WORKERS}
        workers = len({one.worker_id for one in placed})
        if len(told) < FEWEST_CASES:
            return RoundResult(held, workers, own=mine)
        cases = tuple(_case(one, titles[one], many, held.cases[one], own.get(one, "")) for one, many in told.items())
        ranks = {level.code: at for at, level in enumerate(self.levels(held.area))}
        return RoundResult(held, workers, cases, _among(cases, ranks), _beside(cases, ranks), mine)

    def _round(self, person: Person, round_id: str) -> Round:
        held = self.rounds.rescoring_round(round_id)
        if held is None or held.area != person.area or person.role not in AT_THE_DESK:
            raise NoSuchRound
        return held

    def _open(self, worker: Person, round_id: str) -> Round:
        held = self._round(worker, round_id)
        if held.closed_at is not None:
            raise RoundClosed
        return held


def _case(case_id: str, title: str, placed: Sequence[Placed], assistant: str, own: str) -> CaseResult:
    levels = Counter(one.level for one in placed)
    reasons = Counter(reason for one in placed for reason in one.reasons)
    return CaseResult(case_id, title, levels, reasons, assistant, own)


def _among(cases: Sequence[CaseResult], ranks: Mapping[str, int]) -> float | None:
    """Return how far workers agree with each other beyond chance. Left to a person counts as a place of its own."""
    places = (*ranks, PERSON)
    try:
        return kappa_of_many([[case.levels.get(code, 0) for code in places] for case in cases])
    except NothingToCompare:
        return None


def _beside(cases: Sequence[CaseResult], ranks: Mapping[str, int]) -> float | None:
    """Return how far they agree with the assistant, each step of the area's scale counting alike."""
    table = [[0] * len(ranks) for _ in ranks]
    for case in cases:
        for level, many in case.levels.items():
            if level in ranks and case.assistant in ranks:
                table[ranks[case.assistant]][ranks[level]] += many
    try:
        return weighted_kappa(table, linear).value
    except NothingToCompare:
        return None
