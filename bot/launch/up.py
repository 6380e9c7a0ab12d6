"""Up: everything between the command and a house that answers, and back down again."""

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from os import getpid
from pathlib import Path
from typing import Any

from bot.launch import notes, ports
from bot.launch.keeper import GRACE_SECONDS, Keeper
from bot.launch.progress import Progress
from bot.settings import Settings
from bot.web.serve import server as web_server

RASA_PORTS_TRIED = 100
NEWS = {
    "rasa_died": "The dialogue has ended; the service answers without it.",
    "rasa_started_again": "The dialogue is starting again.",
}

WITHOUT_ANONYMISER = (
    "ATTENTION: the anonymiser does not work, so nothing that anybody types is taken in.",
    "  Buttons work, and 999 and the numbers to ring are shown. ./noname doctor says why and what to do.",
)


class ServiceDidNotStart(Exception):
    """Tried to start the service and its application ended at once; what it said stands above."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the launcher starts, given to it so that it can be tested without.

    `seed` returns lines to show when all is ready, `build` the ASGI application, `make_rasa` a Rasa process
    that is not started yet, and `warm` asks Rasa one thing so that the first person need not wait for it.
    `failing` returns the names of what does not work once all is started. `front_end` makes the pages' sheet of styles.
    """

    migrate: Callable[[Settings], None]
    seed: Callable[[Settings], Sequence[str]]
    is_trained: Callable[[Settings], bool]
    ensure_model: Callable[[Settings], Path]
    build: Callable[[Settings], Any]
    make_rasa: Callable[[Settings, Path], Any]
    warm: Callable[[Settings], None]
    failing: Callable[[Settings], Sequence[str]] = lambda settings: ()
    front_end: Callable[[Settings], object] = lambda settings: None


def up(settings: Settings, parts: Parts, progress: Progress, begun: float) -> None:
    """Start the house and serve until interrupted or terminated.

    `begun` is when the command began, on the monotonic clock. Raises PortInUse and AlreadyRunning
    before anything is changed, ServiceDidNotStart, and what the parts raise.
    """
    with contextlib.ExitStack() as closing:
        closing.enter_context(_terminated_like_interrupted())
        closing.enter_context(notes.hold(settings.run))
        listener = closing.enter_context(ports.take(settings.host, settings.port))
        tried = range(settings.rasa_port, settings.rasa_port + RASA_PORTS_TRIED)
        settings = replace(settings, rasa_port=ports.first_free("127.0.0.1", tried))
        lines = prepare(settings, parts, progress)
        # A fault in the knowledge base should show before minutes of training. With nothing to train, Rasa
        # goes first, because it takes longest.
        app = None if parts.is_trained(settings) else parts.build(settings)
        model = train(settings, parts, progress)
        keeper = Keeper(lambda: parts.make_rasa(settings, model), lambda event: progress.say(NEWS[event]))
        start = Start(settings, parts, progress, keeper, lines, begun)
        closing.callback(notes.forget_running, settings.run)
        closing.callback(keeper.stop)
        closing.callback(start.give_up)
        keeper.start()
        threading.Thread(target=start.tell_when_ready, daemon=True).start()
        server = web_server(app or parts.build(settings), settings.host, settings.port, settings.log_level)
        start.server = server
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
        if not server.started:
            raise ServiceDidNotStart
        progress.say("Stopping.")


def prepare(settings: Settings, parts: Parts, progress: Progress) -> Sequence[str]:
    """Bring pages, database and demo up to date; return the demo's lines."""
    with progress.step("pages", "Seeing to what the pages are made with"):
        parts.front_end(settings)
    with progress.step("migrate", "Bringing the database up to date"):
        parts.migrate(settings)
    if not settings.demo:
        progress.skip("No demo data")
        return ()
    with progress.step("seed", "Seeding the demo"):
        return parts.seed(settings)


def train(settings: Settings, parts: Parts, progress: Progress) -> Path:
    """Return the model for the present files, trained now if need be."""
    if parts.is_trained(settings):
        progress.skip("The dialogue is trained")
        return parts.ensure_model(settings)
    with progress.step("train", "Training the dialogue (the first time a minute or two)"):
        return parts.ensure_model(settings)


@dataclass(slots=True)
class Start:
    """The last step of a start, told in a thread of its own. The service answers while Rasa still loads."""

    settings: Settings
    parts: Parts
    progress: Progress
    keeper: Keeper
    lines: Sequence[str]
    begun: float
    server: Any = None
    given_up: bool = False

    def give_up(self) -> None:
        """Say nothing more: the house is closing."""
        self.given_up = True

    def tell_when_ready(self) -> None:
        """Wait for both processes, then leave the notes and say where they are."""
        settings, keeper = self.settings, self.keeper
        with self.progress.step("start", "Starting the dialogue and the service (about 20 s)"):
            self._wait(lambda: self.server is not None and self.server.started, GRACE_SECONDS)
            self._wait(keeper.is_well, GRACE_SECONDS)
        if self._is_over():
            return
        if not keeper.is_well():
            self.progress.say(f"The dialogue does not start; {settings.logs / 'rasa.log'} says why.")
            self.progress.say("The service runs without it.")
            return
        self.parts.warm(settings)
        self.progress.seconds["ready"] = round(time.monotonic() - self.begun, 2)
        notes.note_start(settings.run, self.progress.seconds)
        notes.note_running(settings.run, notes.Running(getpid(), keeper.process.pid, settings.url))
        for line in ("", f"noname is ready at {settings.public_url}/", *self.lines, *self._warning()):
            self.progress.say(line)
        self.progress.say("")
        self.progress.say("Ctrl-C stops it.")

    def _warning(self) -> Sequence[str]:
        return ("", *WITHOUT_ANONYMISER) if "anonymiser" in self.parts.failing(self.settings) else ()

    def _wait(self, is_so: Callable[[], bool], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not is_so() and not self._is_over() and time.monotonic() < deadline:
            time.sleep(0.05)

    def _is_over(self) -> bool:
        return self.given_up or (self.server is not None and self.server.should_exit)


@contextlib.contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """Let SIGTERM and a closed terminal end the house as Ctrl-C does, so that nothing is left running."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
