"""The house behind the pages that are looked at: invented people, real knowledge, and doors that can be changed."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.desk.people import Person, Role
from bot.desk.ports import Utterance
from bot.desk.staff.links import LinkKind
from bot.web.app import create_app
from bot.web.serve import server
from bot.web.upkeep import Upkeep
from tests.at_the_desk import make_counsel, wording
from tests.at_the_editing_desk import EditingDesk
from tests.factories import create_consultation
from tests.fakes_back_office import make_back_office
from tests.fakes_ladder import make_disagreeing
from tests.fakes_rescoring import make_rescoring
from tests.fakes_scrutiny import make_scrutiny, with_drift
from tests.fakes_staff import make_staff
from tests.fakes_web import DANA, NOW, RASA_TOKEN, FakeHouse
from tests.testshire import SLUG

BOT = "noname_test_bot"


class LookedAt(FakeHouse):
    """A fake house with the real knowledge in it, editors of Testshire, and time that stands where it is put."""

    def __init__(self, folder: Path) -> None:
        self.now = NOW
        super().__init__(lambda: self.now)
        self.counsel = make_counsel(self.records)
        self.staff = make_staff(self.records, self.bells, bot=BOT)
        self.desk = EditingDesk(folder)
        self.editing = self.desk.editing
        self.upkeep = Upkeep()
        self.scrutiny = make_scrutiny(self.counsel, with_drift()) | {"rescoring": make_rescoring(self.counsel)}

    def app(self, url: str, **given: Any) -> ASGIApp:
        """Return the doors, with all that can stand behind them."""
        given.setdefault("disagreeing", make_disagreeing(self.records))
        given.setdefault("back_office", make_back_office(self))
        given = self.scrutiny | given
        given = {"base_url": url, "rasa_token": RASA_TOKEN, "upkeep": self.upkeep} | given
        return create_app(self, wording().say, clock=self.clock, **given)

    def colleague(self, role: Role) -> Person:
        """Return somebody at the council who is not at the desk."""
        return Person(f"{role}-1", role, "Sal Reed", SLUG if role is Role.KNOWLEDGE_EDITOR else "kent")

    def linked(self) -> None:
        """Link a colleague of Dana's, who then talks to the bot."""
        code = self.staff.make_code(DANA, LinkKind.STAFF, "Year 4 teacher", self.now)
        link = self.staff.link(code, "a" * 64, 1, self.now)
        create_consultation(self.records, link.person, id="talk", designation="coral finch")

    def passed_on(self, *, urgent: bool = False, words: str = "A bruise that [parent 1] would not speak of.") -> Any:
        """Let that colleague pass something on."""
        return self.staff.pass_on("talk", urgent, words, self.now)


class Doors:
    """One address at which the doors of one house after another are answered."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder, self._count = folder, 0
        self._app: ASGIApp | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self._answering: set[asyncio.Task] = set()

    def opens(self, **given: Any) -> LookedAt:
        """Put a new house behind the doors and return it. `given` are as for `create_app`."""
        self._count += 1
        folder = self._folder / str(self._count)
        folder.mkdir()
        house = LookedAt(folder)
        self._app = house.app(self.url, **given)
        return house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the house does that is there now."""
        if scope["type"] == "lifespan":
            return await _lives(receive, send)
        task, app = asyncio.current_task(), self._app or Response(status_code=503)
        self._answering.add(task)
        try:
            await app(scope, receive, send)
        except asyncio.CancelledError:
            if self._app:  # else the house has closed, and that is no fault
                raise
        finally:
            self._answering.discard(task)

    def closes(self) -> None:
        """Break off what is being answered, and answer nothing until a house opens again."""
        self._app = None
        for task in tuple(self._answering):
            self.soon(task.cancel)

    def soon(self, what: Any, *given: Any) -> None:
        """Do something where the house lives, for what wakes a page that is open."""
        self.loop.call_soon_threadsafe(what, *given)


async def _lives(receive: Receive, send: Send) -> None:
    for word in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{word}.complete"})


@contextmanager
def answering(folder: Path) -> Iterator[Doors]:
    """Answer on loopback until the block ends."""
    doors = Doors(folder)
    ours, started = server(doors, "127.0.0.1", doors.port), threading.Event()

    async def serve() -> None:
        doors.loop = asyncio.get_running_loop()
        started.set()
        await ours.serve()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    started.wait(10)
    while not ours.started:
        threading.Event().wait(0.02)
    try:
        yield doors
    finally:
        ours.should_exit = True
        thread.join(10)


def duty_worker(text: str) -> Utterance:
    """Return what a duty social worker says."""
    return Utterance("duty_worker", text)


def council_account() -> Any:
    """Return a sign-in of the council's own, as far as the page asks whether there is one."""
    return SimpleNamespace()

