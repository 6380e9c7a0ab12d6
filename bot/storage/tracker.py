"""Rasa's tracker: the conversations that Rasa keeps in SQL, seen from outside so that they can be taken out.

Rasa looks at its store at every turn, so what is gone here is gone for it too. Its own connections do not
overwrite what they free; `tidy` writes the file afresh, and with that old bytes leave it.
"""

import weakref
from collections.abc import Collection
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, column, create_engine, delete, event, inspect, select, table
from sqlalchemy.pool import NullPool

from bot.storage.engine import BUSY_MILLISECONDS, read_url

_EVENTS = table("events", column("sender_id"))
_AT_ONCE = 500  # ids in one statement: databases limit how many


class Tracker:
    """The table in which Rasa keeps events, by consultation.

    A connection to a server is held no longer than a call. One to a file stays, as every turn asks, and opening it
    takes longer than the answer; it is let go of when another file stands in its place.
    """

    def __init__(self, tracker_url: str) -> None:
        url = read_url(tracker_url)
        self._is_sqlite = url.get_backend_name() == "sqlite"
        self._file = Path(url.database) if self._is_sqlite and url.database else None
        # A store in Rasa's own memory cannot be seen from here, and ends with Rasa.
        self._is_hidden = self._is_sqlite and (self._file is None or url.database == ":memory:")
        pool = {} if self._is_sqlite else {"poolclass": NullPool}
        self._engine: Engine = create_engine(url, hide_parameters=True, **pool)
        weakref.finalize(self, self._engine.dispose)
        self._was_there, self._inode = False, 0
        if self._is_sqlite:
            event.listen(self._engine, "connect", _prepare)

    def knows(self, consultation_id: str) -> bool:
        """Whether Rasa keeps anything of a consultation."""
        if not self._is_there():
            return self._is_hidden
        wanted = select(_EVENTS.c.sender_id).where(_EVENTS.c.sender_id == consultation_id).limit(1)
        with self._engine.connect() as connection:
            return connection.execute(wanted).first() is not None

    def consultations(self) -> frozenset[str]:
        """Return the ids of all consultations of which something is kept."""
        if not self._is_there():
            return frozenset()
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(select(_EVENTS.c.sender_id).distinct()))

    def forget(self, consultation_ids: Collection[str]) -> int:
        """Delete all that is kept of these consultations; return how many events that were."""
        if not consultation_ids or not self._is_there():
            return 0
        ids, gone = sorted(consultation_ids), 0
        with self._engine.begin() as connection:
            for start in range(0, len(ids), _AT_ONCE):
                these = ids[start : start + _AT_ONCE]
                gone += connection.execute(delete(_EVENTS).where(_EVENTS.c.sender_id.in_(these))).rowcount
        return gone

    def tidy(self) -> None:
        """Write the store afresh, without the bytes of what was deleted; PostgreSQL frees their room for others."""
        if not self._is_there():
            return
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM" if self._is_sqlite else "VACUUM events")
            if self._is_sqlite:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def let_go(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def _is_there(self) -> bool:
        """Whether Rasa has made its table. Looking must not make the file, which is Rasa's to make."""
        if self._is_hidden or (self._file is not None and not self._stands(self._file)):
            return False
        self._was_there = self._was_there or inspect(self._engine).has_table("events")
        return self._was_there

    def _stands(self, file: Path) -> bool:
        """Whether the file is there; connections to one that stood there before are let go of."""
        try:
            inode = file.stat().st_ino
        except FileNotFoundError:
            inode = 0
        if inode != self._inode:
            self._engine.dispose()
            self._was_there, self._inode = False, inode
        return inode != 0


def _prepare(connection: Any, _record: Any) -> None:
    for pragma in (f"busy_timeout = {BUSY_MILLISECONDS}", "secure_delete = ON", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
