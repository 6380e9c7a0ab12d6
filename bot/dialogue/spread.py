"""Spread: several Rasas behind one port. A talk goes to the same one as long as that answers.

All of them share a tracker and a store of locks, so any may go on with any talk. Another is asked only where nothing of
a message has left us: one that may have arrived is never sent twice.
"""

import hashlib
from collections.abc import Awaitable, Callable, Sequence

from bot.desk.ports import DialogueUnavailable, Utterance
from bot.dialogue.rasa_client import DialogueNotReached, RasaClient


class SpreadRasa:
    """The Dialogue port over several Rasas, at least one."""

    def __init__(self, clients: Sequence[RasaClient]) -> None:
        self._clients = tuple(clients)

    async def say(self, consultation_id: str, message: str) -> tuple[Utterance, ...]:
        """Return the replies, or raise DialogueUnavailable."""
        return await self._first(consultation_id, lambda client: client.say(consultation_id, message))

    async def at_rest(self, consultation_id: str) -> None:
        """Return once no turn of a talk is under way in any of them, and end the talk. Raises DialogueUnavailable."""
        await self._first(consultation_id, lambda client: client.at_rest(consultation_id))

    async def is_healthy(self) -> bool:
        """Whether one of them answers and holds a model."""
        for client in self._clients:
            if await client.is_healthy():
                return True
        return False

    async def close(self) -> None:
        """Let go of the connections."""
        for client in self._clients:
            await client.close()

    async def _first[T](self, consultation_id: str, ask: Callable[[RasaClient], Awaitable[T]]) -> T:
        failed: DialogueUnavailable = DialogueNotReached("nobody")
        for client in self._in_turn(consultation_id):
            try:
                return await ask(client)
            except DialogueNotReached as not_reached:
                failed = not_reached
        raise failed

    def _in_turn(self, consultation_id: str) -> Sequence[RasaClient]:
        digest = hashlib.blake2b(consultation_id.encode(), digest_size=8).digest()
        first = int.from_bytes(digest) % len(self._clients)
        return (*self._clients[first:], *self._clients[:first])
