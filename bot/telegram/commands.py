"""Commands: what a linked chat may ask for by a slash or a button of the menu."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.consultation.reference import in_capitals
from bot.desk.numbers import in_words
from bot.desk.outbox import Body
from bot.desk.staff.links import Link
from bot.desk.working_time import ENGLAND
from bot.telegram import keys, plain
from bot.telegram.came import Came
from bot.telegram.room import Room, outgoing, send
from bot.telegram.talking import Drafts, Talking

_MENU = ("worry", "question", "whoswho", "urgent")
_MOST_TOLD = 10  # of what was passed on, the newest


@dataclass(frozen=True, slots=True)
class Commands:
    """What is done for a command. Every method returns what is to be done in the chat."""

    room: Room
    talking: Talking

    async def obey(self, name: str, link: Link, came: Came, now: datetime) -> Drafts | None:
        """Do what a command asks for, and take in what was typed behind it; None for a command that is not there."""
        done = self._by_name().get(name)
        if done is None:
            return None
        drafts = await done(link, came, now)
        if came.text is None or name == "start":
            return drafts
        held = await asyncio.to_thread(self.room.staff.link_of, link.chat, now)  # what was done may have begun a talk
        return [*drafts, *await self.talking.say(held or link, came, came.text, now)]

    def _by_name(self) -> dict[str, Callable[[Link, Came, datetime], Awaitable[Drafts]]]:
        return {
            "start": self._start,
            "help": self._say("utter_telegram_help"),
            "privacy": self._say("utter_telegram_privacy"),
            "question": self._say("utter_telegram_question"),
            "whoswho": self._say("utter_telegram_whoswho"),
            "status": self._status,
            "urgent": self._urgent,
            "worry": self._worry,
            "again": self._again,
        }

    def welcome(self, link: Link) -> Body:
        """Return what is said first: who sees what is typed, whom to ring, and what can be done here."""
        menu = [(self.room.words(f"utter_telegram_button_{name}"), keys.menu(name)) for name in _MENU]
        return plain.body(self.room.words("utter_telegram_welcome", link.person), keys.rows(menu))

    async def _start(self, link: Link, came: Came, now: datetime) -> Drafts:
        return [send(self.welcome(link))]

    async def _worry(self, link: Link, came: Came, now: datetime) -> Drafts:
        return await self.talking.begun(link, came, now)

    async def _again(self, link: Link, came: Came, now: datetime) -> Drafts:
        return await self.talking.again(link, now)

    async def _urgent(self, link: Link, came: Came, now: datetime) -> Drafts:
        # Whom to ring is said before anything else is tried: it must not wait for the dialogue.
        first = send(plain.body(self.room.words("utter_telegram_urgent", link.person)))
        await asyncio.to_thread(self.room.outbox.put, outgoing(link, came.update_id, [first]), now)
        talk = await self.talking.talk_of(link, came, now)
        await asyncio.to_thread(self.room.staff.pass_on, talk, True, "", now)
        return [first, send(plain.body(self.room.words("utter_telegram_urgent_passed_on", link.person)))]

    async def _status(self, link: Link, came: Came, now: datetime) -> Drafts:
        passed_on = await asyncio.to_thread(self.room.staff.passed_on_by, link, now)
        if not passed_on:
            return [send(plain.body(self.room.words("utter_telegram_status_none", link.person)))]
        lines = "\n".join(self._line(one) for one in passed_on[:_MOST_TOLD])
        words = self.room.words("utter_telegram_status", link.person, lines=lines)
        return [send(body) for body in plain.paged(words)]

    def _line(self, one: Any) -> str:
        state = "taken_up" if one.taken_up else "seen" if one.seen_at else "waits"
        day = in_words(one.at.astimezone(ENGLAND).date())
        name = in_capitals(one.designation)
        return self.room.words(f"utter_telegram_status_{state}", name=name, day=day)

    def _say(self, name: str) -> Callable[[Link, Came, datetime], Awaitable[Drafts]]:
        async def say(link: Link, came: Came, now: datetime) -> Drafts:
            return [send(plain.body(self.room.words(name, link.person)))]

        return say
