"""Lighter store: Rasa's tracker in SQL, which is read no more often than it has changed (for lighter_rasa.py).

Read by Rasa's own Python (3.10) and never imported by ours. What was read of a talk is held for a while with the
number of its rows and the last of them. As long as both are so, nobody else has written, deleted or forgotten, and the
rows need not be read again. What is held is what the rows would give: each event is put together from its own JSON.
"""

import json
import time
from collections import OrderedDict

# A talk that was forgotten must not stay in memory for long, and neither may all talks there ever were.
HELD_SECONDS = 900.0
HELD_TALKS = 300


class _Held:
    """A talk as its last session left it, and what its rows looked like when they were read."""

    def __init__(self, mark, talk, at):
        self.mark, self.talk, self.at = mark, talk, at


class Memory:
    """Talks that were read or written lately, the oldest first."""

    def __init__(self, clock=time.monotonic):
        self._clock, self._talks = clock, OrderedDict()

    def of(self, sender, mark):
        """Return what is held of a talk whose rows look like this, or None."""
        held = self._talks.get(sender)
        if held is not None and held.mark != mark:
            self.let_go(sender)
            return None
        return held.talk if held is not None else None

    def hold(self, sender, mark, talk):
        """Hold a talk, and let go of those that nobody has gone on with for long."""
        self._talks[sender] = _Held(mark, talk, self._clock())
        self._talks.move_to_end(sender)
        self.sweep()

    def sweep(self):
        """Let go of what is old or too much."""
        too_old = self._clock() - HELD_SECONDS
        while self._talks and (len(self._talks) > HELD_TALKS or next(iter(self._talks.values())).at < too_old):
            self._talks.popitem(last=False)

    def let_go(self, sender):
        """Hold a talk no longer."""
        self._talks.pop(sender, None)


def cut():
    """Make every cut that is about the store."""
    from rasa.core import tracker_store
    from rasa.core.tracker_store import SQLTrackerStore as Store

    tracker_store.create_engine_kwargs = _keeping_a_connection(tracker_store.create_engine_kwargs)
    Store._retrieve, Store.save = _reading_what_changed(Store._retrieve), _save


def _keeping_a_connection(usual):
    """Keep connections to SQLite open, as it is with PostgreSQL: opening one takes longer than what is asked.

    Those to PostgreSQL are tried before they are used: a server that was started again has ended them all.
    """
    from sqlalchemy.engine import make_url
    from sqlalchemy.pool import QueuePool

    def create_engine_kwargs(url):
        read = make_url(url)
        in_file = read.get_backend_name() == "sqlite" and read.database not in (None, "", ":memory:")
        tried = {"pool_pre_ping": True} if read.get_backend_name().startswith("postgres") else {}
        return {**usual(url), **({"poolclass": QueuePool} if in_file else tried)}

    return create_engine_kwargs


def _reading_what_changed(read_all):
    """Read a talk's rows when they are not as they were left."""
    from rasa.shared.core.events import deserialise_events
    from rasa.shared.core.trackers import DialogueStateTracker

    async def _retrieve(self, sender_id, fetch_events_from_all_sessions):
        memory = _memory(self)
        memory.sweep()
        if fetch_events_from_all_sessions or not self.domain:
            return await read_all(self, sender_id, fetch_events_from_all_sessions)
        with self.engine.connect() as connection:
            mark = _mark(self, connection, sender_id)
        if not mark[0]:
            memory.let_go(sender_id)
            return None
        talk = memory.of(sender_id, mark)
        if talk is None:
            with self.session_scope() as session:
                wanted = self._event_query(session, sender_id, fetch_events_from_all_sessions=False)
                told = [json.loads(row.data) for row in wanted.all()]
            events = deserialise_events(told)
            talk = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
            if len(events) != len(told):
                return talk
            memory.hold(sender_id, mark, talk)
        return talk._like_this(walks_too=True)

    return _retrieve


async def _save(self, tracker):
    """Write what is new in one statement, and hold what it will be read as."""
    from rasa.shared.core.events import SessionStarted, deserialise_events

    await self.stream_events(tracker)
    sender, memory = tracker.sender_id, _memory(self)
    with self.engine.begin() as connection:
        held = memory.of(sender, _mark(self, connection, sender))
        new = list(tracker.events)[len(held.events) :] if held is not None else _unknown(self, tracker)
        rows = [_row(sender, event) for event in new]
        if rows:
            connection.execute(self.SQLEvent.__table__.insert(), rows)
        mark = _mark(self, connection, sender)
    kept = deserialise_events([json.loads(row["data"]) for row in rows])
    if held is None or len(kept) < len(rows) or any(isinstance(event, SessionStarted) for event in new):
        memory.let_go(sender)  # the next turn reads where the session begins
        return
    for event in kept:
        held.update(event)
    if self.domain:
        held._walk_on(self.domain)  # or it would be walked at each turn from where it was read
    memory.hold(sender, mark, held)


def _unknown(store, tracker):
    """Return which events of a talk are not among its rows."""
    with store.session_scope() as session:
        return list(store._additional_events(session, tracker))


def _memory(store):
    if "_memory" not in store.__dict__:
        store._memory = Memory()
    return store._memory


def _mark(store, connection, sender):
    """Return how many rows a talk has, and the number of the last."""
    import sqlalchemy as sa

    if "_look" not in store.__dict__:
        rows = store.SQLEvent.__table__.c
        wanted = sa.select(sa.func.count(), sa.func.max(rows.id))
        store._look = wanted.where(rows.sender_id == sa.bindparam("sender"))
    return tuple(connection.execute(store._look, {"sender": sender}).one())


def _row(sender, event):
    """Return an event as a row, with the same in each column as Rasa puts there."""
    data = event.as_dict()
    return {
        "sender_id": sender,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
