"""Talks: one person at one assistant, ours or the starter's, turn by turn over the same HTTP client.

A turn is timed from posting a message to having all of its replies. What went wrong has a kind, and no words.
"""

import json
import secrets
import time
from collections.abc import Sequence
from itertools import cycle
from typing import Any, Protocol

import httpx

from evaluation.bench import LAST, MOST_TURNS, TYPED, WORRY, offered_by, said_to

PATIENCE = 60.0
# What `rasa init` gives its assistant to hold: these lead through all of its stories.
STARTER_SAYS = ("hello", "I am sad", "no", "I feel very bad", "yes", "are you a bot?", "hi", "great", "goodbye")
WANTS_A_PERSON = "Please let me talk to a duty social worker."
_WORRY_TURNS = 15
_FOR_A_PERSON = 6


class Wrong(Exception):
    """Tried a turn, and it went wrong; the message is the kind of it."""


class Talk(Protocol):
    """What the crowd does with either."""

    async def begin(self) -> None: ...
    async def turn(self) -> float: ...
    @property
    def is_over(self) -> bool: ...


def client(url: str, at_once: int) -> httpx.AsyncClient:
    """Return a client that keeps its connections."""
    limits = httpx.Limits(max_connections=at_once, max_keepalive_connections=at_once, keepalive_expiry=4.0)
    return httpx.AsyncClient(base_url=url, timeout=PATIENCE, limits=limits, headers={"Origin": url})


async def posted(by: httpx.AsyncClient, path: str, body: Any, token: str = "") -> tuple[Any, float]:
    """Post JSON and return what came and after how many seconds. Raises Wrong."""
    headers = {"Cookie": f"noname_dsl={token}"} if token else {}
    begun = time.perf_counter()
    try:
        answer = await by.post(path, json=body, headers=headers)
    except httpx.HTTPError as failed:
        raise Wrong(type(failed).__name__) from None
    taken = time.perf_counter() - begun
    if answer.status_code >= 400:
        raise Wrong(f"HTTP {answer.status_code}")
    return answer.json(), taken


class StarterTalk:
    """A talk with the assistant of `rasa init`, by its REST channel."""

    def __init__(self, by: httpx.AsyncClient) -> None:
        self._by, self._said, self._sender = by, 0, ""

    async def begin(self) -> None:
        """Be somebody new."""
        self._said, self._sender = 0, secrets.token_hex(8)

    async def turn(self) -> float:
        """Say the next of its lines."""
        body = {"sender": self._sender, "message": STARTER_SAYS[self._said]}
        replies, taken = await posted(self._by, "/webhooks/rest/webhook", body)
        self._said += 1
        if not replies:
            raise Wrong("silence")
        return taken

    @property
    def is_over(self) -> bool:
        """Whether all lines are said."""
        return self._said >= len(STARTER_SAYS)


class OurTalk:
    """A consultation with the whole of ours, as a signed-in DSL. With `asks_for` it goes to the desk after a while."""

    def __init__(self, by: httpx.AsyncClient, token: str, asks_for: str = "") -> None:
        self._by, self._token, self._asks_for = by, token, asks_for
        self.consultation = ""
        self._replies: Sequence[Any] = ()
        self._said, self._over = 0, False

    async def begin(self) -> None:
        """Open a consultation and read the opening. Raises Wrong."""
        opened, _ = await posted(self._by, "/api/consultations", {"area": "kent"}, self._token)
        self.consultation, self._said, self._over = opened["id"], 0, False
        self._replies = await self._heard()

    async def turn(self) -> float:
        """Choose of what is offered, or type. Raises Wrong."""
        offered = offered_by(self._replies)
        said = said_to(offered, WORRY if self._said < _WORRY_TURNS else TYPED)
        if self._asks_for and self._said == _FOR_A_PERSON:
            said = {"text": self._asks_for}
        body = {"client_message_id": secrets.token_urlsafe(12), **said}
        came, taken = await posted(self._by, f"/api/consultations/{self.consultation}/messages", body, self._token)
        self._said, self._replies = self._said + 1, came["replies"]
        was_last = any(option["title"] == LAST for option in offered["options"]) and not self._asks_for
        self._over = was_last or came["stage"] != "with_assistant" or self._said >= MOST_TURNS
        if came["refusal"]:
            raise Wrong(f"refused: {came['refusal']['id']}")
        if any(reply["speaker"] == "service" for reply in self._replies):
            raise Wrong("the dialogue did not answer")
        if not self._replies and not self._over:
            raise Wrong("silence")
        return taken

    @property
    def is_over(self) -> bool:
        """Whether the consultation has come to its end, or to the desk."""
        return self._over

    async def _heard(self) -> list[Any]:
        return [message async for message in heard(self._by, self.consultation, self._token, until_there=True)]


async def heard(by: httpx.AsyncClient, consultation: str, token: str, *, until_there: bool = False) -> Any:
    """Yield messages from the stream of a consultation: all of them, or those that are there. Raises Wrong."""
    headers, event = {"Cookie": f"noname_dsl={token}"}, ""
    try:
        path = f"/api/consultations/{consultation}/events?after=0"
        async with by.stream("GET", path, headers=headers, timeout=PATIENCE if until_there else None) as stream:
            async for line in stream.aiter_lines():
                name, _, value = line.partition(": ")
                if name == "event":
                    event = value
                elif name == "data" and event == "message":
                    yield json.loads(value)
                elif name == "data" and event == "state" and until_there:
                    return
    except httpx.HTTPError as failed:
        raise Wrong(type(failed).__name__) from None


def lines() -> Any:
    """Return what duty workers answer, over and over."""
    return cycle(("Thank you, I have read this.", "I will ring you back within the hour.", "Please note what he says."))
