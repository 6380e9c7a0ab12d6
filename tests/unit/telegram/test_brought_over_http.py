"""Updates that are brought: a served app on loopback, and a Bot API that posts to its door."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest
from bot_api.server import BotApi

from bot.desk.ports import Utterance
from bot.telegram.service import Hook
from bot.telegram_wiring import PATH, door_of
from bot.web.app import create_app
from bot.web.serve import server
from bot.web.telegram_door import SECRET_HEADER
from tests.fakes_web import NOW, say
from tests.fakes_web import FakeHouse as HouseOfPages
from tests.unit.telegram.scene import CHAT, TOKEN, FakeHouse, Scene

SECRET = "a-secret-of-the-door"


class Echo(FakeHouse):
    """Says what it heard."""

    async def receive(self, person, talk, client_id, typed, choice, now, not_names=()):
        self.replies = (Utterance("assistant", f"heard {typed.reveal()}"),)
        return await super().receive(person, talk, client_id, typed, choice, now, not_names)


@dataclass
class Served:
    """A house behind a port, and the Bot API that knows of it."""

    scene: Scene
    api: BotApi
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{PATH}"

    def while_it_runs(self, doing: Callable[[], Awaitable[Any]]) -> Any:
        """Serve from the start on as long as something is being done; then the house ends."""
        self.scene.start(self.api.root)
        telegram = replace(self.scene.telegram, hook=Hook(self.url, SECRET))
        given = {"clock": lambda: NOW, "base_url": f"http://127.0.0.1:{self.port}", "rasa_token": "rasa"}
        app = create_app(HouseOfPages(), say, **given, alongside=telegram.run, telegram=door_of(telegram))

        async def served() -> Any:
            house = server(app, "127.0.0.1", self.port, "critical")
            running = asyncio.ensure_future(house.serve())
            try:
                await self.api.soon(lambda: house.started)
                return await doing()
            finally:
                house.should_exit = True
                await running

        return self.scene.run(served())

    def until(self, it_is_so: Callable[[], object]) -> None:
        """Serve until something is so."""
        self.while_it_runs(lambda: self.api.soon(it_is_so, within=15))


@pytest.fixture
def served(scene) -> Iterator[Served]:
    scene.house = Echo()
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    with BotApi(TOKEN) as api:
        yield Served(scene, api, port)


def a_teacher(served: Served) -> Any:
    """Return somebody whose chat is linked, by a code that was brought too."""
    teacher = served.api.person(CHAT)
    teacher.starts("GOOD-CODE")
    served.until(lambda: teacher.heard)
    return teacher


def said(teacher: Any) -> list[str]:
    return [seen.text for seen in teacher.heard if seen.text.startswith("heard ")]


def test_a_conversation_is_brought_and_answered_and_nothing_is_asked_for(served):
    teacher = a_teacher(served)
    words = [f"number {number}" for number in range(5)]
    for one in words:
        teacher.types(one)
    served.until(lambda: len(said(teacher)) == 5 and not served.api.pending)
    assert said(teacher) == [f"heard {one}" for one in words]
    assert (served.api.webhook.url, served.api.webhook.secret) == (served.url, SECRET)
    assert served.api.called("getUpdates") == []


@pytest.mark.parametrize("given", [{}, {SECRET_HEADER: "another"}], ids=["none", "another"])
def test_what_is_brought_without_the_secret_is_refused_and_waits(served, given):
    teacher = a_teacher(served)

    async def brought() -> int:
        await served.api.soon(lambda: [call.status for call in served.api.called("setWebhook")] == [200, 200])
        served.api.webhook.secret = given.get(SECRET_HEADER, "")
        teacher.types("hungry")
        await served.api.soon(lambda: "403" in (served.api.webhook.last_error or ("", ""))[1])
        async with httpx.AsyncClient() as client:
            return (await client.post(served.url, json=served.api.pending[0], headers=given)).status_code

    assert served.while_it_runs(brought) == 403
    assert served.scene.house.taken == []
    served.until(lambda: said(teacher))  # set anew at the start, with the right one
    assert said(teacher) == ["heard hungry"]


def test_an_update_that_is_brought_three_times_is_said_once(served):
    teacher = a_teacher(served)
    teacher.types("hungry")
    (update,) = served.api.pending

    async def brought() -> list[int]:
        async with httpx.AsyncClient(headers={SECRET_HEADER: SECRET}) as client:
            at_once = await asyncio.gather(*(client.post(served.url, json=update) for _ in range(2)))
            later = await client.post(served.url, json=update)
        await served.api.soon(lambda: said(teacher) and not served.api.pending)
        await asyncio.sleep(0.1)
        return [one.status_code for one in (*at_once, later)]

    assert served.while_it_runs(brought) == [200, 200, 200]
    assert said(teacher) == ["heard hungry"]
    assert len(served.scene.house.taken) == 1


def test_what_is_typed_while_the_service_is_away_is_brought_when_it_is_back(served):
    teacher = a_teacher(served)
    for number in range(3):
        teacher.types(f"number {number}")
    served.api.until(lambda: served.api.webhook.last_error)
    assert said(teacher) == []
    served.until(lambda: len(said(teacher)) == 3 and not served.api.pending)
    assert said(teacher) == ["heard number 0", "heard number 1", "heard number 2"]
