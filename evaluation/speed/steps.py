"""Steps: where the time of one turn goes, in a house of our own with a watch on each step.

The watch is laid around the parts from here, so that a house that nobody measures has none. Rasa's own steps are
told by Rasa's Python, where `rasa_watch.py` lays the same watch. One person talks, so no step waits for another's.
"""

import asyncio
import contextlib
import json
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot import demo
from bot.commands.widget_client import WidgetClient
from bot.dialogue.rasa_process import RasaProcess, run_arguments
from bot.launch.guest import HouseDidNotStart
from bot.launch.ports import first_free
from bot.launch.training import ensure_model
from bot.masters import keys_of
from bot.settings import Settings
from bot.storage import migrate
from bot.web.serve import server
from bot.wiring import Built, build
from evaluation import bench
from evaluation.results import table
from evaluation.speed.own_house import own_settings

# What the store takes for an action is a part of the action.
_for_actions: ContextVar[bool] = ContextVar("for_actions", default=False)
RASA_WATCH = Path(__file__).with_name("rasa_watch.py")
LONGEST_START_SECONDS = 180.0
# In the order in which a turn comes to them; those that are part of another stand below it, further in.
NAMES = {
    "redact": "redact, where something was typed",
    "look": "of it: the second look",
    "store": "store, outside of Rasa's turn",
    "rasa": "Rasa",
    "rasa.parse": "of it: hearing the act (our ears among it)",
    "rasa.extract": "of it: slots",
    "rasa.predict": "of it: policies",
    "rasa.retrieve": "of it: tracker, read",
    "rasa.save": "of it: tracker, written",
    "rasa.action": "of it: actions, called",
    "actions": "of those: our actions themselves",
    "rest": "door, session, reply and the rest",
}


class Watch:
    """Adds up the seconds of steps until it is read. A step inside itself counts once."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._taken: dict[str, float] = defaultdict(float)
        self._open = threading.local()

    def read(self) -> dict[str, float]:
        """Return the seconds since it was read last."""
        with self._lock:
            taken, self._taken = dict(self._taken), defaultdict(float)
        return taken

    def around(self, step: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return work that is timed."""

        def timed(*given: Any, **named: Any) -> Any:
            with self._timing(step):
                return work(*given, **named)

        return timed

    def awaited(self, step: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return work that is awaited and timed."""

        async def timed(*given: Any, **named: Any) -> Any:
            begun = self._clock()
            _for_actions.set(_for_actions.get() or step == "actions")
            try:
                return await work(*given, **named)
            finally:
                self._add(step, self._clock() - begun)

        return timed

    @contextlib.contextmanager
    def _timing(self, step: str) -> Iterator[None]:
        inside = getattr(self._open, step, False)
        setattr(self._open, step, True)
        begun = self._clock()
        try:
            yield
        finally:
            setattr(self._open, step, inside)
            if not inside and not _for_actions.get():
                self._add(step, self._clock() - begun)

    def _add(self, step: str, seconds: float) -> None:
        with self._lock:
            self._taken[step] += seconds


def watched(built: Built, watch: Watch) -> None:
    """Lay the watch around the steps of a house."""
    house = built.house
    house.anonymiser.redact = watch.awaited("redact", house.anonymiser.redact)
    house.anonymiser._look_again = watch.around("look", house.anonymiser._look_again)
    house.dialogue.say = watch.awaited("rasa", house.dialogue.say)
    object.__setattr__(house, "run_action", watch.awaited("actions", house.run_action))
    for name in (name for name in dir(built.records) if not name.startswith("_")):
        work = getattr(built.records, name)
        if callable(work) and name not in ("beside", "let_go"):
            setattr(built.records, name, watch.around("store", work))


type Told = Callable[[], dict[str, float]]


def turns(client: Any, watch: Watch, consultations: int, told: Told) -> list[dict[str, float]]:
    """Hold so many consultations, after one that is not counted, and return the seconds of each step of each turn."""
    found: list[dict[str, float]] = []
    for number in range(consultations + 1):
        of_one = _consult(client, watch, told)
        found += of_one if number else []
    return found


def _consult(client: Any, watch: Watch, told: Told) -> list[dict[str, float]]:
    steps: list[dict[str, float]] = []

    class Watched:
        """A client that notes what each turn took."""

        open, messages = client.open, client.messages

        def say(self, consultation: str, **said: Any) -> dict[str, Any]:
            watch.read(), told()
            begun = time.perf_counter()
            came = client.say(consultation, **said)
            steps.append({"whole": time.perf_counter() - begun, **watch.read(), **told()})
            return came

    bench.turns(Watched(), 1)
    return steps


def medians(found: list[dict[str, float]]) -> dict[str, float]:
    """Return the median milliseconds of each step, what is left over among them."""
    for turn in found:
        turn["rest"] = turn["whole"] - sum(turn.get(step, 0.0) for step in ("redact", "rasa", "store"))
    steps = ("whole", *NAMES)
    typed = [turn for turn in found if "redact" in turn] or found
    of = {"redact": typed, "look": typed}  # most turns are a button, and nothing is redacted in them
    return {step: 1000 * statistics.median(turn.get(step, 0.0) for turn in of.get(step, found)) for step in steps}


def report(found: list[dict[str, float]]) -> str:
    """Return the section for RESULTS.md."""
    middle = medians(found)
    rows = [("whole turn", f"{middle['whole']:.1f} ms", "")]
    for step, name in NAMES.items():
        rows.append((name, f"{middle[step]:.1f} ms", f"{100 * middle[step] / middle['whole']:.0f} %"))
    return "\n\n".join(
        (
            f"Medians of {len(found)} turns of one person, each step by itself; so they need not add up. A turn is "
            "measured at the client. With the watch it takes a little longer than without.",
            table(("step", "median", "of the turn"), rows),
        )
    )


@contextlib.contextmanager
def watched_house(var: Path, watch: Watch) -> Iterator[tuple[WidgetClient, Told]]:
    """Run a house in this process with watches laid; yield a signed-in client and what tells Rasa's steps."""
    settings = own_settings(var)
    settings = replace(settings, port=first_free("127.0.0.1", range(8200, 8300)))
    settings = replace(settings, rasa_port=first_free("127.0.0.1", range(5105, 5205)), public_url=settings.url)
    keys = keys_of(settings)
    migrate(settings.database_url, pepper=settings.pepper, keys=keys)
    keys.let_go()
    demo.seed(settings)
    built, notes = build(settings), var / "rasa-steps.json"
    watched(built, watch)
    code = json.loads(settings.demo_file.read_text(encoding="utf-8"))["schools"][0]["code"]
    with _serving(settings, built), _rasa(settings):
        client = WidgetClient(settings.url)
        client.sign_in(code)
        yield client, lambda: _told(notes)
    built.records.let_go()


@contextlib.contextmanager
def _serving(settings: Settings, built: Built) -> Iterator[None]:
    ours = server(built.app, settings.host, settings.port, settings.log_level)
    thread = threading.Thread(target=lambda: asyncio.run(ours.serve()), daemon=True)
    thread.start()
    try:
        _wait(lambda: ours.started, lambda: not thread.is_alive())
        yield
    finally:
        ours.should_exit = True
        thread.join(20)


@contextlib.contextmanager
def _rasa(settings: Settings) -> Iterator[None]:
    model, log = ensure_model(settings), settings.logs / "rasa.log"
    process = RasaProcess(settings, run_arguments(settings, model), log, RASA_WATCH)
    process.start()
    try:
        _wait(process.is_healthy, lambda: not process.is_alive())
        yield
    finally:
        process.stop()


def _wait(holds: Callable[[], bool], is_hopeless: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST_START_SECONDS
    while not holds():
        if is_hopeless() or time.monotonic() > until:
            raise HouseDidNotStart
        time.sleep(0.1)


def _told(notes: Path) -> dict[str, float]:
    """Return what Rasa noted of its last turn, and forget it."""
    try:
        told = json.loads(notes.read_text(encoding="ascii"))
        notes.unlink()
    except (OSError, ValueError):
        return {}
    return {f"rasa.{step}": seconds for step, seconds in told.items()}
