"""Rasa's store seen from outside: what is forgotten is gone from the file, byte by byte."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import Tracker


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store as Rasa makes it, with two talks of many events."""
    file = tmp_path / "rasa.db"
    with closing(sqlite3.connect(file)) as held, held:
        held.execute("create table events (id integer primary key, sender_id text, type_name text, data text)")
        for number in range(400):
            said = f'{{"text": "canary-{number % 2} says {"much " * (number % 60)}"}}'
            held.execute("insert into events (sender_id, data) values (?, ?)", [f"c{number % 2}", said])
        # Rasa deletes nothing, but a database moves things about, and frees what it does not overwrite.
        held.execute("pragma secure_delete = off")
        held.execute("update events set data = data || 'x' where id % 3 = 0")
    return file


@pytest.fixture
def tracker(file: Path) -> Tracker:
    return Tracker(f"sqlite:///{file}")


def everything(file: Path) -> bytes:
    return b"".join(one.read_bytes() for one in file.parent.glob("rasa.db*"))


def test_a_talk_is_forgotten_and_the_others_are_not(tracker: Tracker, file: Path) -> None:
    assert tracker.consultations() == {"c0", "c1"}
    assert tracker.forget(["c0"]) == 200
    tracker.tidy()
    assert (tracker.knows("c0"), tracker.knows("c1")) == (False, True)
    assert tracker.consultations() == {"c1"}
    assert b"canary-0" not in everything(file)
    assert b"canary-1" in everything(file)


def test_a_reader_of_the_store_does_not_keep_anything_in_it(tracker: Tracker, file: Path) -> None:
    with closing(sqlite3.connect(file)) as rasa:
        rasa.execute("select count(*) from events").fetchall()
        tracker.forget(["c0", "c1"])
        tracker.tidy()
        assert rasa.execute("select count(*) from events").fetchone() == (0,)
    assert b"canary" not in everything(file)


def test_many_are_forgotten_at_once(tracker: Tracker) -> None:
    assert tracker.forget([f"c{number}" for number in range(1200)]) == 400


def test_where_rasa_has_made_nothing_nothing_is_made(tmp_path: Path) -> None:
    tracker = Tracker(f"sqlite:///{tmp_path / 'rasa.db'}")
    assert not tracker.knows("c0")
    assert tracker.consultations() == frozenset()
    assert tracker.forget(["c0"]) == 0
    tracker.tidy()
    assert list(tmp_path.iterdir()) == []


def test_a_store_without_its_table_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "rasa.db").touch()
    tracker = Tracker(f"sqlite:///{tmp_path / 'rasa.db'}")
    assert not tracker.knows("c0")
    assert tracker.forget(["c0"]) == 0


def test_a_store_in_rasas_own_memory_is_taken_to_know() -> None:
    tracker = Tracker("sqlite://")
    assert tracker.knows("c0")
    assert tracker.consultations() == frozenset()
