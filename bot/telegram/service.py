"""The service: Telegram's side of a house, put together, and what runs beside the house for it."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.alongside import side_by_side
from bot.desk.outbox import Errand, Outgoing
from bot.telegram import plain
from bot.telegram.introducing import introduce
from bot.telegram.line import Line
from bot.telegram.pace import pause
from bot.telegram.polling import Polling
from bot.telegram.room import Room
from bot.telegram.sender import Sender
from bot.telegram.updates import Updates

log = logging.getLogger("noname.telegram")


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram brings updates to, and the secret by which it shows that it is Telegram."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True)
class Telegram:
    """All of it. With a `hook` updates are brought, without one they are asked for."""

    room: Room
    line: Line
    updates: Updates
    sender: Sender
    chance: Callable[[], float]
    hook: Hook | None = None

    async def run(self) -> None:
        """Take in and deliver until cancelled; then let what is under way come to its end."""
        await self.line.open()
        coming = self._be_called() if self.hook else Polling(self.line, self.updates.handle, self.chance).run()
        try:
            introducing = introduce(self.line, self.room.words, self.chance)
            await side_by_side(coming, self.sender.run(), self.sender.let_go(), introducing)
        finally:
            await self.line.close()

    def notice(self, link_id: str, once: str, words: str, blanks: Mapping[str, str]) -> None:
        """Put a notice for a link into the outbox: a response and its blanks, once under an id. Not awaited."""
        body = plain.body(self.room.words(words, None, **blanks))
        self.room.outbox.put([Outgoing(link_id, f"notice:{once}", Errand.SEND, body)], self.room.clock())

    async def _be_called(self) -> None:
        failed, is_called = 0, False
        while self.hook is not None and not is_called:
            try:
                await self.line.be_called(self.hook.url, self.hook.secret)
                is_called = True
            except Exception as fell:
                failed += 1
                log.warning("hook_failed kind=%s attempt=%d", type(fell).__name__, failed)
                await asyncio.sleep(pause(failed, self.chance))
