"""Lighter Rasa: what is done in Rasa's own Python (3.10), before Rasa begins, so that it starts and answers sooner.

Read as a file by Rasa's Python (bot/dialogue/rasa_process.py) and never imported by ours. Nothing here changes what
Rasa says: each cut leaves out work whose result is known (docs/adr/0026-a-lighter-rasa.md). A cut is made in the
version that it was read in, and in no other.
"""

import os
import runpy

READ_IN = "3.6.21"
_BESIDE = os.path.dirname(os.path.abspath(__file__))
# Cuts by the part of Rasa that they are about, in files beside this one.
_MORE = tuple(f"lighter_{part}.py" for part in ("actions", "calls", "graph", "logs", "talks", "copies", "store"))
# Shorter than our server waits before it closes a connection (bot/web/serve.py): none is used that is being closed.
_IDLE_SECONDS = 2.0
_CONNECTIONS = 100
_OF_A_SLOT = ({"event", "name", "value"}, {"event", "name", "value", "timestamp"})


def leave_out_tensorflow():
    """Let Rasa import stand-ins for TensorFlow: eight seconds and some 280 MB that no rule and no form needs."""
    runpy.run_path(os.path.join(_BESIDE, "without_tensorflow.py"))["leave_out"]()


def cut():
    """Leave out of a turn what is worked out again each time and never differs."""
    import rasa

    if rasa.__version__ == READ_IN:
        _know_events_by_name()
        _check_the_schema_once()
        _keep_connections()
        _write_ahead()
        _put_aside_what_stays()
        for name in _MORE:
            runpy.run_path(os.path.join(_BESIDE, name))["cut"]()


def _know_events_by_name():
    """Find the class of an event in a table, and not by walking through every class for every event of a talk."""
    from rasa.shared.core.events import Event
    from rasa.shared.utils.common import all_subclasses

    walk = Event.resolve_by_type
    known = {}
    for kind in all_subclasses(Event):
        known.setdefault(kind.type_name, kind)

    def resolve_by_type(type_name, default=None):
        return known.get(type_name) or walk(type_name, default)

    Event.resolve_by_type = staticmethod(resolve_by_type)


def _check_the_schema_once():
    """Check what an action answers, as before; whether the schema is a schema is found out once and not each time."""
    import jsonschema
    from jsonschema.exceptions import best_match
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    of_answers, whole = kind(schema), RemoteAction._validate_action_result

    def _validate_action_result(self, result):
        if _sets_slots_alone(result):
            return True
        # What is wrong is told by Rasa itself.
        return True if best_match(of_answers.iter_errors(result)) is None else whole(self, result)

    RemoteAction._validate_action_result = _validate_action_result


def _sets_slots_alone(result):
    """Whether an answer is plainly right: events that set slots, as the schema has them, and responses."""
    if not isinstance(result, dict):
        return False
    events, responses = result.get("events", []), result.get("responses", [])
    return (
        isinstance(events, list)
        and isinstance(responses, list)
        and all(isinstance(response, dict) for response in responses)
        and all(
            isinstance(event, dict)
            and event.keys() in _OF_A_SLOT
            and event["event"] == "slot"
            and type(event["name"]) is str
            and type(event.get("timestamp")) in (type(None), int, float)
            for event in events
        )
    )


def _keep_connections():
    """Call our actions over connections that stay open, and not over a new one each time."""
    import aiohttp
    from rasa.utils.endpoints import EndpointConfig

    def session(self):
        connector = getattr(self, "_kept", None)
        if connector is None or connector.closed:
            connector = aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=_IDLE_SECONDS)
            self._kept = connector
        auth = aiohttp.BasicAuth(**_as_login(self.basic_auth)) if self.basic_auth else None
        timeout = aiohttp.ClientTimeout(total=_patience())
        return aiohttp.ClientSession(
            headers=self.headers, auth=auth, timeout=timeout, connector=connector, connector_owner=False
        )

    EndpointConfig.session = session


def _as_login(given):
    return {"login": given["username"], "password": given["password"]}


def _patience():
    from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT

    return DEFAULT_REQUEST_TIMEOUT


def _put_aside_what_stays():
    """Keep Python's collector of garbage away from the model: a walk through that holds up every talk for 0.2 s."""
    import gc

    from rasa.core.agent import Agent

    load = Agent.load_model

    def load_model(self, *given, **named):
        load(self, *given, **named)
        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000, 10, 10)  # or it would look through all talks that are held, again and again

    Agent.load_model = load_model


def _write_ahead():
    """Let the tracker's SQLite write ahead: one wait for the disk a turn and not three, and as much kept as before."""
    import sqlite3

    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    @event.listens_for(Engine, "connect")
    def prepare(connection, _record):
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
