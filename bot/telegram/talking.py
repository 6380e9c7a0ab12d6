"""Talking: what a colleague at a school types and presses, as the house takes it, and what comes back."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any

from bot.consultation import OVER, RawText
from bot.desk.incoming import NOT_READ, NOT_SAFE, TOO_LONG, Received
from bot.desk.outbox import Body, Errand
from bot.desk.ports import Message, NotKept
from bot.desk.staff.links import Link
from bot.knowledge.errors import UnknownArea
from bot.telegram import keys, plain
from bot.telegram.came import Came
from bot.telegram.keys import Act, Pressed
from bot.telegram.room import Draft, Room, delete, send
from bot.web.outward import message_out
from bot.web.refusals import NOT_ALLOWED, reason_of
from bot.web.removed import what_was_removed

# What could not be looked at may hold anything.
_NOT_LOOKED_AT = frozenset({NOT_READ, NOT_SAFE, TOO_LONG})

type Drafts = list[Draft]


@dataclass(frozen=True, slots=True)
class Talking:
    """Lets a linked chat talk. Every method returns what is to be done in it."""

    room: Room

    async def begin(self, link: Link, now: datetime) -> str:
        """Open a talk and return its id; the one before stays as it is."""
        try:
            opened = await self.room.house.open(link.person, link.person.area, now)
        except UnknownArea:
            opened = await self.room.house.open(link.person, None, now)
        await asyncio.to_thread(self.room.staff.begin, link, opened.id, now)
        return opened.id

    async def talk_of(self, link: Link, came: Came, now: datetime) -> str:
        """Return the talk that is open, or in which this was said before it came again, or a new one."""
        if link.talk:
            with suppress(NotKept):
                held = await self.room.house.consultation(link.person, link.talk)
                if held.stage not in OVER or await self._came_before(link, link.talk, came):
                    return held.id
        return await self.begin(link, now)

    async def begun(self, link: Link, came: Came, now: datetime) -> Drafts:
        """Begin a new talk with what the assistant says first. One in which nothing was said yet is new enough."""
        talk, said = link.talk or "", await self._opening(link, came)
        if not said:
            talk = await self.begin(link, now)
            said = await self.room.house.conversation(link.person, talk)
        return self._said(link, said, talk)

    async def _opening(self, link: Link, came: Came) -> Sequence[Message]:
        """Return the first words of the talk that there is, if this began it before it came again; else nothing."""
        if link.talk:
            with suppress(NotKept):
                held = await self.room.house.consultation(link.person, link.talk)
                said = await self.room.house.conversation(link.person, link.talk)
                opening = list(takewhile(lambda message: message.utterance.speaker != "dsl", said))
                is_new = len(opening) == len(said) and held.stage not in OVER
                if is_new or await self._came_before(link, link.talk, came):
                    return opening
        return ()

    async def _came_before(self, link: Link, talk: str, came: Came) -> bool:
        return await self.room.house.has_said(link.person, talk, _client_id(came))

    async def say(self, link: Link, came: Came, typed: RawText, now: datetime, talk: str = "") -> Drafts:
        """Take in what was typed. A message in which something was found is deleted from the chat."""
        talk = talk or await self.talk_of(link, came, now)
        try:
            got = await self.room.house.receive(link.person, talk, _client_id(came), typed, None, now)
        except NOT_ALLOWED as refused:
            return [delete(came.message_id), self._words(link, reason_of(refused))]
        if got.refusal:
            kept_out = [delete(came.message_id)] if got.refusal in _NOT_LOOKED_AT else []
            return [*kept_out, self._words(link, got.refusal)]
        return [*self._removed(link, came, got), *self._replies(link, got, talk)]

    async def again(self, link: Link, now: datetime) -> Drafts:
        """Say again what was said last."""
        said: Sequence[Message] = ()
        if link.talk:
            with suppress(NotKept):
                said = await self.room.house.conversation(link.person, link.talk)
        theirs = max((message.number for message in said if message.utterance.speaker == "dsl"), default=0)
        last = [message for message in said if message.number > theirs]
        return self._said(link, last, link.talk or "") or [self._words(link, "utter_telegram_nothing_to_repeat")]

    async def press(self, link: Link, came: Came, key: Pressed | None, now: datetime) -> tuple[Drafts, str]:
        """Take in a button; return too what is shown for a moment."""
        if key is None:
            return [self._words(link, "utter_refused_choice")], ""
        if not link.talk or keys.short(link.talk) != key.talk:
            return [self._words(link, "utter_telegram_old_button")], ""
        if key.act is Act.CHOOSE:
            return await self._choose(link, came, key, [key.choice], now), ""
        return await self._tick(link, came, key, now)

    async def _tick(self, link: Link, came: Came, key: Pressed, now: datetime) -> tuple[Drafts, str]:
        # Before the store is asked: words may need the store themselves.
        done = self.room.words("utter_telegram_done")
        shown = await asyncio.to_thread(self._ticked, link, came, key, done)
        if shown is None:
            return [self._words(link, "utter_telegram_old_button")], ""
        if key.act is Act.TICK:
            return [_edit(came, {"buttons": shown["buttons"]})], ""
        ticked = [one["id"] for one in shown["ticks"]["options"] if one["id"] in shown["ticks"]["ticked"]]
        if not ticked:
            return [], self.room.words("utter_telegram_tick_one")
        return await self._choose(link, came, key, ticked, now), ""

    def _ticked(self, link: Link, came: Came, key: Pressed, done: str) -> Body | None:
        """Return the message with a tick changed, once for each update, or as it stands when ticking ends."""
        asked = (key.number, link.talk)

        def is_asked(body: Body) -> bool:
            ticks = body.get("ticks") or {}
            return (ticks.get("number"), ticks.get("talk")) == asked

        def changed(body: Body) -> dict[str, Any]:
            ticks = body["ticks"]
            if key.act is not Act.TICK or ticks.get("last") == came.update_id:
                return dict(body)
            others = body["buttons"][len(ticks["options"]) + 1 :]
            ticks = {**keys.with_tick(ticks, key.choice), "last": came.update_id}
            return {**body, "ticks": ticks, "buttons": keys.tick_rows(ticks, done) + others}

        return self.room.outbox.change(link.id, is_asked, changed)

    async def _choose(self, link: Link, came: Came, key: Pressed, chosen: list[str], now: datetime) -> Drafts:
        talk = link.talk or ""
        got = await self.room.house.receive(link.person, talk, _client_id(came), None, ",".join(chosen), now)
        if got.refusal:
            return [self._words(link, got.refusal)]
        shown = await asyncio.to_thread(self.room.outbox.body_of, link.id, came.message_id)
        title = "; ".join(await self._titles(link, talk, key.number, chosen))
        pressed = plain.with_choice(shown, title) if shown and title else {"buttons": []}
        return [_edit(came, pressed), *self._replies(link, got, talk)]

    async def _titles(self, link: Link, talk: str, number: int, chosen: list[str]) -> list[str]:
        said = await self.room.house.conversation(link.person, talk, number - 1)
        message = next((message_out(one) for one in said if one.number == number), None)
        if message is None:
            return []
        ticks = {one["id"]: one["title"] for one in plain.options_of(message)}
        titles = [ticks.get(one) or plain.title_of(message, one, self.room.words) for one in chosen]
        return [title for title in titles if title]

    def _removed(self, link: Link, came: Came, got: Received) -> Drafts:
        if not got.removed or got.message is None:
            return []
        what = what_was_removed(got.removed, self.room.words)
        words = self.room.words("utter_telegram_removed", link.person, what=what, kept=got.message.utterance.text)
        return [delete(came.message_id), *(send(one) for one in plain.paged(words))]

    def _replies(self, link: Link, got: Received, talk: str) -> Drafts:
        return self._said(link, got.replies, talk) or [self._words(link, "utter_telegram_noted")]

    def _said(self, link: Link, messages: Sequence[Message], talk: str) -> Drafts:
        return [send(body) for body in plain.said(messages, talk, self.room.words)]

    def _words(self, link: Link, name: str) -> Draft:
        return send(plain.body(self.room.words(name, link.person)))


def _client_id(came: Came) -> str:
    return f"tg-{came.update_id}"


def _edit(came: Came, body: Body) -> Draft:
    return Draft(Errand.EDIT, {"message_id": came.message_id, **body})
