"""What is forgotten leaves Rasa's store also where it writes ahead, beside a connection that Rasa keeps open."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.storage import Tracker

WORD = b"kestrelword"


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


def test_no_byte_of_a_forgotten_talk_is_left_in_the_file_or_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "rasa.db"
    with closing(sqlite3.connect(file)) as rasa:
        rasa.execute("PRAGMA journal_mode = WAL")
        rasa.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, data TEXT)")
        rasa.execute("CREATE INDEX ix_events_sender_id ON events (sender_id)")
        rasa.executemany("INSERT INTO events (sender_id, data) VALUES (?, ?)", [("c1", WORD.decode()), ("c2", "other")])
        rasa.commit()
        assert WORD in _bytes(tmp_path)
        tracker = Tracker(f"sqlite:///{file}")
        assert tracker.forget(["c1"]) == 1
        tracker.tidy()
        assert WORD not in _bytes(tmp_path)
        assert not tracker.knows("c1")
        assert rasa.execute("SELECT sender_id FROM events").fetchall() == [("c2",)]
        tracker.let_go()
