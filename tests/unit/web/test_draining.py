"""A house that closes takes in nothing new, lets what is under way finish, and says that it is back in a moment."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from bot.settings import ROOT
from bot.web.upkeep import Upkeep
from tests.fakes_web import make_app
from tests.unit.web.visitor import Visitor

# A process with the real doors and the real server; a turn takes as long as the test says.
SERVED = """
import asyncio, sys
from tests.fakes_web import FakeHouse, make_app
from bot.web.serve import server
port, turn, drain = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
lets_go_first = len(sys.argv) > 4
class Slow(FakeHouse):
    async def receive(self, *given, **how):
        print("taken", flush=True)
        await asyncio.sleep(turn)
        return await super().receive(*given, **how)
async def alongside():
    try:
        await asyncio.sleep(600)
    finally:
        print("alongside ended", flush=True)
house = Slow()
app = make_app(house, f"http://127.0.0.1:{port}", alongside=alongside)
asyncio.run(server(app, "127.0.0.1", port, drain_seconds=drain, lets_go_first=lets_go_first).serve())
"""


@pytest.fixture
def closing(visitor: Visitor) -> Visitor:
    """A DSL at the doors of a house that has begun to close."""
    visitor.as_dsl()
    upkeep = Upkeep()
    visitor._client._transport.app = make_app(visitor.house, upkeep=upkeep)
    upkeep.drain.begin()
    return visitor


def test_a_script_is_told_when_to_come_back_and_whom_to_ring(closing: Visitor) -> None:
    answer = closing.post("/api/consultations", json={})
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert answer.json()["error"] == "back_soon"
    assert "999" in answer.json()["message"]
    assert closing.house.kept == {}, "nothing was begun"


def test_a_page_says_back_in_a_moment_with_the_numbers(closing: Visitor) -> None:
    page = closing.post("/consultations")
    assert page.status_code == 503
    assert "Back in a moment" in page.text
    assert "999" in page.text
    assert page.headers["content-security-policy"], "a refusal has the headers of any page"


@pytest.mark.parametrize("path", ["/", "/livez", "/static/base.css", "/another"])
def test_reading_goes_on(closing: Visitor, path: str) -> None:
    assert closing.get(path).status_code == 200


def test_what_turns_under_way_ask_for_and_signing_out_go_on(closing: Visitor) -> None:
    assert closing.post("/rasa/webhook", json={}).status_code == 401, "the token's own refusal, not ours"
    assert closing.post("/rasa/model/parse", json={}).status_code == 401
    assert closing.post("/sign-out").status_code == 303


def test_a_house_drains_once_and_is_over_when_nothing_is_under_way() -> None:
    drain, told = Upkeep().drain, []
    drain.when_begun(lambda: told.append("begun"))
    drain.under_way = 1
    assert not drain.is_over()
    drain.begin()
    drain.begin()
    assert told == ["begun"]
    assert not drain.is_over()
    drain.under_way = 0
    assert drain.is_over()


class Served:
    """The process, a DSL who has signed in there, and what it printed."""

    def __init__(self, port: int, turn: float, drain: float, *more: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVED, str(port), str(turn), str(drain), *more],
            cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.browser = httpx.Client(base_url=self.url, headers={"Origin": self.url}, timeout=30)
        self.said: httpx.Response | Exception | None = None

    def begin(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if self.browser.post("/api/session", json={"code": "kent-1"}).status_code == 201:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        talk = self.browser.post("/api/consultations", json={}).json()["id"]
        self.thread = threading.Thread(target=self._say, args=(talk,))
        self.thread.start()
        assert self.process.stdout.readline() == "taken\n"

    def _say(self, talk: str) -> None:
        body = {"client_message_id": "client-id-1", "text": "hungry every day"}
        cookies = dict(self.browser.cookies)
        try:
            self.said = httpx.post(
                f"{self.url}/api/consultations/{talk}/messages",
                json=body, cookies=cookies, headers={"Origin": self.url}, timeout=30,
            )  # fmt: skip
        except httpx.TransportError as fell:
            self.said = fell

    def told(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def end(self, seconds: float) -> tuple[int, str]:
        code = self.process.wait(seconds)
        self.thread.join(10)
        return code, self.process.stdout.read()

    def close(self) -> None:
        self.browser.close()
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def served(unused_port: int, request: pytest.FixtureRequest) -> Iterator[Served]:
    made = Served(unused_port, *request.param)
    try:
        made.begin()
        yield made
    finally:
        made.close()


@pytest.fixture
def unused_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.mark.parametrize("served", [(3.0, 20.0)], indirect=True)
def test_told_to_end_a_service_finishes_what_is_under_way_and_takes_in_nothing_new(served: Served) -> None:
    served.told()
    assert served.process.stdout.readline() == "alongside ended\n", "rounds and polling end first"
    refused = served.browser.post("/api/consultations", json={})
    assert (refused.status_code, refused.json()["error"]) == (503, "back_soon")
    assert served.browser.get("/readyz").json()["failing"] == ["closing"]
    code, _ = served.end(15)
    assert isinstance(served.said, httpx.Response), served.said
    assert served.said.status_code == 200, "the turn that was under way came to its end"
    assert served.said.json()["replies"]
    assert code in (-signal.SIGTERM, 0)


@pytest.mark.parametrize("served", [(60.0, 0.5)], indirect=True)
def test_a_turn_that_does_not_end_keeps_nobody_for_ever(served: Served) -> None:
    begun = time.monotonic()
    served.told()
    served.end(20)
    assert time.monotonic() - begun < 15
    assert not isinstance(served.said, httpx.Response) or served.said.status_code >= 500


@pytest.mark.parametrize("served", [(60.0, 60.0)], indirect=True)
def test_told_twice_a_service_ends_at_once(served: Served) -> None:
    served.told()
    time.sleep(0.5)
    begun = time.monotonic()
    served.told()
    served.end(20)
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize("served", [(3.0, 20.0, "lets go first")], indirect=True)
def test_one_of_several_lets_go_of_its_port_before_it_turns_anybody_away(served: Served) -> None:
    served.told()
    seen: set[object] = set()
    until = time.monotonic() + 2.5
    while time.monotonic() < until:
        try:  # on a new connection, as nginx makes one
            seen.add(httpx.post(f"{served.url}/api/session", json={"code": "wrong"}, timeout=5).status_code)
        except httpx.ConnectError:
            seen.add("refused")
            break
    assert "refused" in seen
    assert 503 not in seen, "who still came in was served"
    served.end(15)
    assert isinstance(served.said, httpx.Response), served.said
    assert served.said.status_code == 200, "the turn that was under way came to its end"
