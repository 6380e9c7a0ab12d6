"""The keeper: Rasa dies, and is started again."""

import threading
import time

import pytest

from bot.launch.keeper import SILENCES_ALLOWED, Keeper

SOON = 5.0


class FakeRasa:
    """A process that lives, answers and dies as it is told."""

    def __init__(self, healthy=True):
        self.alive = self.stopped = False
        self.healthy = healthy
        self.started = threading.Event()

    def start(self):
        self.alive = True
        self.started.set()

    def is_alive(self):
        return self.alive

    def is_healthy(self):
        return self.alive and self.healthy

    def stop(self):
        self.alive = False
        self.stopped = True


@pytest.fixture
def kept():
    """A keeper with the processes it has made and the events it has noted."""
    made, events = [], []

    def make():
        made.append(FakeRasa())
        return made[-1]

    keeper = Keeper(make, events.append, look_every=0.005)
    yield keeper, made, events
    keeper.stop()


def until(condition):
    deadline = time.monotonic() + SOON
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.002)


def test_a_process_that_dies_is_started_again(kept):
    keeper, made, events = kept
    keeper.start()
    assert keeper.wait_until_well(SOON)
    made[0].alive = False
    until(lambda: len(made) == 2 and keeper.is_well())
    assert events == ["rasa_died", "rasa_started_again"]
    assert keeper.process is made[1]


def test_a_process_that_falls_silent_is_ended_and_started_again(kept):
    keeper, made, _ = kept
    keeper.start()
    assert keeper.wait_until_well(SOON)
    made[0].healthy = False
    until(lambda: len(made) == 2)
    assert made[0].stopped, "two at once would fight for the port"


def test_one_silence_is_forgiven(kept):
    keeper, made, _ = kept
    asked = []

    def answers_again():
        asked.append(1)
        return len(asked) not in (2, 4)  # silent now and then, never so often in a row

    keeper.start()
    made[0].is_healthy = answers_again
    until(lambda: len(asked) > 4 + SILENCES_ALLOWED)
    assert len(made) == 1


def test_a_process_that_keeps_dying_is_started_every_time(kept):
    keeper, made, events = kept
    keeper.start()
    for place in range(3):
        until(lambda place=place: len(made) > place and made[place].started.is_set())
        made[place].healthy = False
        made[place].alive = False
    until(lambda: events.count("rasa_died") == 3)
    assert keeper.deaths == 3


def test_stopping_ends_the_process_and_starts_no_other(kept):
    keeper, made, _ = kept
    keeper.start()
    keeper.stop()
    assert made[-1].stopped
    assert len(made) == 1


def test_what_the_first_start_raises_is_not_swallowed():
    class Missing(FakeRasa):
        def start(self):
            raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        Keeper(Missing, print).start()
