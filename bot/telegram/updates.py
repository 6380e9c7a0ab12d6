"""Updates: each is handled once and in its chat's order, however it came; what comes of it goes into the outbox."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot import request_id
from bot.anonymiser.errors import AnonymiserFailed
from bot.consultation import RawText
from bot.desk.attempts import LockedOut
from bot.desk.incoming import taken_out
from bot.desk.outbox import Errand, Outgoing
from bot.desk.staff.links import CodeRefused, Ended, Link, LinkKind
from bot.desk.turnstile import TurnsHere, Turnstile
from bot.telegram import plain
from bot.telegram.asides import Asides
from bot.telegram.bell import Bell
from bot.telegram.came import Came, Kind, came
from bot.telegram.commands import Commands
from bot.telegram.keys import Act, pressed
from bot.telegram.room import Draft, Room, delete, outgoing, send
from bot.telegram.strangers import Strangers
from bot.telegram.talking import Drafts, Talking

log = logging.getLogger("noname.telegram")

STANDS = timedelta(hours=47)  # what is older Telegram lets nobody delete
# What a chat for notices may ask.
_FOR_NOTICES = ("start", "help", "privacy")


@dataclass(frozen=True, slots=True)
class Updates:
    """Handles updates. Nothing that an update holds makes it raise; a store that fails does, and it comes again."""

    room: Room
    talking: Talking
    commands: Commands
    strangers: Strangers
    asides: Asides
    bell: Bell
    turns: Turnstile = field(default_factory=TurnsHere)

    async def handle(self, update: object) -> None:
        """Handle an update, unless it has been handled before. Raises what the store raises."""
        one = came(update)
        if one is None:
            return
        async with self.turns.of(f"chat {one.chat}"):
            with request_id.begun():  # so that the lines of one update can be put together
                if await asyncio.to_thread(self.room.outbox.is_done, one.update_id):
                    return
                now = self.room.clock()
                await self._put(await self._done(one, now), one, now)
        self.bell.ring()

    async def _put(self, done: list[Outgoing], one: Came, now: datetime) -> None:
        try:
            await asyncio.to_thread(self.room.outbox.put, done, now, one.update_id)
        except (TypeError, ValueError) as unfit:  # what cannot be kept at all must not come again for ever
            log.error("answer_unfit kind=%s", type(unfit).__name__)
            await asyncio.to_thread(self.room.outbox.put, [], now, one.update_id)

    async def _done(self, one: Came, now: datetime) -> list[Outgoing]:
        if one.kind is Kind.NOTHING or not one.chat:
            return []
        key = self.room.key_of(one.chat)
        if one.kind is Kind.ELSEWHERE:
            self.asides.leave(one.chat, self.strangers.told(key, "utter_telegram_private"))
            return []
        link = await asyncio.to_thread(self.room.staff.link_of, key, now)
        try:
            if one.kind is Kind.COMMAND and one.command == "start" and one.text is not None:
                return await self._link(link, one, one.text, now)
            if link is None:
                self._stranger(one)
                return []
            return outgoing(link, one.update_id, await self._linked(link, one, now))
        except Exception as failed:  # whatever it was: its words may quote somebody
            log.error("update_failed kind=%s", type(failed).__name__)
            broken = self.room.words("utter_door_broken")
            if link is None:
                self.asides.tell(one.chat, broken)
                return []
            return outgoing(link, one.update_id, [send(plain.body(broken))])

    async def _linked(self, link: Link, one: Came, now: datetime) -> Drafts:
        if one.kind is Kind.CLOSED:
            await self._leave(link, Ended.BLOCKED, one, now)
            return []
        if one.kind is Kind.COMMAND and one.command == "stop":
            await self._leave(link, Ended.LEFT, one, now)
            if one.text is not None:  # nobody has looked at it
                self.asides.clear(one.chat, [one.message_id])
            self.asides.tell(one.chat, self.room.words("utter_telegram_stopped"))
            return []
        if link.kind is LinkKind.NOTICES:
            return self._for_notices(one)
        if one.kind is Kind.PRESS:
            return await self._press(link, one, now)
        if one.kind is Kind.EDITED:
            return await self._edited(link, one)
        if one.kind is Kind.UNREADABLE:
            # Kept as a keyed hash: what stands there is not ours, and could be anything.
            once = f"together:{link.id}:{self.room.key_of(f'together {one.together}')}" if one.together else ""
            words = plain.body(self.room.words("utter_telegram_only_words"))
            return [delete(one.message_id), Draft(send(words).errand, words, once)]
        drafts = await self._typed(link, one, now)
        if one.is_quoting and Errand.DELETE not in {draft.errand for draft in drafts}:
            words = plain.body(self.room.words("utter_telegram_quote_deleted", link.person))
            return [delete(one.message_id), send(words), *drafts]
        return drafts

    async def _typed(self, link: Link, one: Came, now: datetime) -> Drafts:
        if one.kind is Kind.COMMAND:
            drafts = await self.commands.obey(one.command, link, one, now)
            if drafts is not None:
                return drafts
        # A command that is not there is taken for words: its own may be a name.
        return await self.talking.say(link, one, one.whole or one.text or RawText(""), now)

    async def _press(self, link: Link, one: Came, now: datetime) -> Drafts:
        key = pressed(one.data)
        if key is not None and key.act is Act.TICKED_ALL:
            drafts, toast = await self.talking.press(link, one, key, now)
            self.asides.answer(one.query_id, toast)
            return drafts
        self.asides.answer(one.query_id)  # at once: an answer may take its time
        if key is not None and key.act is Act.MENU:
            return await self.commands.obey(key.choice, link, one, now) or []
        return (await self.talking.press(link, one, key, now))[0]

    async def _edited(self, link: Link, one: Came) -> Drafts:
        """What was written first stands. The new words are looked at, so that no name stays in the chat."""
        if one.text is None:
            return []
        try:
            is_found = bool(taken_out(await self.room.look(one.text)))
        except AnonymiserFailed:
            is_found = True
        name = "utter_telegram_edited_deleted" if is_found else "utter_telegram_edited"
        words = send(plain.body(self.room.words(name, link.person)))
        return [delete(one.message_id), words] if is_found else [words]

    def _for_notices(self, one: Came) -> Drafts:
        """Nothing can be answered here: what is typed is not even read."""
        if one.kind is Kind.PRESS:
            self.asides.answer(one.query_id)
            return []
        name = "utter_telegram_notices_only"
        if one.kind is Kind.COMMAND and one.command in _FOR_NOTICES and one.text is None:
            name = "utter_telegram_privacy" if one.command == "privacy" else "utter_telegram_welcome_notices"
            return [send(plain.body(self.room.words(name)))]
        return [delete(one.message_id), send(plain.body(self.room.words(name)))]

    async def _link(self, before: Link | None, one: Came, code: RawText, now: datetime) -> list[Outgoing]:
        key = self.room.key_of(one.chat)
        try:
            link = await asyncio.to_thread(self.room.staff.link, code.reveal().strip(), key, one.chat, now)
        except (CodeRefused, LockedOut) as refused:
            self.asides.tell(one.chat, self.strangers.refused(refused))
            if before is None:
                return []
            deleted = send(plain.body(self.room.words("utter_telegram_code_deleted", before.person)))
            return outgoing(before, one.update_id, [delete(one.message_id), deleted])
        if before is not None and before.id != link.id:
            await self._clear(before, one.chat, now)
        if link.kind is LinkKind.NOTICES:
            welcome = plain.body(self.room.words("utter_telegram_welcome_notices"))
        else:
            welcome = self.commands.welcome(link)
        return outgoing(link, one.update_id, [send(welcome)])

    def _stranger(self, one: Came) -> None:
        if one.kind is Kind.PRESS:
            self.asides.answer(one.query_id)
        if one.kind in (Kind.CLOSED, Kind.EDITED):
            return
        if words := self.strangers.told(self.room.key_of(one.chat)):
            self.asides.tell(one.chat, words)

    async def _leave(self, link: Link, why: Ended, one: Came, now: datetime) -> None:
        if why is Ended.LEFT:
            await self._clear(link, one.chat, now)
        await asyncio.to_thread(self.room.staff.leave, link, why, now)
        await asyncio.to_thread(self.room.outbox.forget, link.id)

    async def _clear(self, link: Link, chat: int, now: datetime) -> None:
        """Take our messages out of a chat that is left, as far as Telegram lets us, and forget what was to come."""
        with suppress(Exception):  # leaving does not wait for tidying
            self.asides.clear(chat, await asyncio.to_thread(self.room.outbox.standing, link.id, now - STANDS))
        await asyncio.to_thread(self.room.outbox.forget, link.id)
