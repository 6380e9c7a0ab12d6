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


class DialogueLate(DialogueUnavailable):
    """The dialogue was reached, and its answer did not come in time: whether it took the message in is not known."""


_NOT_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_REST_SECONDS = 5.0


class RasaClient:
    """Sends one message and returns what the assistant says to it."""

    def __init__(
        self, url: str, token: str, patience: float = 20.0, client: httpx.AsyncClient | PlainClient | None = None
    ) -> None:
        self._token = token
        self._client = client or PlainClient(url, patience)

    async def say(self, consultation_id: str, message: str) -> tuple[Utterance, ...]:
        """Return the replies, or raise DialogueUnavailable: DialogueSilent or DialogueLate. No message is in either."""
        sent: dict[str, Any] = {"sender": consultation_id, "message": message}
        if asked := request_id.current():
            sent["metadata"] = {"request": asked}  # Rasa gives it back with every action of this turn
        try:
            answer = await self._client.post("/webhooks/rest/webhook", json=sent)
            answer.raise_for_status()
            said = utterances(answer.json())
        except (httpx.HTTPError, ValueError, LookupError, TypeError, AttributeError) as failure:
            # Whatever shape it has, what cannot be read is no answer; and its text stays out of the exception.
            kind = DialogueUnavailable if isinstance(failure, _NOT_REACHED) else DialogueLate
            raise kind(type(failure).__name__) from None
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
