"""Run by Rasa's own Python: says what Rasa does with and without each cut, as one line of JSON."""

import asyncio
import json
import runpy
import sys
import tempfile
from pathlib import Path

cuts = runpy.run_path(sys.argv[1])
cuts["leave_out_tensorflow"]()

import rasa.engine.recipes.default_components  # noqa: E402 - only after what it imports has been left out
import rasa.model_training  # noqa: E402
import sqlalchemy  # noqa: E402
import tensorflow  # noqa: E402
from rasa.core.actions.action import RemoteAction  # noqa: E402
from rasa.shared.core import events as ev  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402
from rasa.utils.endpoints import EndpointConfig  # noqa: E402

SLOT = {"event": "slot", "name": "n", "value": 1, "timestamp": 1.0}
ANSWERS = [
    {"events": [], "responses": []},
    {"events": [SLOT], "responses": [{"text": "a"}]},
    {"events": [{**SLOT, "event": 3}], "responses": []},
    {"events": [{"name": "n"}], "responses": "none"},
    {"events": {}, "responses": [1]},
    [],
    None,
]
NAMES = [kind.type_name for kind in rasa.shared.utils.common.all_subclasses(ev.Event)]


def talk():
    """A talk with everything in it that takes events back: forms begun again, a turn reverted, another session."""
    form, listen = ev.ActionExecuted("a_form"), ev.ActionExecuted("action_listen")
    said = ev.UserUttered("it", {"name": "inform"})
    for _ in range(3):
        yield from (ev.SessionStarted(), listen, said, form, ev.ActiveLoop("a_form"), ev.SlotSet("n", 1), listen)
        yield from (said, form, listen, said, ev.ActionExecutionRejected("a_form"), ev.ActionExecuted("action_x"))
        yield from (form, listen, said, ev.ActionExecuted("action_y"), ev.UserUtteranceReverted(), listen)
        yield from (said, form, ev.ActiveLoop(None), ev.ActionExecuted("b"), ev.ActionReverted(), listen)


def verdicts():
    """What Rasa says of each answer of an action."""
    for answer in ANSWERS:
        try:
            yield RemoteAction("a", None)._validate_action_result(answer)
        except Exception as refused:
            yield type(refused).__name__ + ": " + str(refused)


def kinds():
    """Which class Rasa finds for each name of an event, and for names that are none."""
    for name in [*NAMES, "topic", "nobody"]:
        try:
            yield str(ev.Event.resolve_by_type(name))
        except ValueError as refused:
            yield str(refused)
    yield str(ev.Event.resolve_by_type("nobody", ev.SlotSet))


def applied():
    """Which events of a talk hold, asked twice after each of them."""
    tracker = DialogueStateTracker("t", [])
    for event in talk():
        tracker.events.append(event)
        for _ in range(2):
            yield [type(one).__name__ for one in tracker.applied_events()]
    copy = tracker.copy()
    tracker.applied_events().clear()
    yield [len(copy.applied_events()), len(tracker.applied_events())]
    tracker.events.pop()
    tracker.events.append(ev.Restarted())  # as long as before, and another
    yield len(tracker.applied_events())


async def calls(config):
    """How many connections three calls of an action take, and what they bring."""
    opened = []

    async def answer(reader, writer):
        opened.append(writer)
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if b"ength:" in line)
            body = await reader.readexactly(length)
            said = b'{"asked": %s, "auth": %s}' % (body, b"true" if b"Bearer x" in head else b"false")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(said))
            writer.write(said)

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    config.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    said = [await config.request(json={"n": n}) for n in range(3)]
    server.close()
    return len(opened), said


def store():
    """How a SQLite of Rasa's keeps what is written."""
    with tempfile.TemporaryDirectory() as folder:
        engine = sqlalchemy.create_engine(f"sqlite:///{Path(folder) / 't.db'}")
        with engine.connect() as connection:
            return [connection.exec_driver_sql("PRAGMA " + name).scalar() for name in ("journal_mode", "synchronous")]


def all_of_it():
    """Everything that a cut touches."""
    called = asyncio.run(calls(EndpointConfig(headers={"Authorization": "Bearer x"})))
    return {
        "verdicts": list(verdicts()), "kinds": list(kinds()), "applied": list(applied()),
        "connections": called[0], "said": called[1], "store": store(),
    }  # fmt: skip


def used():
    """What happens when somebody uses what was left out."""
    try:
        return str(tensorflow.constant(1))
    except RuntimeError as refused:
        return f"{type(refused).__name__}: {refused}"


before = all_of_it()
cuts["cut"]()
sys.stdout.write(json.dumps({"before": before, "after": all_of_it(), "used": used()}) + "\n")
