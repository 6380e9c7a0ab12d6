"""Short memory: Rasa forgets a talk as soon as it need not know it, and is told again when it must.

Rasa keeps every word of a conversation to carry it on. What is worth keeping is in the records, so the
rest can go: when the DSL comes back, the talk is opened again from there (action_open). A talk in which Rasa has
lost its way would stay silent for ever: it is forgotten too, and begins again with the next message. So is one in
which an answer came too late: nobody saw it, and the next message would be taken to answer a question in it.
"""

import asyncio
import logging
from collections.abc import Collection
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Protocol

from bot.desk.in_doubt import InDoubt
from bot.desk.payloads import payload
from bot.desk.ports import DialogueUnavailable, Utterance
from bot.desk.turnstile import NotFree, TurnLost, TurnsHere, Turnstile
from bot.dialogue.rasa_client import DialogueLate, DialogueSilent, RasaClient
from bot.dialogue.spread import SpreadRasa

log = logging.getLogger("noname.dialogue")

_OPENING, _RED_FLAG = "/open_consultation", "/raise_red_flag"


class Tracker(Protocol):
    """Where Rasa keeps its conversations (bot.storage.tracker)."""

    def knows(self, consultation_id: str) -> bool: ...
    def forget(self, consultation_ids: Collection[str]) -> int: ...
    def tidy(self) -> None: ...


class ShortMemory:
    """The Dialogue port over Rasa, with a memory that can be taken away between two turns."""

    def __init__(
        self,
        dialogue: RasaClient | SpreadRasa,
        tracker: Tracker,
        turns: Turnstile | None = None,
        in_doubt: InDoubt | None = None,
    ) -> None:
        self._dialogue, self._tracker, self._turns = dialogue, tracker, turns or TurnsHere()
        self._in_doubt: InDoubt = set() if in_doubt is None else in_doubt
        self._tasks: set[asyncio.Task[None]] = set()

    async def say(self, consultation_id: str, message: str) -> tuple[Utterance, ...]:
        """Return the replies, or raise DialogueUnavailable. A forgotten talk is opened again first."""
        async with AsyncExitStack() as held:
            try:
                await held.enter_async_context(self._turn(consultation_id))
            except TurnLost:
                raise
            except NotFree:
                raise DialogueUnavailable("not free") from None
            try:
                await self._let_go_of_doubted(consultation_id)
                before = await self._opened_again(consultation_id, message)
                return (*before, *await self._dialogue.say(consultation_id, message))
            except DialogueSilent:
                await self._forget_lost(consultation_id)
                raise
            except DialogueLate:
                self._in_doubt.add(consultation_id)
                raise

    def forget(self, consultation_id: str, in_doubt: bool = False) -> None:
        """Forget a talk as soon as the turn that may be under way is over. A failure is made good by the purge.

        `in_doubt`: Rasa may be in a turn of a process that is gone. The talk is let go of again before it goes on.
        """
        if in_doubt:
            self._in_doubt.add(consultation_id)
        task = asyncio.get_running_loop().create_task(self._forget_soon(consultation_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def forget_all(self, consultation_ids: Collection[str]) -> None:
        """Forget talks, each between two turns."""
        for consultation_id in consultation_ids:
            try:
                async with self._turn(consultation_id):
                    await asyncio.to_thread(self._tracker.forget, [consultation_id])
            except NotFree:  # one that is not free keeps none of the others
                log.warning("dialogue_not_free")
        if consultation_ids:
            await asyncio.to_thread(self._tracker.tidy)

    async def is_healthy(self) -> bool:
        """Whether Rasa answers and holds a model."""
        return await self._dialogue.is_healthy()

    async def close(self) -> None:
        """Finish forgetting and let go of the connections."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=5)
        await self._dialogue.close()

    async def _forget_soon(self, consultation_id: str) -> None:
        try:
            await self.forget_all([consultation_id])
        except Exception as failed:
            log.error("dialogue_not_forgotten kind=%s", type(failed).__name__)

    async def _let_go_of_doubted(self, consultation_id: str) -> None:
        """Forget a talk with which Rasa may have gone on alone, once it has. Raises DialogueUnavailable."""
        if consultation_id not in self._in_doubt:
            return
        await self._dialogue.at_rest(consultation_id)
        try:
            await asyncio.to_thread(self._tracker.forget, [consultation_id])
        except Exception as failed:
            # Rasa's talk is empty by now, and would overwrite what is known: it stays in doubt.
            log.error("dialogue_not_forgotten kind=%s", type(failed).__name__)
            raise DialogueUnavailable(type(failed).__name__) from None
        log.warning("dialogue_in_doubt_forgotten")
        self._in_doubt.discard(consultation_id)

    async def _forget_lost(self, consultation_id: str) -> None:
        """Forget a talk to which Rasa says nothing though it is well: once it is stopped in a turn, it stays so."""
        if not await self._dialogue.is_healthy():
            return
        try:
            await asyncio.to_thread(self._tracker.forget, [consultation_id])
            log.warning("dialogue_lost_forgotten")
        except Exception as failed:
            log.error("dialogue_not_forgotten kind=%s", type(failed).__name__)

    async def _opened_again(self, consultation_id: str, message: str) -> tuple[Utterance, ...]:
        if message.startswith(_OPENING) or await self._is_known(consultation_id):
            return ()
        said = await self._dialogue.say(consultation_id, payload(_OPENING.removeprefix("/"), {}))
        if message.startswith(_RED_FLAG):
            return ()  # the exit is what matters, and it comes now
        # The question that stands open last was asked before; the message answers it, or it is asked again. Not
        # every question has buttons: what worries somebody is asked for in their own words.
        return said[:-1] if len(said) > 1 else said

    async def _is_known(self, consultation_id: str) -> bool:
        try:
            return await asyncio.to_thread(self._tracker.knows, consultation_id)
        except Exception as failed:
            # Better a talk that goes on as Rasa knows it than none.
            log.error("tracker_not_read kind=%s", type(failed).__name__)
            return True

    def _turn(self, consultation_id: str) -> AbstractAsyncContextManager[object]:
        # Apart from that of a message, within which it may be asked for.
        return self._turns.of(f"dialogue {consultation_id}")
