"""The Dialogue port over Rasa's REST channel."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import httpx

from bot import request_id
from bot.desk.ports import Button, DialogueUnavailable, Utterance
from bot.dialogue.plain_client import PlainClient


class DialogueSilent(DialogueUnavailable):
    """The dialogue answered, and said nothing at all: an action failed, or it has lost its way in this talk."""


class DialogueNotReached(DialogueUnavailable):
    """Nothing of a message has left us: another Rasa may be asked."""


class DialogueLate(DialogueUnavailable):
    """The dialogue was reached, and its answer did not come in time: whether it took the message in is not known."""


# What happens before anything has left. A connection that breaks later may have carried the message.
_BEFORE_IT_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_REST_SECONDS, CONNECT_SECONDS = 5.0, 2.0


class RasaClient:
    """Sends one message and returns what the assistant says to it.

    With `keeps_lines` connections are used again. Of several Rasas one that ends goes on listening on those it has:
    a new connection finds out that it takes no more.
    """

    def __init__(
        self,
        url: str,
        token: str,
        patience: float = 20.0,
        client: httpx.AsyncClient | PlainClient | None = None,
        keeps_lines: bool = True,
    ) -> None:
        self._token = token
        self._client = client or (PlainClient(url, patience) if keeps_lines else _line_after_line(url, patience))

    async def say(self, consultation_id: str, message: str) -> tuple[Utterance, ...]:
        """Return the replies, or raise DialogueUnavailable, in one of its kinds. No message enters an exception."""
        sent: dict[str, Any] = {"sender": consultation_id, "message": message}
        if asked := request_id.current():
            sent["metadata"] = {"request": asked}  # Rasa gives it back with every action of this turn
        try:
            answer = await self._client.post("/webhooks/rest/webhook", json=sent)
            answer.raise_for_status()
            said = utterances(answer.json())
        except _BEFORE_IT_LEFT as failure:
            raise DialogueNotReached(type(failure).__name__) from None
        except (httpx.HTTPError, ValueError, LookupError, TypeError, AttributeError) as failure:
            # Whatever shape it has, what cannot be read is no answer; and its text stays out of the exception.
            raise DialogueLate(type(failure).__name__) from None
        if not said:
            # An action that fails makes Rasa fall silent, and silence must not be taken for an answer.
            raise DialogueSilent("silence")
        return said

    async def at_rest(self, consultation_id: str) -> None:
        """Return once no turn of a talk is under way in Rasa, and end the talk there. Raises DialogueUnavailable."""
        path, query = f"/conversations/{consultation_id}/tracker/events", {"token": self._token}
        try:  # Rasa takes in one thing of a talk after another
            ended = await self._client.post(path, json=[{"event": "restart"}], params=query, timeout=_REST_SECONDS)
            ended.raise_for_status()
        except _BEFORE_IT_LEFT as failure:
            raise DialogueNotReached(type(failure).__name__) from None
        except httpx.HTTPError as failure:
            raise DialogueUnavailable(type(failure).__name__) from None

    async def is_healthy(self) -> bool:
        """Whether Rasa answers and holds a model."""
        try:
            answer = await self._client.get("/status", params={"token": self._token}, timeout=2.0)
            return answer.status_code == 200 and bool(answer.json().get("model_file"))
        except (httpx.HTTPError, ValueError):
            return False

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()


def utterances(replies: Iterable[Mapping[str, Any]]) -> tuple[Utterance, ...]:
    """Return Rasa's replies as utterances.

    Rasa sends a response's text and its custom part apart; a card of ticks belongs to the question
    just before it, whose buttons become its options.
    """
    said: list[Utterance] = []
    for reply in replies:
        card = reply.get("custom")
        if card and card.get("kind") == "ticks" and said and said[-1].buttons:
            said.append(replace(said.pop(), card=dict(card)))
        elif card:
            said.append(Utterance("assistant", card=dict(card)))
        elif reply.get("text"):
            buttons = tuple(Button(b["title"], b["payload"]) for b in reply.get("buttons") or ())
            said.append(Utterance("assistant", reply["text"], buttons))
    return tuple(said)


def _line_after_line(url: str, patience: float) -> httpx.AsyncClient:
    """Return a client that uses no connection twice."""
    wait, limits = httpx.Timeout(patience, connect=CONNECT_SECONDS), httpx.Limits(max_keepalive_connections=0)
    return httpx.AsyncClient(base_url=url, timeout=wait, limits=limits)
