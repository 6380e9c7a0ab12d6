"""Asides: what is done in passing and not kept: a press answered, a word to a stranger, a group left.

Nobody waits for it. What fails is let fall, told in the log by its kind alone.
"""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from typing import Any

from bot.telegram.line import Line

log = logging.getLogger("noname.telegram")

_MOST_AT_ONCE = 200


class Asides:
    """Does things beside, up to so many at once; more are let fall."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._under_way: set[asyncio.Task[None]] = set()

    def answer(self, query_id: str, text: str = "") -> None:
        """Let a button stop waiting."""
        self._begin(self._line.answer(query_id, text))

    def tell(self, chat: int, text: str) -> None:
        """Say something to a chat of which no address is kept."""
        self._begin(self._line.send(chat, {"text": text}))

    def leave(self, chat: int, text: str | None) -> None:
        """Leave a group, with a word where there is one."""
        self._begin(self._leave(chat, text))

    def clear(self, chat: int, message_ids: Sequence[int]) -> None:
        """Delete messages of ours."""
        for at in range(0, len(message_ids), 100):
            self._begin(self._line.delete_all(chat, message_ids[at : at + 100]))

    async def finished(self) -> None:
        """Return when nothing is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def _leave(self, chat: int, text: str | None) -> None:
        if text:
            try:
                await self._line.send(chat, {"text": text})
            except Exception as failed:  # a channel may let nobody write; it is left all the same
                log.info("aside_failed kind=%s", type(failed).__name__)
        await self._line.leave(chat)

    def _begin(self, doing: Coroutine[Any, Any, Any]) -> None:
        if len(self._under_way) >= _MOST_AT_ONCE:
            doing.close()
            log.warning("asides_full")
            return
        task = asyncio.ensure_future(self._quietly(doing))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _quietly(self, doing: Coroutine[Any, Any, Any]) -> None:
        try:
            await doing
        except Exception as failed:
            log.info("aside_failed kind=%s", type(failed).__name__)
