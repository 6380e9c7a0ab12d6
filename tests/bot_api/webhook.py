"""Posts updates to the bot's address: in order within a chat, again and again until each is taken."""

import asyncio

import httpx

from bot_api.updates import Waiting
from bot_api.world import Hook, World

FIRST_PAUSE = 0.02  # seconds; Telegram's are longer, and nobody here waits so long
LONGEST_PAUSE = 1.0


class Posting:
    """One line for each chat that has something to be posted. Lives on the server's loop."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lines: dict[int | str, asyncio.Task[None]] = {}
        self._http = httpx.AsyncClient(timeout=10, trust_env=False, verify=False)
        self._slots: tuple[Hook | None, asyncio.Semaphore] = (None, asyncio.Semaphore(1))

    def wake(self) -> None:
        """Begin a line for each chat that waits and has none."""
        with self._world.lock:
            chats = {waiting.line for waiting in self._world.updates} if self._world.hook else set()
        for chat in chats - self._lines.keys():
            self._lines[chat] = asyncio.create_task(self._work_off(chat))

    async def end(self) -> None:
        """Stop posting; what was not taken waits on."""
        lines = tuple(self._lines.values())
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)
        await self._http.aclose()

    async def _work_off(self, chat: int | str) -> None:
        failed = 0
        while True:
            if failed:
                await asyncio.sleep(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failed - 1)))
            now = self._next(chat)
            if now is None:
                break
            hook, waiting = now
            async with self._slot(hook):
                why_not = await self._post(hook, waiting)
            failed = failed + 1 if why_not else 0
            with self._world.lock:
                if why_not:
                    hook.last_error = int(self._world.clock.now), why_not
                else:
                    self._world.updates.forget(waiting.id)
        del self._lines[chat]

    def _next(self, chat: int | str) -> tuple[Hook, Waiting] | None:
        with self._world.lock:
            waiting = self._world.updates.first_of(chat)
            return (self._world.hook, waiting) if self._world.hook and waiting else None

    def _slot(self, hook: Hook) -> asyncio.Semaphore:
        if self._slots[0] is not hook:
            self._slots = hook, asyncio.Semaphore(hook.max_connections)
        return self._slots[1]

    async def _post(self, hook: Hook, waiting: Waiting) -> str | None:
        """Post one update; return what went wrong, if anything did."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        try:
            got = await self._http.post(hook.url, json=waiting.update, headers=headers)
        except httpx.HTTPError:
            return "Connection failed"
        return None if got.is_success else f"Wrong response from the webhook: {got.status_code} {got.reason_phrase}"
