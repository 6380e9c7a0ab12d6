"""Rasa's store seen from outside, where it is in PostgreSQL."""

import psycopg
import pytest

from bot.storage import Tracker


@pytest.fixture
def url(postgresql) -> str:
    return postgresql.url(postgresql.make())


@pytest.fixture
def tracker(url):
    """A store as Rasa makes it, with two talks of many events."""
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE events (id serial primary key, sender_id varchar(255), data text)")
        ids = [(f"c{number % 2}",) for number in range(400)]
        connection.cursor().executemany("INSERT INTO events (sender_id, data) VALUES (%s, 'said')", ids)
    tracker = Tracker(url)
    yield tracker
    tracker.let_go()


def test_a_talk_is_forgotten_and_the_others_are_not(tracker):
    assert tracker.consultations() == {"c0", "c1"}
    assert tracker.forget(["c0"]) == 200
    tracker.tidy()
    assert (tracker.knows("c0"), tracker.knows("c1")) == (False, True)
    assert tracker.consultations() == {"c1"}


def test_many_are_forgotten_at_once(tracker):
    assert tracker.forget([f"c{number}" for number in range(1200)]) == 400


def test_where_rasa_has_made_nothing_nothing_is_known_and_nothing_fails(url):
    tracker = Tracker(url)
    assert not tracker.knows("c1")
    assert tracker.consultations() == frozenset()
    assert tracker.forget(["c1"]) == 0
    tracker.tidy()
