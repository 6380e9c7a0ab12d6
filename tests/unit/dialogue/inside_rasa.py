"""Run by Rasa's own Python: says what Rasa does with and without each cut, as one line of JSON."""

import asyncio
import copy
import json
import random
import runpy
import sqlite3
import sys
import tempfile
from pathlib import Path

cuts = runpy.run_path(sys.argv[1])
cuts["leave_out_tensorflow"]()

import aiohttp  # noqa: E402
import rasa.engine.recipes.default_components  # noqa: E402 - only after what it imports has been left out
import rasa.model_training  # noqa: E402
import sqlalchemy  # noqa: E402
import tensorflow  # noqa: E402
from rasa.core.actions import action  # noqa: E402
from rasa.core.actions.action import ActionExtractSlots, RemoteAction  # noqa: E402
from rasa.core.actions.forms import FormAction  # noqa: E402
from rasa.core.policies.rule_policy import RulePolicy  # noqa: E402
from rasa.core.tracker_store import SQLTrackerStore  # noqa: E402
from rasa.engine.exceptions import GraphRunError  # noqa: E402
from rasa.engine.graph import GraphSchema, SchemaNode  # noqa: E402
from rasa.engine.runner.dask import DaskGraphRunner  # noqa: E402
from rasa.shared.core import events as ev  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity  # noqa: E402
from rasa.utils.endpoints import ClientResponseError, EndpointConfig  # noqa: E402

SLOT = {"event": "slot", "name": "n", "value": 1, "timestamp": 1.0}
ANSWERS = [
    {"events": [], "responses": []},
    {"events": [SLOT], "responses": [{"text": "a"}]},
    {"events": [{**SLOT, "timestamp": None}, SLOT]},
    {"events": [{**SLOT, "metadata": {}}, {"event": "undo"}], "responses": []},
    {"responses": []},
    {"events": [{**SLOT, "event": 3}], "responses": []},
    {"events": [{**SLOT, "timestamp": True}]},
    {"events": [{**SLOT, "name": None}]},
    {"events": [{"event": "slot", "name": "n"}]},
    {"events": [SLOT], "responses": ["a"]},
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


DOMAIN = Domain.from_dict(
    {
        "intents": ["inform", "other"], "actions": ["action_x", "action_y", "b"], "forms": {"a_form": {}},
        "slots": {name: {"type": "any", "mappings": [{"type": "custom"}]} for name in ("n", "m")},
        "session_config": {"session_expiration_time": 0, "carry_over_slots_to_new_session": True},
    }
)  # fmt: skip
RULE_ONLY = {"rule_only_slots": ["m"], "rule_only_loops": ["a_form"]}


def long_talk(seed):
    """A talk by chance: messages, actions of rules and of stories, forms, slots, and things taken back."""
    chance = random.Random(seed)
    kinds = (
        lambda: ev.ActionExecuted("action_listen"),
        lambda: ev.UserUttered("it", {"name": chance.choice(["inform", "other"])}, timestamp=1.0, message_id="1"),
        lambda: ev.ActionExecuted(chance.choice(["a_form", "action_x", "b"]), hide_rule_turn=chance.random() < 0.4),
        lambda: ev.ActiveLoop(chance.choice(["a_form", None])),
        lambda: ev.SlotSet(chance.choice("nm"), chance.choice(["yes", None, 3])),
        lambda: chance.choice([ev.ActionReverted, ev.UserUtteranceReverted, ev.SessionStarted, ev.Restarted])(),
        lambda: ev.ActionExecutionRejected("a_form"),
        lambda: ev.DefinePrevUserUtteredFeaturization(False),
    )
    return [chance.choices(kinds, (5, 5, 5, 2, 3, 0.6, 1, 1))[0]() for _ in range(60)]


def states():
    """What policies are told of talks, after each event; of a copy, too."""
    for seed in range(12):
        tracker = DialogueStateTracker("t", DOMAIN.slots)
        for number, event in enumerate(long_talk(seed)):
            tracker.update(event, DOMAIN)
            for of_stories in (False, True, False):
                asked = {"ignore_rule_only_turns": of_stories, "rule_only_data": RULE_ONLY if number % 2 else None}
                told = tracker.past_states(DOMAIN, **asked)
                yield copy.deepcopy(told)
                for state in told:  # policies change what they are told
                    for part in state.values():
                        part.clear()
        yield tracker.copy().past_states(DOMAIN)
        twin = copy.copy(tracker)
        twin.__dict__, twin.events = dict(tracker.__dict__), copy.copy(tracker.events)
        for one in (twin, tracker):
            one.update(ev.ActionExecuted("action_y"), DOMAIN)
            one.update(ev.SlotSet("n", 7), DOMAIN)
            yield one.past_states(DOMAIN)


def rules():
    """Which rules hold at moments by chance."""
    chance = random.Random(1)
    policy = RulePolicy.__new__(RulePolicy)

    def moment(of_rule):
        state = {}
        if chance.random() < 0.85:
            state["prev_action"] = {"action_name": chance.choice(["action_listen", "action_x", "a_form"])}
        if chance.random() < 0.7:
            state["user"] = {"intent": chance.choice(["inform", "other"])}
        if chance.random() < 0.4:
            unset = ["should_not_be_set"] if of_rule else []
            state["active_loop"] = {"name": chance.choice(["a_form", *unset])}
        return state

    lookup = {json.dumps([moment(True) for _ in range(chance.randint(1, 4))]): "b" for _ in range(300)}
    lookup[json.dumps([{"prev_action": {"action_name": "should_not_be_set"}}])] = "b"
    for length in [0, 1, 2, 3, 5, 8] * 25:
        talk_so_far = [moment(False) for _ in range(length)]
        yield sorted(policy._get_possible_keys(lookup, talk_so_far)) if length else len(lookup)
    lookup.popitem()
    yield len(policy._get_possible_keys(lookup, [{"prev_action": {"action_name": "action_x"}}]))


def call():
    """What an action is told at the end of a talk."""
    tracker = DialogueStateTracker("t", DOMAIN.slots)
    for event in long_talk(3):
        event.timestamp = 1.0
        tracker.update(event, DOMAIN)
    format_ = RemoteAction("action_x", EndpointConfig("http://x", enable_selective_domain=True))._action_call_format
    told = format_(tracker, DOMAIN)
    slots = {name: copy.copy(slot) for name, slot in tracker.slots.items()}
    told["slots"] = {name: [str(type(slot)), slot.value, slot == tracker.slots[name]] for name, slot in slots.items()}
    slots["n"].value = "another"
    told["kept"] = tracker.slots["n"].value
    # Asked otherwise, the whole talk is there.
    return {"told": told, "whole": len(tracker.current_state(EventVerbosity.ALL)["events"])}


async def talks(folder):
    """What a store gives back, whatever others do to its rows between two turns, and how often it read them all."""
    url = f"sqlite:///{Path(folder) / 'talks.db'}"
    one, other = (SQLTrackerStore(DOMAIN, host=url) for _ in range(2))
    read, told = [], []
    for kept in (one, other):
        sqlalchemy.event.listen(kept.engine, "before_cursor_execute", lambda *given: read.append(given[2]))
    for turn, event in enumerate(long_talk(5) * 2):
        by = other if turn % 29 == 28 else one
        tracker = await by.get_or_create_tracker("t", append_action_listen=False)
        told.append([[e.as_dict() for e in tracker.events], tracker.current_slot_values(), tracker.latest_action_name])
        for again in (event, ev.SlotSet("m", {"in": [turn]})):
            again.timestamp = float(turn + 1)
            tracker.update(again, DOMAIN)
        if turn % 31 != 30:  # or the turn failed, and nothing of it is kept
            await by.save(tracker)
        if turn == 70:
            with one.engine.begin() as connection:
                connection.exec_driver_sql("DELETE FROM events")
    for kept in (one, other):
        whole = await kept.retrieve_full_tracker("t")
        told.append([e.as_dict() for e in whole.events])
        told.append(await kept.retrieve("nobody"))
        kept.engine.dispose()
    columns = "SELECT sender_id, type_name, timestamp, intent_name, action_name, data FROM events ORDER BY id"
    with sqlite3.connect(Path(folder) / "talks.db") as connection:
        told.append(connection.execute(columns).fetchall())
    return told, sum("events.data" in statement and "count" not in statement for statement in read)


def copies():
    """What a copy of a talk is, after each event, and what a form tries with it; then each goes its own way."""
    form = FormAction("a_form", None)
    for seed in range(6):
        tracker = DialogueStateTracker("t", DOMAIN.slots)
        tracker.model_id, tracker.sender_source = "model", "file"
        events = long_talk(seed)
        for number, event in enumerate(events):
            followed = [ev.FollowupAction("action_x")] if number % 7 == 3 else []
            for one in (event, *followed, *([ev.ConversationPaused()] if number % 11 == 5 else [])):
                tracker.update(one, DOMAIN)
            if number % 5 == 0:
                tracker.clear_followup_action()  # as Rasa does beside all events
            twin, tried = tracker.copy(), form._temporary_tracker(tracker, [ev.SlotSet("n", 9)], DOMAIN)
            yield [state_of(one) for one in (tracker, twin, tried)]
            twin.update(ev.SlotSet("m", seed), DOMAIN)
            twin.update(ev.ActiveLoop("a_form"), DOMAIN)
            twin.update(ev.LoopInterrupted(True), DOMAIN)
            yield [state_of(one) for one in (tracker, twin)]
            twin.update(ev.AllSlotsReset(), DOMAIN)
            yield [state_of(one) for one in (tracker, twin, tried)]


def state_of(tracker):
    """All that a talk is, without the moments at which things happened."""
    state = tracker.current_state(EventVerbosity.APPLIED)
    del state["latest_event_time"]
    state["events"] = [{**event, "timestamp": 0} for event in state["events"]]
    beside = (tracker.model_id, tracker.sender_source, tracker.is_rule_tracker, len(tracker.events))
    return json.loads(json.dumps([state, *beside, tracker.past_states(DOMAIN)], default=str))


def graphs():
    """What the parts of a model come to, each told what it needs; and what is said when that is not there."""
    needs = {"a": {"x": "in"}, "b": {"x": "a", "y": "in"}, "c": {"x": "a"}, "d": {"x": "b", "y": "c"}, "e": {"x": "no"}}
    ran = []

    def part(name):
        def run(*told):
            ran.append(name)
            if not all(isinstance(one, tuple) for one in told):
                raise GraphRunError(name)
            return name, [name, *(one[1] for one in told)]

        return run

    runner = DaskGraphRunner.__new__(DaskGraphRunner)
    runner._execution_context = None
    runner._graph_schema = GraphSchema({n: SchemaNode(need, None, "", "", {}) for n, need in needs.items()})
    runner._instantiated_nodes = {name: part(name) for name in needs}
    given = (({"in": 1}, ["d"]), ({"in": 2}, ["d", "a"]), ({"in": 3}, ["e"]), ({"a": 4}, ["d"]), ({}, ["a"]))
    for inputs, targets in given:
        ran.clear()
        try:
            yield runner.run(inputs, targets), sorted(ran)
        except Exception as refused:
            yield type(refused).__name__


async def extracted():
    """Which slots Rasa itself fills after a message: of ours none, and of a domain that says so, one."""
    by_entity = {"type": "text", "mappings": [{"type": "from_entity", "entity": "n"}]}
    other = Domain.from_dict({"intents": ["inform"], "entities": ["n"], "slots": {"n": by_entity}})
    said = ev.UserUttered("it", {"name": "inform"}, [{"entity": "n", "value": "one"}])
    told = []
    for domain in (DOMAIN, other, DOMAIN):
        tracker = DialogueStateTracker.from_events("t", [said], domain.slots)
        filled = await ActionExtractSlots(None).run(None, None, tracker, domain)
        told.append([event.as_story_string() for event in filled])
    names = [one.name() for one in action.default_actions(None)]
    return told, names, type(action.action_for_name_or_text("action_listen", DOMAIN, None)).__name__


REFUSED = (
    b"HTTP/1.1 400 Bad\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
    b"HTTP/1.1 500 Fell Over\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nfell",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{}",
    b"",
)


async def refusals():
    """What an action's caller hears when it is refused, cut off, or not heard at all."""
    told = []
    for said in (*REFUSED, None):

        async def answer(reader, writer, said=said):
            await reader.readuntil(b"}")
            writer.write(said)
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        config = EndpointConfig(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/webhook")
        if said is None:
            server.close()
        try:
            told.append(await config.request(json={}))
        except ClientResponseError as refused:
            told.append([refused.status, refused.message, refused.text.decode()])
        except aiohttp.ClientError as refused:
            # An answer that was cut off is another kind of error, and is taken as one alike.
            told.append(isinstance(refused, (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError)))
        server.close()
    return told


def stored():
    """The talks of a store in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(talks(folder))


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
        "states": list(states()), "rules": list(rules()), "call": call(), "talks": stored(),
        "copies": list(copies()), "graphs": list(graphs()), "extracted": asyncio.run(extracted()),
        "refusals": asyncio.run(refusals()),
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
