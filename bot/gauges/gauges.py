"""Gauges: every number that is told, where it is kept and how it is written out."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from bot.gauges.labels import OTHER, OUTBOX, STAGES, STEPS, TURN_REFUSALS, WAYS, WHYS, Labels, Outcome, turn_refusal

_TURN_SECONDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 5.0, 10.0, 20.0, 30.0)
_DATABASE_SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
# The seconds that the turn under way here has spent in each step.
_TURN: ContextVar[dict[str, float] | None] = ContextVar("turn", default=None)


class Gauges:
    """The numbers of one house. Every series is there from the start, so that none begins by being missed.

    `stopwatch` gives seconds that only grow.
    """

    def __init__(self, labels: Labels, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self.labels, self._stopwatch = labels, stopwatch
        kept = self._registry = CollectorRegistry()
        self._turns = Counter("noname_turns", "Turns taken, by what came of them.", ["outcome"], registry=kept)
        words = "Seconds of a turn, by step; actions one by one."
        self._steps = Histogram("noname_turn_seconds", words, ["step"], buckets=_TURN_SECONDS, registry=kept)
        self._refusals = Counter("noname_refusals", "Messages that were not taken in.", ["reason"], registry=kept)
        self._doors = Counter("noname_door_refusals", "Requests that a door refused.", ["reason"], registry=kept)
        words = "Sign-ins that were refused."
        self._sign_ins = Counter("noname_sign_ins_refused", words, ["way", "why"], registry=kept)
        words = "Seconds of one statement in the database."
        self._database = Histogram("noname_database_seconds", words, buckets=_DATABASE_SECONDS, registry=kept)
        self.queue = Gauge("noname_queue_cases", "Open cases.", ["area", "stage"], registry=kept)
        words = "Age of the oldest case that waits for a person."
        self.oldest = Gauge("noname_queue_oldest_seconds", words, ["area"], registry=kept)
        words = "Cases whose promised time has passed without an answer."
        self.late = Gauge("noname_promises_late", words, ["area"], registry=kept)
        self.rasa = Gauge("noname_rasa_up", "Whether the dialogue answers.", registry=kept)
        self.records = Gauge("noname_records_up", "Whether the records could be looked at.", registry=kept)
        self.outbox = Gauge("noname_telegram_outbox", "What is on its way to chats.", ["state"], registry=kept)
        ProcessCollector(registry=kept)
        self._begin()

    def _begin(self) -> None:
        for outcome in Outcome:
            self._turns.labels(outcome.value)
        for step in STEPS:
            self._steps.labels(step)
        for reason in (*TURN_REFUSALS, OTHER):
            self._refusals.labels(reason)
        for reason in (*self.labels.door_refusals, OTHER):
            self._doors.labels(reason)
        for way in WAYS:
            for why in WHYS:
                self._sign_ins.labels(way, why)
        self.clear_queue()

    def clear_queue(self) -> None:
        """Set all that is looked up to nothing, so that what has gone is not told again."""
        for area in (*self.labels.areas, OTHER):
            for stage in STAGES:
                self.queue.labels(area, stage).set(0)
            self.oldest.labels(area).set(0)
            self.late.labels(area).set(0)
        for state in OUTBOX:
            self.outbox.labels(state).set(0)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Measure a turn for as long as the block lasts, with the steps in it."""
        spent: dict[str, float] = {}
        before, begun = _TURN.set(spent), self._stopwatch()
        try:
            yield
        finally:
            _TURN.reset(before)
            for step, seconds in spent.items():
                self._steps.labels(step).observe(seconds)
            self._steps.labels("whole").observe(self._stopwatch() - begun)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure a step of the turn that is under way here; outside of a turn nothing is told."""
        spent, begun = _TURN.get(), self._stopwatch()
        try:
            yield
        finally:
            if spent is not None:
                spent[name] = spent.get(name, 0.0) + self._stopwatch() - begun

    @contextmanager
    def action(self) -> Iterator[None]:
        """Measure one action: Rasa asks for it in a request of its own."""
        begun = self._stopwatch()
        try:
            yield
        finally:
            self._steps.labels("actions").observe(self._stopwatch() - begun)

    def came(self, outcome: Outcome, refusal: str | None = None) -> None:
        """Count a turn by what came of it, and why it was refused."""
        self._turns.labels(outcome.value).inc()
        if refusal:
            self._refusals.labels(turn_refusal(refusal)).inc()

    def door_refused(self, error: str) -> None:
        """Count a request that a door refused."""
        self._doors.labels(self.labels.door_refusal(error)).inc()

    def sign_in_refused(self, way: str, why: str) -> None:
        """Count a sign-in that was refused."""
        self._sign_ins.labels(way if way in WAYS else OTHER, why if why in WHYS else OTHER).inc()

    def statement_took(self, seconds: float) -> None:
        """Count the seconds of a statement, towards the turn that is under way here too."""
        self._database.observe(seconds)
        spent = _TURN.get()
        if spent is not None:
            spent["store"] = spent.get("store", 0.0) + seconds

    def written_out(self) -> bytes:
        """Return all of it as Prometheus reads it."""
        return generate_latest(self._registry)
