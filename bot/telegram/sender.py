"""The sender: takes what is due out of the outbox and delivers it, one of each chat at a time.

What is being sent is marked before it leaves, and marked again when it has arrived. Between the two nobody knows, and
what nobody knows is never sent twice: the chat is told that something may be missing, and how to see it.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from bot.desk.outbox import Body, Errand, Letter
from bot.desk.staff.links import Ended
from bot.telegram import plain
from bot.telegram.bell import Bell
from bot.telegram.line import Gone, Line, NotAllowed, NotNow, NotSure, NotThere
from bot.telegram.pace import Pace, pause
from bot.telegram.room import Room

log = logging.getLogger("noname.telegram")

PATIENCE = 1.0  # seconds until it is looked without a bell
TOO_LATE = timedelta(hours=24)  # an answer that old is no answer any more
KEPT = timedelta(days=3)  # what is settled: Telegram brings no update again after a day
CLOSING = 15.0  # seconds that a delivery under way gets when the house closes
_LET_GO_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Sender:
    """Delivers until cancelled. `chance` returns numbers from 0 to 1; messages of ours are deleted after `stays`."""

    room: Room
    line: Line
    bell: Bell
    pace: Pace
    stays: timedelta
    chance: Callable[[], float]
    at_once: int
    _under_way: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def run(self) -> None:
        """Settle what was being sent when the house fell, then deliver. Nothing makes it end but being cancelled."""
        failed = 0
        is_settled = False
        try:
            while True:
                try:
                    if not is_settled:
                        await asyncio.to_thread(self.room.outbox.recover, self._note(), self.room.clock())
                        is_settled = True
                    await self._take()
                    failed = 0
                    patience = self.pace.patience(PATIENCE)
                except Exception as fell:
                    failed += 1
                    log.error("sender_failed kind=%s", type(fell).__name__)
                    patience = pause(failed, self.chance)
                await self.bell.heard(patience)
        finally:
            await self._let_finish()

    async def let_go(self) -> None:
        """Let go from time to time of what is settled, until cancelled."""
        while True:
            try:
                await asyncio.to_thread(self.room.outbox.let_go, self.room.clock() - KEPT)
            except Exception as fell:
                log.error("let_go_failed kind=%s", type(fell).__name__)
            await asyncio.sleep(_LET_GO_SECONDS)

    async def _take(self) -> None:
        """Begin to deliver what is due, as far as there is room. What waits for its turn is not marked yet."""
        while len(self._under_way) < self.at_once and not self.pace.is_hushed:
            await self.pace.turn()
            busy = self.pace.resting() | self._under_way.keys()
            letters = await asyncio.to_thread(self.room.outbox.take, self.room.clock(), busy, 1)
            if not letters:
                return
            self._begin(letters[0])

    def _begin(self, letter: Letter) -> None:
        task = asyncio.ensure_future(self._deliver(letter))
        self._under_way[letter.link_id] = task
        task.add_done_callback(lambda _: self._finished(letter.link_id))

    def _finished(self, link_id: str) -> None:
        self._under_way.pop(link_id, None)
        self.bell.ring()

    async def _let_finish(self) -> None:
        """Wait for what is under way when the house closes: what has arrived is to be marked."""
        under_way = list(self._under_way.values())
        if under_way:
            _, late = await asyncio.wait(under_way, timeout=CLOSING)
            for task in late:
                task.cancel()

    async def _deliver(self, letter: Letter) -> None:
        outbox, now = self.room.outbox, self.room.clock()
        address = await self._kept(self.room.staff.address_of, letter.link_id)
        if address is None:
            return await self._kept(outbox.forget, letter.link_id)
        if now - letter.at > TOO_LATE and letter.errand is Errand.SEND:
            return await self._kept(outbox.give_up, letter.id, now, self._note())
        try:
            message_id = await self._ask(address, letter)
        except NotNow as later:
            await self._again(letter, later)
        except NotSure:
            await self._unsure(letter)
        except Gone:
            await self._gone(letter, address)
        except NotAllowed as refused:
            await self._refused(letter, refused)
        else:
            await self._arrived(letter, message_id)

    async def _ask(self, address: int, letter: Letter) -> int:
        if letter.errand is Errand.SEND:
            return await self.line.send(address, letter.body)
        if letter.errand is Errand.EDIT:
            await self.line.edit(address, letter.body)
        else:
            await self.line.delete(address, letter.body["message_id"])
        return 0

    async def _arrived(self, letter: Letter, message_id: int) -> None:
        now = self.room.clock()
        if letter.errand is not Errand.SEND:
            return await self._kept(self.room.outbox.done, letter.id)
        self.pace.rest(letter.link_id)
        return await self._kept(self.room.outbox.sent, letter.id, message_id, now, now + self.stays)

    async def _again(self, letter: Letter, later: NotNow) -> None:
        if later.after:
            self.pace.hush(later.after)
        else:
            log.warning("telegram_does_not_take attempt=%d", letter.attempts)
        seconds = later.after or pause(letter.attempts, self.chance)
        at = self.room.clock() + timedelta(seconds=seconds)
        await self._kept(partial(self.room.outbox.again, counts=not later.after), letter.id, at)

    async def _unsure(self, letter: Letter) -> None:
        now = self.room.clock()
        if letter.errand is Errand.SEND:
            log.warning("telegram_may_have_taken")
            return await self._kept(self.room.outbox.unsure, letter.id, self._note(), now)
        later = now + timedelta(seconds=pause(letter.attempts, self.chance))
        return await self._kept(self.room.outbox.again, letter.id, later)

    async def _gone(self, letter: Letter, address: int) -> None:
        now = self.room.clock()
        link = await self._kept(self.room.staff.link_of, self.room.key_of(address), now)
        if link is not None and link.id == letter.link_id:
            await self._kept(self.room.staff.leave, link, Ended.BLOCKED, now)
        await self._kept(self.room.outbox.forget, letter.link_id)

    async def _refused(self, letter: Letter, refused: NotAllowed) -> None:
        log.warning("telegram_refused errand=%s", letter.errand.value)
        is_gone_already = isinstance(refused, NotThere) and letter.attempts > 1
        if letter.errand is Errand.SEND:
            instead = self._note()
        elif letter.errand is Errand.DELETE and not letter.body["ours"] and not is_gone_already:
            instead = plain.body(self.room.words("utter_telegram_delete_yourself"))
        else:
            instead = None
        await self._kept(self.room.outbox.give_up, letter.id, self.room.clock(), instead)

    async def _kept[T](self, keep: Callable[..., T], *given: Any) -> T:
        """Ask the store until it answers: what has arrived and is not marked would hold back its chat."""
        failed = 0
        while True:
            try:
                return await asyncio.to_thread(keep, *given)
            except Exception as fell:
                failed += 1
                log.error("store_failed kind=%s attempt=%d", type(fell).__name__, failed)
                await asyncio.sleep(pause(failed, self.chance))

    def _note(self) -> Body:
        return plain.body(self.room.words("utter_telegram_may_be_missing"))
