"""The pages of a DSL and a duty worker without a browser: they wait, send again and follow as the scripts do.

`post`, `send` and `unsent` of `widget.js`, the form of `duty.js` and `follow` of `stream.js` are their models. `pace`
makes their waits shorter.
"""

import asyncio
import json
import random
import re
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from evaluation.chaos import Said
from tests.chaos_house import AREA

# What the scripts wait, in seconds: before a message is sent again, and before the events are asked for again.
SENT_AGAIN, FOLLOWED_AGAIN, OPENED_AGAIN = (1, 2, 4), 2, 3
PRESSED_AGAIN = (0.5, 2)  # a person sees that it was not sent, and presses


@dataclass(frozen=True)
class Plan:
    """A run: how many messages and kills, by which chance, and how long pages wait beside what they do wait."""

    seed: int
    messages: int
    kills: int
    pace: float


@dataclass
class Page:
    """An open page: what it has drawn, what it sends, and when each was pressed and came."""

    http: httpx.AsyncClient
    plan: Plan
    chance: random.Random
    begins: Callable[[], None]
    drawn: list[Said] = field(default_factory=list)
    came: dict[str, float] = field(default_factory=dict)
    kept_at: dict[str, datetime] = field(default_factory=dict)
    pressed: dict[str, float] = field(default_factory=dict)
    cut: list[tuple[str, datetime]] = field(default_factory=list)
    refused: int = 0
    stage: str = ""

    async def rests(self, seconds: float) -> None:
        """Wait as long as a page would, by the pace of the run."""
        await asyncio.sleep(seconds * self.plan.pace)

    async def asks(self, text: str, method: str, path: str, **given: Any) -> httpx.Response | None:
        """Send one request; None when the connection was lost before its answer came."""
        self.begins()
        try:
            return await self.http.request(method, path, **given)
        except httpx.ConnectError:  # it came nowhere
            return None
        except httpx.TransportError:
            self.cut.append((text, datetime.now(UTC)))
            return None

    async def presses_until_done(self, text: str, path: str, **given: Any) -> httpx.Response:
        """Press a button, again and again until something answers."""
        while (answer := await self.asks(text, "POST", path, **given)) is None:
            await self.rests(self.chance.uniform(*PRESSED_AGAIN))
        return answer

    async def follow(self, path: str, after: int) -> None:
        """Draw what comes, and come back after every break, as an EventSource does."""
        last, again = after, ""
        while True:
            headers = {"Last-Event-ID": again} if again else {}
            try:
                async with self.http.stream("GET", path, params={"after": after}, headers=headers) as answer:
                    async for event in events(answer):
                        again = event.get("id", again)
                        if event["event"] == "state":
                            self.stage = json.loads(event["data"])["stage"]
                        if event["event"] == "message" and (number := int(event["id"])) > last:
                            last = number
                            self.draw(json.loads(event["data"]))
                    refused = answer.status_code != 200
            except httpx.TransportError:
                refused = False
            if refused:  # the browser gives up, and the page opens another
                after, again = last, ""
            await self.rests(OPENED_AGAIN if refused else FOLLOWED_AGAIN)

    def draw(self, message: dict[str, Any]) -> None:
        """Put a message at the end of the page."""
        self.drawn.append(Said(message["number"], message["speaker"], message["text"]))
        self.came[message["text"]] = time.monotonic()
        self.kept_at[message["text"]] = datetime.fromisoformat(message["at"])

    async def says(self, texts: list[str], send: Callable[[str, str], Any], told: Callable[[], None]) -> None:
        """Send one after another. A message keeps its id until it is answered for."""
        for text in texts:
            client_id, self.pressed[text] = f"{self.chance.getrandbits(128):032x}", time.monotonic()
            while not await send(text, client_id):
                await self.rests(self.chance.uniform(*PRESSED_AGAIN))
            told()
            await asyncio.sleep(0)


@dataclass
class DslPage(Page):
    """The widget with its consultation."""

    consultation: str = ""

    @property
    def api(self) -> str:
        """Where its consultation answers."""
        return f"/api/consultations/{self.consultation}"

    async def open(self, code: str) -> None:
        """Sign in and open a consultation, while nothing is killed yet."""
        assert (await self.http.post("/api/session", json={"code": code})).status_code == 201
        answer = await self.http.post("/api/consultations", json={"area": AREA})
        self.consultation = answer.json()["id"]

    async def send(self, text: str, client_id: str) -> bool:
        """Post a message, three times again by itself, and say whether it was taken in."""
        body = {"client_message_id": client_id, "text": text, "not_names": []}
        for wait in (*SENT_AGAIN, None):
            answer = await self.asks(text, "POST", f"{self.api}/messages", json=body)
            if answer is not None and answer.status_code < 502:
                taken = answer.status_code == 200 and answer.json()["refusal"] is None
                self.refused += not taken
                return taken
            if wait is not None:
                await self.rests(wait)
        return False

    async def wants_a_person(self) -> None:
        """Ask for a person and wait, pressing what the page shows until the case is in the queue."""
        act = {"with_assistant": "", "offered": "/wait"}
        while True:
            asked = await self.asks("", "GET", self.api)
            if asked is not None and asked.status_code == 200:
                if (stage := asked.json()["stage"]) not in act:
                    return
                await self.asks("", "POST", f"{self.api}/person{act[stage]}")
            await self.rests(0.1)


@dataclass
class WorkerPage(Page):
    """The console with a case."""

    case: str = ""

    async def sign_in(self, form: dict[str, str]) -> None:
        """Sign in, while nothing is killed yet."""
        assert (await self.http.post("/duty/sign-in", data=form)).status_code == 303

    async def take(self) -> int:
        """Claim the case that waits and open its page; return up to which number it shows."""
        while True:
            queue = await self.asks("", "GET", "/duty/queue")
            if queue is not None and (found := re.search(r'data-case="([^"]+)"', queue.text)):
                break
            await self.rests(0.2)
        self.case = f"/duty/cases/{found[1]}"
        claimed = await self.presses_until_done("", f"{self.case}/claim")
        assert claimed.status_code == 303, "it is theirs, however often they press"
        while (page := await self.asks("", "GET", self.case)) is None:
            await self.rests(1)
        return int(re.search(r'data-after="(\d+)"', page.text)[1])

    async def send(self, text: str, client_id: str) -> bool:
        """Post a reply once, and say whether it was taken in."""
        body = {"text": text, "client_id": client_id}
        answer = await self.asks(text, "POST", f"{self.case}/reply", data=body, headers={"Accept": "application/json"})
        if answer is None:
            return False
        self.refused += answer.status_code != 204
        return answer.status_code == 204


async def events(answer: httpx.Response) -> AsyncIterator[dict[str, str]]:
    """Yield the events of a stream, each as its fields."""
    event: dict[str, str] = {}
    async for line in answer.aiter_lines():
        name, _, value = line.partition(": ")
        if name in ("id", "event", "data"):
            event[name] = value
        elif not line and event.get("event"):
            yield event
            event = {}
        elif not line:
            event = {}
